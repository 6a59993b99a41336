"""Whose move a warning waits for, until when, and who is told how often while nobody makes it (各环节时限与催办)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diaodu.rules.access import Role
from diaodu.rules.duty import STANDARD, Terms
from diaodu.rules.reminder import Rung, Step, due_rungs
from diaodu.rules.warning import WarningState
from diaodu.rules.workday import ONE_DAY, Workdays

S = WarningState


class WarningLeg(StrEnum):
    """What a warning waits for."""

    REVIEW = "review"  # 审核: the office decides on the proposal
    SIGN = "sign"  # 签收
    PLAN = "plan"  # 整改计划
    EVIDENCE = "evidence"  # 整改佐证
    VERIFY = "verify"  # 核验: the office checks, and closes


LEGS = {
    S.PROPOSED: WarningLeg.REVIEW,
    S.ISSUED: WarningLeg.SIGN,
    S.ACKNOWLEDGED: WarningLeg.PLAN,
    S.RETURNED: WarningLeg.PLAN,
    S.PLANNED: WarningLeg.EVIDENCE,
    S.EVIDENCED: WarningLeg.VERIFY,
    S.VERIFIED: WarningLeg.VERIFY,
}
OFFICE_LEGS = frozenset({WarningLeg.REVIEW, WarningLeg.VERIFY})
"""Legs that are the office's own."""

OFFICE_LADDER = (Rung(0, Role.OFFICE), Rung(1, Role.OFFICE, repeats=True))
"""The office is reminded of its own work on the day, and on every working day after."""
OFFICE_HEARS = Rung(3, Role.OFFICE)
"""The office hears of a unit that has not moved three working days after the deadline."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A leg that is under way: since when, and until when. `since` is the day it began."""

    leg: WarningLeg
    since: date
    due: date


def waiting(
    state: WarningState,
    since: date,
    reply_due: date | None,
    rectify_by: date | None,
    postponed_until: date | None,
    workdays: Workdays,
    terms: Terms = STANDARD,
    rectify_due: date | None = None,
) -> Waiting | None:
    """What a warning in this state waits for; None where nobody owes anything, and where no day was ever set.

    `terms` are those of its level; `rectify_due` is the day by which its notice wants it put right.
    """
    leg = LEGS.get(state)
    if leg is None:
        return None
    if leg is WarningLeg.REVIEW:
        return Waiting(leg, since, postponed_until or workdays.after(since, terms.review))
    if leg is WarningLeg.VERIFY:
        return Waiting(leg, since, workdays.after(since, terms.verify))
    due = (rectify_by if leg is WarningLeg.EVIDENCE else reply_due) or rectify_due
    if due is None:  # nothing was sent, or the plan is from before plans had a day
        return None
    return Waiting(leg, since, min(due, workdays.after(since, terms.sign)) if leg is WarningLeg.SIGN else due)


def ladder_of(leg: WarningLeg, unit_ladder: Sequence[Rung]) -> Sequence[Rung]:
    """The steps of a leg; `unit_ladder` is the scheme's own, reminders and escalations."""
    return OFFICE_LADDER if leg in OFFICE_LEGS else (*unit_ladder, OFFICE_HEARS)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a leg has been reminded of: up to a day of its ladder, plain reminders since `held_since` left out."""

    planned_on: date
    held_since: date | None = None


def steps_come(
    ladder: Sequence[Rung], waits: Waiting, today: date, reached: Reached | None, workdays: Workdays
) -> tuple[Step, ...]:
    """The steps of a leg's ladder that have come and were not taken, oldest first; none on a rest day.

    A leg that begins anew, or gets another day, goes on from where it was reminded of: nobody hears of a day twice.
    """
    steps = due_rungs(ladder, waits.due, waits.since + ONE_DAY, today, (), workdays)
    return tuple(step for step in steps if reached is None or _is_new(step, reached))


def is_plain(step: Step) -> bool:
    """Whether it tells those whose turn it is, so that it may wait; what those above are to hear never does."""
    return step.rung.to is Role.REPORTER


def _is_new(step: Step, reached: Reached) -> bool:
    held = reached.held_since is not None and is_plain(step) and step.planned_on >= reached.held_since
    return held or step.planned_on > reached.planned_on


def reached_by(steps: Sequence[Step], before: Reached | None, are_held: bool) -> Reached:
    """Where the ladder stands once these steps have come; `are_held`: the plain ones among them were left out."""
    newest = max(step.planned_on for step in steps)
    newest = newest if before is None else max(newest, before.planned_on)
    return Reached(newest, min((s.planned_on for s in steps if is_plain(s)), default=None) if are_held else None)
