"""Whether this person may do this to a number that was handed in, and if not, why not (审核: 谁能办、怎么办)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from diaodu.rules.access import Actor, Role
from diaodu.rules.request import TRANSITIONS, RequestAct, RequestState

S, A, R = RequestState, RequestAct, Role
HANDS: Mapping[RequestAct, frozenset[Role]] = {
    A.ASK: frozenset({R.OFFICE}),
    A.SPARE: frozenset({R.OFFICE}),
    A.SUBMIT: frozenset({R.REPORTER, R.OFFICE}),
    A.APPROVE: frozenset({R.REVIEWER}),
    A.CHECK: frozenset({R.LEAD}),
    A.CONFIRM: frozenset({R.OFFICE}),
    A.RETURN: frozenset({R.REVIEWER, R.LEAD, R.OFFICE}),
    A.CLOSE: frozenset(),
    A.WITHDRAW: frozenset({R.OFFICE}),
    A.CORRECT: frozenset({R.OFFICE}),
}
"""Whose part each act is; closing is the clock's. Nobody does the step of another: the office goes past what is undone,
and it stays visible that it was not done."""

OF_THE_UNIT = frozenset({R.REPORTER, R.REVIEWER})
"""Roles that act on their own unit's numbers only."""
STEPS = (A.APPROVE, A.CHECK, A.CONFIRM)
"""The way of a number from 已报 to 考核办已定."""
JUDGES = frozenset(STEPS)
"""Acts on a number by someone other than the person who handed it in (谁填报谁不审核)."""
NEEDS_REASON = frozenset({A.RETURN, A.WITHDRAW})
RETURNS_FROM: Mapping[Role, frozenset[RequestState]] = {
    R.REVIEWER: frozenset({S.SUBMITTED, S.APPROVED}),
    R.LEAD: frozenset({S.SUBMITTED, S.APPROVED, S.CHECKED}),
    R.OFFICE: frozenset({S.SUBMITTED, S.APPROVED, S.CHECKED}),
}
"""Up to and including one's own step; what went on from there is for those it went to."""


class Refusal(StrEnum):
    """Why an act of review is refused."""

    NO_NAME = "no_name"
    NOT_YOUR_PART = "not_your_part"  # not this role's act
    OTHER_UNIT = "other_unit"  # another unit's number
    NOT_THE_LEAD = "not_the_lead"  # the indicator has another lead unit, or none
    LOCKED = "locked"  # confirmed: by correction only
    NOT_FROM_HERE = "not_from_here"
    PASSED_ON = "passed_on"  # it has gone on to the next in the chain
    NO_REASON = "no_reason"
    OWN_WORK = "own_work"
    BEFORE_LAST = "before_last"  # dated before the last step


@dataclass(frozen=True, slots=True)
class Case:
    """A request as a reviewer finds it. `lead`: the indicator's lead unit; `author`: who handed the number in."""

    state: RequestState
    unit: str
    lead: str | None = None
    author: str | None = None
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """An act as asked for."""

    act: RequestAct
    actor: Actor
    at: datetime
    reason: str | None = None


def refusal(case: Case, asked: Asked) -> Refusal | None:
    """Why not; None when it may be done."""
    return _of_person(case, asked) or _of_state(case, asked) or _of_words(case, asked)


def _of_person(case: Case, asked: Asked) -> Refusal | None:
    actor = asked.actor
    if not actor.name.strip():
        return Refusal.NO_NAME
    if actor.role not in HANDS[asked.act]:
        return Refusal.NOT_YOUR_PART
    if actor.role in OF_THE_UNIT and actor.unit != case.unit:
        return Refusal.OTHER_UNIT
    if actor.role is Role.LEAD and (case.lead is None or actor.unit != case.lead):
        return Refusal.NOT_THE_LEAD
    return None


def _of_state(case: Case, asked: Asked) -> Refusal | None:
    if (case.state, asked.act) not in TRANSITIONS:
        return Refusal.LOCKED if case.state is RequestState.CONFIRMED else Refusal.NOT_FROM_HERE
    if asked.act is RequestAct.RETURN and case.state not in RETURNS_FROM[asked.actor.role]:
        return Refusal.PASSED_ON
    return None


def _of_words(case: Case, asked: Asked) -> Refusal | None:
    if asked.act in NEEDS_REASON and not (asked.reason or "").strip():
        return Refusal.NO_REASON
    if asked.act in JUDGES and asked.actor.name.strip() == case.author:
        return Refusal.OWN_WORK
    return Refusal.BEFORE_LAST if case.last_at is not None and asked.at < case.last_at else None


def skipped(state: RequestState, act: RequestAct, has_lead: bool) -> tuple[RequestAct, ...]:
    """Steps of others that an act goes past; without a lead unit nobody was to check."""
    reached = {S.SUBMITTED: 0, S.APPROVED: 1, S.CHECKED: 2}.get(state)
    if reached is None or act not in STEPS:
        return ()
    return tuple(step for step in STEPS[reached : STEPS.index(act)] if step is not A.CHECK or has_lead)
