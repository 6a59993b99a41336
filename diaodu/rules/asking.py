"""临时布置: whether a number may be asked for outside the calendar, and why not: none is asked twice (基层减负)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diaodu.rules.collection import ShortNotice
from diaodu.rules.request import RequestState


class AskRefusal(StrEnum):
    """Why a number is not asked for."""

    NO_REASON = "no_reason"  # 未写理由
    DUE_PASSED = "due_passed"  # 时限已过
    DUE_TOO_EARLY = "due_too_early"  # 时限早于截至日: that day has no number yet
    NO_TARGET = "no_target"  # 没有这项目标
    KNOWN = "known"  # 已有该日数据
    SUPPLIED = "supplied"  # 由数据源供数
    OWED = "owed"  # 已经布置
    SHORT_NOTICE = "short_notice"  # 提前量不足
    OVER_CAP = "over_cap"  # 超过每周上限


@dataclass(frozen=True, slots=True)
class Known:
    """A number that is in force for the day: in millionths, with where it was read and since when."""

    value: int
    origin: str
    since: date


@dataclass(frozen=True, slots=True)
class Owed:
    """A round in which the number was asked for and has not come."""

    period_id: int
    due: date
    state: RequestState


@dataclass(frozen=True, slots=True)
class Number:
    """One number somebody wants, and all that speaks against asking for it.

    `target_id` None: the unit has no target of this indicator on that day. `lead` is how many working days the unit
    has until the deadline, on its own calendar.
    """

    indicator_id: int
    unit_id: int
    target_id: int | None
    due: date
    lead: int
    fields: int = 1
    known: Known | None = None
    source: str | None = None
    owed: Owed | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be asked for: numbers of which day, until when, why, and on what day somebody asks."""

    as_of: date
    due: date
    reason: str
    today: date


@dataclass(frozen=True, slots=True)
class Limits:
    """What the scheme says of asking: working days ahead at least, what happens below them, numbers a week at most."""

    minimum_lead: int | None = None
    short_notice: ShortNotice = ShortNotice.WARN
    most_requests: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A number that is not asked for, and every reason why."""

    number: Number
    reasons: tuple[AskRefusal, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """`general` stops everything; else what is `granted` is asked for, `hurried` with less notice than it should."""

    general: tuple[AskRefusal, ...] = ()
    granted: tuple[Number, ...] = ()
    refused: tuple[Refused, ...] = ()
    hurried: tuple[Number, ...] = ()


def decide(wish: Wish, numbers: Sequence[Number], limits: Limits, asked: Mapping[int, int]) -> Decision:
    """What of `numbers` may be asked for; `asked` is how many each unit was asked for this week already, by id."""
    used, granted, refused = defaultdict(int, asked), list[Number](), list[Refused]()
    for number in numbers:
        reasons = _reasons(number, limits)
        if not reasons and _is_full(limits, used[number.unit_id]):
            reasons = (AskRefusal.OVER_CAP,)
        if reasons:
            refused.append(Refused(number, reasons))
        else:
            used[number.unit_id] += 1
            granted.append(number)
    general = _general(wish)
    hurried = [number for number in granted if _is_hurried(number, limits)]
    if general:
        return Decision(general, (), tuple(refused))
    return Decision((), tuple(granted), tuple(refused), tuple(hurried))


def _general(wish: Wish) -> tuple[AskRefusal, ...]:
    found = (
        (not wish.reason.strip(), AskRefusal.NO_REASON),
        (wish.due < wish.today, AskRefusal.DUE_PASSED),
        (wish.due < wish.as_of, AskRefusal.DUE_TOO_EARLY),
    )
    return tuple(reason for holds, reason in found if holds)


def _reasons(number: Number, limits: Limits) -> tuple[AskRefusal, ...]:
    if number.target_id is None:
        return (AskRefusal.NO_TARGET,)
    found = (
        (number.known, AskRefusal.KNOWN),
        (number.source, AskRefusal.SUPPLIED),
        (number.owed, AskRefusal.OWED),
        (limits.short_notice is ShortNotice.REFUSE and _is_hurried(number, limits), AskRefusal.SHORT_NOTICE),
    )
    return tuple(reason for holds, reason in found if holds)


def _is_hurried(number: Number, limits: Limits) -> bool:
    return limits.minimum_lead is not None and number.lead < limits.minimum_lead


def _is_full(limits: Limits, used: int) -> bool:
    return limits.most_requests is not None and used >= limits.most_requests
