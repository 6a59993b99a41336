"""改期: what becomes of deadlines when the working days they rest on turn out otherwise."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diaodu.rules.collection import Rhythm
from diaodu.rules.deadline_chain import deadlines
from diaodu.rules.workday import Workdays


class Shift(StrEnum):
    """What became of a deadline."""

    LATER = "later"  # 顺延
    EARLIER = "earlier"  # 提前
    TODAY = "today"  # 提前，但不早于当天: brought forward no further than the day it is told
    CONFIRMED = "confirmed"  # 日期不变，不再暂定


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """A deadline that moved, or is no longer provisional."""

    old: date
    new: date
    shift: Shift


def dues(rhythm: Rhythm, as_of: date, workdays: Workdays) -> dict[str, date]:
    """The deadlines of the round about `as_of`, by whom they bind, on these working days. Raises NotADeadline."""
    return deadlines(rhythm.report_due, as_of, workdays, rhythm.rest_day)


def rescheduled(due: date, before: date, after: date, today: date) -> Rescheduled | None:
    """What becomes of a deadline that the working days put on `before`, and now put on `after`; None when nothing.

    One that does not rest on the days that changed stays, whoever set it. One brought forward never lies in the past,
    unless it did so already: nobody is late by an announcement.
    """
    if after in {before, due}:
        return None
    new = max(after, min(due, today))
    if new == due:
        return None
    if new > due:
        return Rescheduled(due, new, Shift.LATER)
    return Rescheduled(due, new, Shift.EARLIER if new == after else Shift.TODAY)


def applies_to_answered(change: Rescheduled) -> bool:
    """Whether it holds for a number that has come: what was in time stays in time."""
    return change.shift is Shift.LATER


def confirmed(due: date, was_provisional: bool, is_provisional: bool) -> Rescheduled | None:
    """A deadline that stays where it is, now that its year is announced."""
    return Rescheduled(due, due, Shift.CONFIRMED) if was_provisional and not is_provisional else None


def announcement_missing(workdays: Workdays, today: date) -> int | None:
    """The next year, when its arrangement should be out (from November on) and is not known here."""
    next_year = today.year + 1
    return next_year if today.month >= 11 and workdays.is_provisional(date(next_year, 1, 1)) else None
