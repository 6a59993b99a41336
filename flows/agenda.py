"""Every time at which any scheme's jobs are due, worked out from its timetable, its calendar and what was fired."""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

from sqlmodel import Session

from diaodu.clock import OFFICE_ZONE, office_day
from diaodu.rules.cadence import NotADeadline
from diaodu.rules.collection import rounds
from diaodu.rules.occasion import NotATrigger, Occasion, occasions
from diaodu.rules.reminder import LONGEST
from diaodu.rules.schedule import CatchUp
from diaodu.rules.workday import Workdays
from diaodu.storage import fire as fires
from diaodu.storage.collection import Rhythms, rhythms
from diaodu.storage.holiday import workdays
from diaodu.storage.schedule import ensure, schedules
from diaodu.storage.scheme import SchemeNotInForce, schemes
from flows.timetable import TIMETABLE
from models.schedule import Schedule

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One job of one scheme with all its times, oldest first, and the days each of them speaks about."""

    scheme_id: int
    job: str
    catch_up: CatchUp
    times: tuple[tuple[datetime, tuple[date, ...]], ...]
    after: datetime
    """Times up to this one are settled."""


def agenda(session: Session, now: datetime) -> list[Line]:
    """The lines in force; a scheme seen for the first time is given the timetable."""
    for scheme in schemes(session):
        assert scheme.id is not None
        ensure(session, scheme.id, TIMETABLE, now)
    calendar = workdays(session)
    lines = []
    for schedule in schedules(session):
        try:
            found = rhythms(session, schedule.scheme_id, office_day(now), now)
            named = occasions(schedule.trigger, found[None], calendar, _over(found, calendar))
            lines.append(_line(session, schedule, named))
        except SchemeNotInForce:
            continue  # its jobs are dated on the day it comes into force
        except (NotATrigger, NotADeadline) as wrong:
            log.error("job %s of scheme %s is never due: %s", schedule.job, schedule.scheme_id, wrong)
    return lines


def _over(found: Rhythms, calendar: Workdays) -> date:
    """The last day on which a year's collection may have work: no reminder ladder reaches farther from a deadline."""
    last = max(one.closes for rhythm in found.values() for one in rounds(rhythm, calendar)[-1:])
    return calendar.after(last, LONGEST)


def _line(session: Session, schedule: Schedule, named: list[Occasion]) -> Line:
    dated = [(_moment(occasion), occasion.as_of) for occasion in named]
    times = tuple((time, tuple(day for _, day in days)) for time, days in groupby(dated, key=itemgetter(0)))
    return Line(schedule.scheme_id, schedule.job, schedule.catch_up, times, _settled(session, schedule))


def _settled(session: Session, schedule: Schedule) -> datetime:
    """Where to go on: for jobs that owe each period from the very start, as fires are written only once anyway."""
    if schedule.catch_up is CatchUp.EACH:
        return schedule.since
    return max(schedule.since, fires.newest(session, schedule.scheme_id, schedule.job) or schedule.since)


def _moment(occasion: Occasion) -> datetime:
    return datetime.combine(occasion.day, occasion.at, OFFICE_ZONE)
