"""改期: what becomes of a warning's deadlines when the working days they were counted on turn out otherwise."""

from dataclasses import dataclass
from datetime import date

from diaodu.rules.duty import STANDARD, Terms
from diaodu.rules.rescheduling import Rescheduled, rescheduled
from diaodu.rules.warning import AWAITS_REPLY, WarningState
from diaodu.rules.warning_leg import Waiting, WarningLeg, waiting
from diaodu.rules.workday import Workdays

ANSWERABLE = AWAITS_REPLY | {WarningState.PROPOSED}
"""States in which the answer's deadline counts; while a rise is proposed it runs on in the background."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What a warning's deadlines are counted from: where it stands since when, and when its answer's term began.

    `terms` are those of its level; `rectify_due` is the day by which its notice wants it put right.
    """

    state: WarningState
    since: date
    told_on: date
    reply_due: date | None
    rectify_by: date | None
    postponed_until: date | None
    terms: Terms = STANDARD
    rectify_due: date | None = None


@dataclass(frozen=True, slots=True)
class LegShift:
    """A leg whose deadline moved."""

    leg: WarningLeg
    what: Rescheduled


def shifted(clock: Clock, before: Workdays, after: Workdays, today: date) -> tuple[date | None, LegShift | None]:
    """The answer's deadline on the new days, and what became of the leg under way; None where it stays.

    A term keeps its number of working days. A day that people named (a plan's, a postponement's) stays theirs, and one
    that was over before the change stays over.
    """
    counted = _counted(clock, before, after, today)
    answer = None if clock.reply_due is None or counted is None else _moved(clock.reply_due, counted, today)
    due = clock.reply_due if answer is None else answer.new
    old, new = _waits(clock, clock.reply_due, before), _waits(clock, counted, after)
    if old is None or new is None or old.due < today:
        return due, None
    what = _moved(old.due, new.due, today)
    return due, None if what is None else LegShift(new.leg, what)


def _counted(clock: Clock, before: Workdays, after: Workdays, today: date) -> date | None:
    """Where as many working days lead on the new days, be it in the past."""
    due = clock.reply_due
    if due is None or due < today or clock.state not in ANSWERABLE:
        return due
    return after.after(clock.told_on, before.between(clock.told_on, due))


def _moved(old: date, new: date, today: date) -> Rescheduled | None:
    return rescheduled(old, old, new, today)


def _waits(clock: Clock, due: date | None, workdays: Workdays) -> Waiting | None:
    days = (due, clock.rectify_by, clock.postponed_until)
    return waiting(clock.state, clock.since, *days, workdays, clock.terms, clock.rectify_due)
