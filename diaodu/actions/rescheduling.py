"""改期: a change of the working days carried through to every open round's deadlines, listed, told and audited."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from jinja2.sandbox import SandboxedEnvironment
from sqlmodel import Session

from diaodu.actions.notice import Ways
from diaodu.actions.warning_rescheduling import WarningMoved, reschedule_warnings
from diaodu.clock import office_day
from diaodu.rules.collection import Rhythm
from diaodu.rules.deadline_chain import LEAD, OFFICE, UNIT
from diaodu.rules.request import ANSWERED, OWED
from diaodu.rules.rescheduling import Rescheduled, applies_to_answered, confirmed, dues, rescheduled
from diaodu.rules.workday import Workdays
from diaodu.storage import holiday
from diaodu.storage.asking import units_with_own_days
from diaodu.storage.collection import rhythms
from diaodu.storage.period import still_open
from diaodu.storage.request import requests_of
from diaodu.storage.scheme import SchemeNotInForce
from models.period import Period
from models.request import Request

COLUMNS = {UNIT: "unit_due", LEAD: "lead_due", OFFICE: "office_due"}


@dataclass(frozen=True, slots=True)
class Editor:
    """Who changes the calendar, when, and in which words and by which ways units hear of it."""

    actor: str
    at: datetime
    ways: Ways
    templates: SandboxedEnvironment


@dataclass(frozen=True, slots=True)
class Calendars:
    """Everybody's working days at one moment."""

    general: Workdays
    own: Mapping[int, Workdays]

    def of(self, unit_id: int) -> Workdays:
        return self.own.get(unit_id, self.general)


@dataclass(frozen=True, slots=True)
class Change:
    """One deadline of one round: whom it binds, and the unit where it is that unit's own."""

    period: Period
    who: str
    what: Rescheduled
    unit_id: int | None = None


@dataclass(slots=True)
class Moves:
    """What a change of days did to the open rounds and warnings of one scheme, and which requests it concerns."""

    changes: list[Change]
    requests: list[tuple[Period, Request, Rescheduled]]
    warnings: list[WarningMoved] = field(default_factory=list)

    @property
    def facts(self) -> list[dict[str, Any]]:
        """For the audit."""
        return [
            {
                "period": change.period.id,
                "who": change.who,
                "unit": change.unit_id,
                "old": change.what.old.isoformat(),
                "new": change.what.new.isoformat(),
                "shift": change.what.shift,
            }
            for change in self.changes
        ] + [one.fact for one in self.warnings]


def calendars(session: Session, scheme_id: int) -> Calendars:
    """The working days as they stand now."""
    own = {unit: holiday.workdays(session, unit) for unit in units_with_own_days(session, scheme_id)}
    return Calendars(holiday.workdays(session), own)


def reschedule(session: Session, scheme_id: int, before: Calendars, at: datetime) -> Moves:
    """Move every deadline of an open round or warning that rests on days which changed, and nothing that is closed."""
    after, today = calendars(session, scheme_id), office_day(at)
    moves = Moves([], [], reschedule_warnings(session, scheme_id, before.general, after.general, at))
    try:
        found = rhythms(session, scheme_id, today, at)
    except SchemeNotInForce:
        return moves
    for period in still_open(session, scheme_id):
        rhythm = found.get(period.collection_id)
        if rhythm is not None:
            legs = _legs(period, rhythm, before.general, after.general, today)
            requests = _requests(session, period, _compared(rhythm, period.as_of, before, after), today)
            moves.changes += legs + _own(period, legs, requests)
            moves.requests += [(period, request, what) for request, what in requests]
    session.flush()
    return moves


def _legs(period: Period, rhythm: Rhythm, before: Workdays, after: Workdays, today: date) -> list[Change]:
    """The round's own deadlines, and whether they are still provisional."""
    old, new = dues(rhythm, period.as_of, before), dues(rhythm, period.as_of, after)
    set_already = {who: day for who, name in COLUMNS.items() if (day := getattr(period, name)) is not None}
    shifts = {
        who: rescheduled(day, old[who], new[who], today)
        for who, day in set_already.items()
        if who in old and who in new
    }
    for who, what in shifts.items():
        if what is not None:
            setattr(period, COLUMNS[who], what.new)
    days = (getattr(period, COLUMNS[who]) for who in set_already)
    guessed = any(after.is_provisional(day) for day in (period.opens, *days))
    settled = {who: shifts.get(who) or confirmed(day, period.provisional, guessed) for who, day in set_already.items()}
    period.provisional = guessed
    return [Change(period, who, what) for who, what in settled.items() if what is not None]


Compared = Callable[[int], tuple[date, date]]
"""Where the calendar of a unit, by its id, put a round's deadline before, and where it does now."""


def _compared(rhythm: Rhythm, as_of: date, before: Calendars, after: Calendars) -> Compared:
    def pair(old: Workdays, new: Workdays) -> tuple[date, date]:
        return dues(rhythm, as_of, old)[UNIT], dues(rhythm, as_of, new)[UNIT]

    own = {unit: pair(before.of(unit), after.of(unit)) for unit in {*before.own, *after.own}}
    general = pair(before.general, after.general)
    return lambda unit_id: own.get(unit_id, general)


def _requests(session: Session, period: Period, compared: Compared, today: date) -> list[tuple[Request, Rescheduled]]:
    """What units owe, each by its own calendar; what was answered in time stays so."""
    moved = []
    for request in requests_of(session, period.id or 0):
        what = rescheduled(request.due, *compared(request.unit_id), today)
        if what is not None and (request.state not in ANSWERED or applies_to_answered(what)):
            request.due = what.new
            session.add(request)
            moved.append((request, what))
    return moved


def _own(period: Period, legs: Sequence[Change], requests: Sequence[tuple[Request, Rescheduled]]) -> list[Change]:
    """The deadlines of units that moved otherwise than the round's, where anything is asked of them."""
    general = next((change.what for change in legs if change.who == UNIT), None)
    asked = [(request.unit_id, what) for request, what in requests if request.state in OWED | ANSWERED]
    own = {(unit_id, what): None for unit_id, what in asked if what != general}
    return [Change(period, UNIT, what, unit_id) for unit_id, what in own]
