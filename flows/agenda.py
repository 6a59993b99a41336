"""Every time at which any scheme's jobs are due, worked out from its timetable, its calendar and what was fired."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter, itemgetter

from sqlmodel import Session

from diaodu.clock import OFFICE_ZONE, office_day
from diaodu.rules.cadence import NotADeadline
from diaodu.rules.occasion import NotATrigger, Occasion, goes_on_until, occasions
from diaodu.rules.schedule import CatchUp
from diaodu.rules.workday import Workdays
from diaodu.storage import fire as fires
from diaodu.storage.collection import rhythms
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
    found = sorted(schedules(session), key=attrgetter("scheme_id"))
    grouped = groupby(found, key=attrgetter("scheme_id"))
    return [line for scheme_id, mine in grouped for line in _of_scheme(session, scheme_id, list(mine), calendar, now)]


def _of_scheme(
    session: Session, scheme_id: int, mine: Sequence[Schedule], calendar: Workdays, now: datetime
) -> Iterator[Line]:
    try:
        found = rhythms(session, scheme_id, office_day(now), now)
    except SchemeNotInForce:
        return  # its jobs are dated on the day it comes into force
    over = goes_on_until(found.values(), calendar)
    for schedule in mine:
        try:
            named = occasions(schedule.trigger, found[None], calendar, over)
        except (NotATrigger, NotADeadline) as wrong:
            log.error("job %s of scheme %s is never due: %s", schedule.job, scheme_id, wrong)
        else:
            yield _line(session, schedule, named)


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
