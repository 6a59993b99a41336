"""What a level obliges to, and what a dimension looks at, as people read it (等级说明)."""

from collections.abc import Callable

from diaodu.rules.addressee import PLACES
from diaodu.rules.clause import in_words
from diaodu.rules.dimension import Dimension
from diaodu.rules.duty import STANDARD, TALK_WITHIN
from diaodu.rules.level import Issue, Level, Release
from diaodu.rules.notice import TITLES
from diaodu.rules.quantity import plain

NONE = "无"
ISSUES = {Issue.AUTOMATIC: "自动发出", Issue.AFTER_REVIEW: "审核后发出"}
RELEASES = {
    Release.RECOMPUTED: "数据好转即销号",
    Release.VERIFIED: "申请、核验并书面意见后由人销号",
    Release.PERIODS: "连续{n}期好转后销号",
    Release.BY_HAND: "由人办结销号",
}


def _workdays(days: int | None) -> str:
    return f"{days}个工作日" if days else NONE


def _interview(level: Level) -> str:
    talk = level.duty.interview
    return f"{talk.by}约谈{talk.whom}{_within(talk.within)}" if talk else NONE


def _visit(level: Level) -> str:
    call = level.duty.visit
    return f"{call.by}{_within(call.within)}" if call else NONE


def _within(days: int) -> str:
    """Only where it is not as is usual."""
    return "" if days == TALK_WITHIN else f"，{days}个工作日内"


def _terms(level: Level) -> str:
    """Only where they differ from what is usual."""
    terms = level.duty.terms
    said = {"审核": terms.review, "签收": terms.sign, "核验": terms.verify}
    return NONE if terms == STANDARD else "、".join(f"{what}{days}个工作日" for what, days in said.items())


def _publicity(level: Level) -> str:
    return level.duty.publicity or ("不通报" if level.duty.withheld else NONE)


NOTICE_WORDS: dict[str, Callable[[Level], str]] = {
    "通知书": lambda level: TITLES[level.notice] if level.notice else NONE,
    "发出方式": lambda level: ISSUES[level.issue] if level.notice else NONE,
    "签发人": lambda level: level.duty.signer or NONE,
    "送达对象": lambda level: "、".join(PLACES[each].name for each in level.duty.recipients) or NONE,
    "回复时限": lambda level: _workdays(level.reply_workdays),
    "整改时限": lambda level: _workdays(level.duty.rectify_workdays),
    "到期未完成转": lambda level: level.unmet or NONE,
    "各环节时限": _terms,
    "解除方式": lambda level: RELEASES[level.release].format(n=level.release_periods) if level.notice else NONE,
    "约谈": _interview,
    "走访": _visit,
    "扣分": lambda level: f"{plain(level.duty.points)}分" if level.duty.points else NONE,
    "通报": _publicity,
}
"""By heading, what is said of a level; `NONE` where nothing is."""


def obligations(level: Level) -> list[tuple[str, str]]:
    """Heading and words of all a level obliges to."""
    said = [(heading, say(level)) for heading, say in NOTICE_WORDS.items()]
    return [(heading, words) for heading, words in said if words != NONE]


def stays(level: Level) -> list[tuple[str, str]]:
    """Heading and words of what keeps a level once it is given."""
    said = [("解除条件", in_words(level.until))] if level.until else []
    said += [("过渡等级", level.through)] if level.through else []
    return said + ([("最短期数", f"{level.dwell}期")] if level.dwell > 1 else [])


def asked_of(dimension: Dimension) -> str:
    """Which targets are looked at in it."""
    parts = [
        ("指标", "、".join(dimension.indicators)),
        ("指标类别", "、".join(dimension.categories)),
        ("指标类型", "、".join(kind.value for kind in dimension.kinds)),
        ("条件", in_words(dimension.applies) if dimension.applies else ""),
    ]
    said = "，".join(f"{what} {words}" for what, words in parts if words)
    return "其余的目标任务" if dimension.others else said or "所有目标任务"
