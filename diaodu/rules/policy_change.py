"""What changes from one version of a policy to the next, in words (规则变动)."""

from collections.abc import Callable

from diaodu.rules.clause import in_words
from diaodu.rules.level import Issue, Level, Policy
from diaodu.rules.notice import TITLES

ISSUES = {Issue.AUTOMATIC: "自动发出", Issue.AFTER_REVIEW: "审核后发出"}
NONE = "无"


def changes(old: Policy, new: Policy) -> list[str]:
    """One sentence a difference, in the order of the levels; empty when both oblige to the same."""
    before, after = ({level.code: level for level in policy.levels} for policy in (old, new))
    said = [f"名称由“{old.name}”改为“{new.name}”"] if old.name != new.name else []
    said += [f"取消等级“{level.name}”（{_terms(level)}）" for code, level in before.items() if code not in after]
    for code, level in after.items():
        if code not in before:
            said.append(f"新增等级“{level.name}”（{_terms(level)}）")
        else:
            said += _changed(before[code], level)
    return said


def _terms(level: Level) -> str:
    return in_words(level.when) if level.when else "由上一份通知书到期未完成而来"


WHAT: dict[str, Callable[[Level], str]] = {
    "名称": lambda level: level.name,
    "颜色": lambda level: level.colour,
    "轻重": lambda level: str(level.severity),
    "条件": _terms,
    "通知书": lambda level: TITLES[level.notice] if level.notice else NONE,
    "发出方式": lambda level: ISSUES[level.issue] if level.notice else NONE,
    "回复时限": lambda level: f"{level.reply_workdays}个工作日" if level.reply_workdays else NONE,
    "到期未完成转": lambda level: level.unmet or NONE,
}


def _changed(old: Level, new: Level) -> list[str]:
    said = ((what, say(old), say(new)) for what, say in WHAT.items())
    return [f"“{new.name}”的{what}由“{a}”改为“{b}”" for what, a, b in said if a != b]
