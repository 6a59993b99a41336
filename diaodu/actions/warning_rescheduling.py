"""预警改期: deadlines of open warnings that rest on working days which changed; an answer's new day is an event."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from diaodu.actions.warning_open import levels_known
from diaodu.actions.warning_round import CLOCK
from diaodu.clock import office_day
from diaodu.rules.duty import STANDARD
from diaodu.rules.leg_shift import Clock, LegShift, shifted
from diaodu.rules.level import Level
from diaodu.rules.warning import Cause
from diaodu.rules.workday import Workdays
from diaodu.storage import warning as store
from diaodu.storage.warning import Known
from diaodu.storage.warning_event import Mark, Place, move
from diaodu.storage.warning_known import Stood, open_at


@dataclass(frozen=True, slots=True)
class WarningMoved:
    """A warning whose deadline moved, and the leg that is under way."""

    stood: Stood
    shift: LegShift

    @property
    def fact(self) -> dict[str, Any]:
        """For the audit."""
        what = self.shift.what
        days = {"old": what.old.isoformat(), "new": what.new.isoformat(), "shift": what.shift}
        return {"warning": self.stood.id, "leg": self.shift.leg, **days}


def reschedule_warnings(
    session: Session, scheme_id: int, before: Workdays, after: Workdays, at: datetime
) -> list[WarningMoved]:
    """Move what must move; nobody is late by it, and what was late stays so. The scheme is locked by the caller."""
    today, moved, dues = office_day(at), [], dict[int, date | None]()
    levels = levels_known(session, scheme_id, at)
    for stood in open_at(session, scheme_id, at):
        due, shift = shifted(
            _clock(stood, levels.get((stood.rule, stood.indicator_id is None, stood.level))), before, after, today
        )
        if due != stood.reply_due:
            dues[stood.id] = due
        if shift is not None:
            moved.append(WarningMoved(stood, shift))
    for number, known in store.known(session, scheme_id, list(dues)).items():
        _move(session, known, dues[number], at)
    return moved


def _clock(stood: Stood, level: Level | None) -> Clock:
    days = (stood.reply_due, stood.rectify_by, stood.postponed_until)
    terms = level.duty.terms if level else STANDARD
    return Clock(stood.state, office_day(stood.since), office_day(stood.told_at), *days, terms, stood.rectify_due)


def _move(session: Session, known: Known, due: date | None, at: datetime) -> None:
    """One more event, which changes nothing but the day by which to answer."""
    was = known.warning
    place = Place(
        was.state,
        was.level,
        was.severity,
        was.floor,
        due,
        was.exempt_until,
        was.postponed_until,
        was.rectify_by,
        was.owner,
        was.owner_unit_id,
        was.rectify_due,
    )
    note = f"回复时限由{was.reply_due}改为{due}"
    move(session, known, place, Mark(Cause.RESCHEDULED, CLOCK, known.last.verdict_id, known.last.as_of, at, note))
