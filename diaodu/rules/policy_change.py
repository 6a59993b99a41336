"""What changes from one version of a policy to the next, in words (规则变动)."""

from collections.abc import Callable

from diaodu.rules.clause import in_words, terms
from diaodu.rules.dimension import Dimension
from diaodu.rules.level import Level, Policy
from diaodu.rules.level_words import NONE, NOTICE_WORDS, asked_of

BY_LADDER = "由上一份通知书到期未完成而来"


def changes(old: Policy, new: Policy) -> list[str]:
    """One sentence a difference, in the order of the levels; empty when both oblige to the same."""
    said = [f"名称由“{old.name}”改为“{new.name}”"] if old.name != new.name else []
    said += _dimensions(old, new)
    said += _levels("等级", old, new, lambda policy: policy.levels)
    return said + _levels("单位等级", old, new, lambda policy: policy.unit_levels)


def _dimensions(old: Policy, new: Policy) -> list[str]:
    before, after = ({each.code: each for each in policy.dimensions} for policy in (old, new))
    said = [f"取消维度“{each.name}”（{asked_of(each)}）" for code, each in before.items() if code not in after]
    for code, each in after.items():
        if code not in before:
            said.append(f"新增维度“{each.name}”（{asked_of(each)}）")
        else:
            said += _side_changed(before[code], each)
    return said


def _side_changed(old: Dimension, new: Dimension) -> list[str]:
    said = [f"维度“{old.name}”改称“{new.name}”"] if old.name != new.name else []
    a, b = asked_of(old), asked_of(new)
    return said + ([f"维度“{new.name}”的范围由“{a}”改为“{b}”"] if a != b else [])


def _levels(noun: str, old: Policy, new: Policy, of: Callable[[Policy], tuple[Level, ...]]) -> list[str]:
    before, after = ({level.code: level for level in of(policy)} for policy in (old, new))
    said = [f"取消{noun}“{each.name}”（{_terms(old, each)}）" for code, each in before.items() if code not in after]
    for code, level in after.items():
        if code not in before:
            said.append(f"新增{noun}“{level.name}”（{_terms(new, level)}）")
        else:
            said += _changed(old, before[code], new, level)
    return said


def _terms(policy: Policy, level: Level) -> str:
    return terms(policy, level) if level.when or level.by_dimension else BY_LADDER


WHAT: dict[str, Callable[[Policy, Level], str]] = {
    "名称": lambda _, level: level.name,
    "颜色": lambda _, level: level.colour,
    "轻重": lambda _, level: str(level.severity),
    "条件": _terms,
    "解除条件": lambda _, level: in_words(level.until) if level.until else NONE,
    "过渡等级": lambda _, level: level.through or NONE,
    "最短期数": lambda _, level: f"{level.dwell}期",
}
"""By heading, what is said of a level, besides `NOTICE_WORDS`."""


def _changed(was: Policy, old: Level, policy: Policy, new: Level) -> list[str]:
    said = [(what, say(was, old), say(policy, new)) for what, say in WHAT.items()]
    said += [(what, say(old), say(new)) for what, say in NOTICE_WORDS.items()]
    return [f"“{new.name}”的{what}由“{a}”改为“{b}”" for what, a, b in said if a != b]
