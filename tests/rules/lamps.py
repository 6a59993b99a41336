"""A policy of three lamps, and the verdicts and warnings it gives rise to: what tests of warnings are told with."""

from dataclasses import replace
from datetime import date

from diaodu.rules.act import Asked
from diaodu.rules.exemption import Exemption
from diaodu.rules.level import Issue, Level, Policy
from diaodu.rules.obligation import Held, Judgement, Obligation
from diaodu.rules.routing import NoticeKind
from diaodu.rules.verdict import Reason, State
from diaodu.rules.warning import OVER, Act, Cause, WarningState

S, C = WarningState, Cause
OCT, NOV = date(2023, 10, 31), date(2023, 11, 30)
TODAY, DUE = date(2023, 11, 3), date(2023, 11, 10)


def level(code: str, severity: int, issue: Issue = Issue.AUTOMATIC, unmet: str | None = None) -> Level:
    notice = NoticeKind.WARNING if severity > 0 else None
    return Level(code, code, code, severity, "gap_pp < 0", notice, issue, 5 if notice else None, unmet)


BLUE, YELLOW = level("blue", 1, unmet="yellow"), level("yellow", 2, unmet="red")
RED, GREEN, STAR = level("red", 3, Issue.AFTER_REVIEW), level("green", 0), level("star", -1)
POLICY = Policy("p", "规则", "", "gap_pp", (RED, YELLOW, BLUE, STAR, GREEN))
LEVELS = {each.code: each for each in POLICY.levels}


def judged(code: str | None, as_of: date = OCT, reported: date | None = OCT) -> Judgement:
    """A verdict with this level; a reason instead of a code is a verdict without one."""
    if code in LEVELS:
        return Judgement(as_of, State.REPORTED, Reason.LEVEL_MATCHED, code, LEVELS[code].severity, reported)
    reason = Reason(code or "no_level_matched")
    state = State.REPORTED if reason is Reason.NO_LEVEL_MATCHED else State(reason.value)
    return Judgement(as_of, state, reason, None, None, reported)


def at(state: WarningState, code: str = "yellow", **more: object) -> Obligation:
    """A warning at this state and level since October, whose notice is to be answered by 10 November."""
    base = Obligation(state, code, LEVELS[code].severity, OCT, reply_due=DUE)
    return replace(base, **more)  # type: ignore[arg-type]


def fully(act: Act, actor: str = "李", **more: object) -> Asked:
    """An act that names everything any act must name."""
    whole = Asked(act, actor, "说明", NOV, "blue", Exemption.OTHER, "赵", "钱")
    return replace(whole, **more)  # type: ignore[arg-type]


SILENT = ["not_reported", "awaited", "no_target", "not_started", "no_level_matched"]
WHY_SILENT = [C.DATA_LATE, C.AWAITED, C.NOTHING_TO_JUDGE, C.NOTHING_TO_JUDGE, C.NO_LEVEL]
OPEN = [s for s in S if s not in OVER]
HELD = Held(S.ACKNOWLEDGED, "blue", 1, 0)
"""Where the unit stood before a rise was proposed."""
