"""催报名单: who owes what in the open rounds, since when, how often they were reminded, and what comes next."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from diaodu.actions.directory import Directory
from diaodu.actions.notice import Issuer
from diaodu.actions.reminding import Way, heard, open_rounds, owing, ways_up
from diaodu.actions.reporting_line import ReportingLine
from diaodu.clock import office_day
from diaodu.rules.access import Role
from diaodu.rules.reminder import Leg, ReminderOutcome, Rung, Step, next_step
from diaodu.storage.owing import debts
from diaodu.storage.person import people
from diaodu.storage.reminder import Taken, steps_of
from models.period import Period
from models.person import Person

Key = tuple[int, Leg, int]


@dataclass(frozen=True, slots=True)
class Told:
    """How many messages went out for it so far, on which day the last did, and who has heard besides the unit."""

    times: int = 0
    last_on: date | None = None
    above: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Chased:
    """What one unit owes in one leg of one round. `late` is in working days, below 0 the days it still has.

    `indicators` are named only where they were asked for. `step` is the next step of the ladder, None when all are
    taken; `is_due` when it has come.
    """

    period: Period
    calendar: str | None
    leg: Leg
    unit_id: int
    unit: str
    unit_name: str
    owed: int
    indicators: tuple[str, ...]
    since: date
    due: date
    late: int
    told: Told
    step: Step | None
    is_due: bool
    contacts: tuple[Person, ...]


def chase_list(
    session: Session,
    issuer: Issuer,
    names: Directory,
    ladder: Sequence[Rung],
    as_of: date | None = None,
    named: bool = True,
    unit: str | None = None,
) -> list[Chased]:
    """Everybody who owes something, those most late first; `as_of`: only in rounds about days up to this one.

    `unit`: only of the unit with this code.
    """
    today = office_day(issuer.at)
    rounds = open_rounds(session, issuer.scheme_id, ladder, issuer.workdays, issuer.at)
    ways = [
        way
        for way in ways_up(rounds, owing(session, issuer.scheme_id, names))
        if (as_of is None or way.period.as_of <= as_of) and unit in {None, names.codes[way.unit_id]}
    ]
    if not ways:
        return []
    taken = steps_of(session, rounds.periods)
    done, told, line = heard(taken), _told(taken), ReportingLine(people(session, issuer.scheme_id), names.units)
    owed = _named(session, names, ways) if named else {}

    def chased(way: Way) -> Chased:
        key = (way.period.id or 0, way.leg, way.unit_id)
        step = next_step(ladder, way.counts_from, way.opens, way.until, done.get(key, set()), way.calendar)
        return Chased(
            period=way.period,
            calendar=names.calendar(way.period),
            leg=way.leg,
            unit_id=way.unit_id,
            unit=names.codes[way.unit_id],
            unit_name=names.unit(way.unit_id),
            owed=way.owed,
            indicators=tuple(owed.get(key, ())),
            since=way.since,
            due=way.due,
            late=way.calendar.between(way.due, today),
            told=told.get(key, Told()),
            step=step,
            is_due=step is not None and step.planned_on <= today and way.calendar.is_workday(today),
            contacts=line.own(way.unit_id, way.leg).people,
        )

    return sorted(map(chased, ways), key=lambda one: (one.due, one.period.id, one.leg, one.unit_id))


def _told(taken: Iterable[Taken]) -> Mapping[Key, Told]:
    found: dict[Key, list[Taken]] = defaultdict(list)
    for row in taken:
        if row.outcome is ReminderOutcome.SENT:
            found[row.period_id, row.leg, row.unit_id].append(row)
    return {
        key: Told(
            len(rows),
            max(office_day(row.recorded_at) for row in rows),
            tuple(dict.fromkeys(row.to_role for row in rows if row.to_role != Role.REPORTER)),
        )
        for key, rows in found.items()
    }


def _named(session: Session, names: Directory, ways: Sequence[Way]) -> Mapping[Key, list[str]]:
    """What is owed, by name; of a lead unit's checks each indicator once."""
    found: dict[Key, dict[str, None]] = defaultdict(dict)
    for leg in Leg:
        mine = [way for way in ways if way.leg is leg]
        rounds = {way.period.id: way.period for way in mine}
        for debt in debts(session, leg, list(rounds.values()), {way.unit_id for way in mine}, names.leads):
            found[debt.period_id, leg, debt.unit_id][names.indicator(debt.indicator_id)] = None
    return {key: list(listed) for key, listed in found.items()}
