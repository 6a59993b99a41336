"""催报: whose step of the ladder has come in any open round, so that each of them gets one message."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from diaodu.actions.closing import closes_on
from diaodu.actions.directory import Directory, directory
from diaodu.actions.notice import Issuer
from diaodu.actions.reminder_post import Climb, Post, Reminded
from diaodu.clock import office_day
from diaodu.rules.access import Role
from diaodu.rules.reminder import Leg, ReminderOutcome, Rung, base, due_rungs
from diaodu.rules.workday import ONE_DAY, Workdays
from diaodu.storage import asking, holiday
from diaodu.storage.owing import Owing, owing_leads, owing_units
from diaodu.storage.period import still_open
from diaodu.storage.reminder import Taken, reminders_of
from diaodu.storage.request import latest_dues
from models.period import Period
from models.reminder import Reminder

Key = tuple[int, Leg, int]
"""What a unit climbs a ladder for: round, leg, unit."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """Open rounds by id, the day on which each is over, and the working days of every unit."""

    periods: Mapping[int, Period]
    over: Mapping[int, date]
    calendar_of: Callable[[int], Workdays]


@dataclass(frozen=True, slots=True)
class Way:
    """What one unit owes in one leg of one round, since when and by when, and the days its ladder stands on.

    The ladder counts from `counts_from`; no step comes before `opens`, on the unit's `calendar`, or after `until`.
    """

    period: Period
    leg: Leg
    unit_id: int
    owed: int
    due: date
    since: date
    counts_from: date
    opens: date
    until: date
    calendar: Workdays


def remind(session: Session, issuer: Issuer, ladder: Sequence[Rung], only: Collection[int] | None = None) -> Reminded:
    """Take every step that has come by the issuer's moment; a step taken is never taken again.

    `only`: the units that owe, by id, whose steps are taken; None: all.
    """
    rounds = open_rounds(session, issuer.scheme_id, ladder, issuer.workdays, issuer.at)
    if not rounds.periods or not ladder:
        return Reminded()
    today = office_day(issuer.at)
    names = directory(session, issuer.scheme_id, today, issuer.at)
    owed = owing(session, issuer.scheme_id, names)
    taken = reminders_of(session, rounds.periods)
    come = [one for one in climbs(ladder, rounds, owed, taken, today) if only is None or one.unit_id in only]
    post = Post(session, issuer, names, rounds.periods, rounds.calendar_of, taken)
    return post.deliver(come) if come else Reminded()


def open_rounds(session: Session, scheme_id: int, ladder: Sequence[Rung], workdays: Workdays, at: datetime) -> Rounds:
    """The rounds that are open at a moment."""
    periods = {p.id or 0: p for p in still_open(session, scheme_id) if p.opened_at <= at}
    dues = latest_dues(session, scheme_id)
    over = {n: closes_on(p, dues.get(n, p.unit_due), ladder, workdays) for n, p in periods.items()}
    return Rounds(periods, over, calendars(session, scheme_id, workdays))


def owing(session: Session, scheme_id: int, names: Directory) -> list[Owing]:
    """What units are to report and lead units to check in open rounds."""
    return [*owing_units(session, scheme_id), *owing_leads(session, scheme_id, names.leads)]


def calendars(session: Session, scheme_id: int, general: Workdays) -> Callable[[int], Workdays]:
    """The working days of a unit, by its id: its own where it has days of its own."""
    own = {unit: holiday.workdays(session, unit) for unit in asking.units_with_own_days(session, scheme_id)}
    return lambda unit_id: own.get(unit_id, general)


def climbs(
    ladder: Sequence[Rung], rounds: Rounds, owed: Iterable[Owing], taken: Iterable[Reminder], today: date
) -> list[Climb]:
    """Every unit's steps that have come and are not taken; those put off for want of messages come again."""
    told = heard(taken)
    found = []
    for way in ways_up(rounds, owed):
        told_here = told.get((way.period.id or 0, way.leg, way.unit_id), set())
        steps = due_rungs(ladder, way.counts_from, way.opens, today, told_here, way.calendar, way.until)
        if steps:
            found.append(Climb(way.period, way.leg, way.unit_id, way.owed, way.counts_from, tuple(steps)))
    return found


def heard(taken: Iterable[Reminder | Taken]) -> dict[Key, set[tuple[Role, date]]]:
    """Which steps are done with: those that were told, and those that went with another."""
    told: dict[Key, set[tuple[Role, date]]] = defaultdict(set)
    for row in taken:
        if row.outcome is not ReminderOutcome.DEFERRED:
            told[row.period_id, Leg(row.leg), row.unit_id].add((Role(row.to_role), row.planned_on))
    return told


def ways_up(rounds: Rounds, owed: Iterable[Owing]) -> list[Way]:
    """What every unit owes in every leg of every round, and the days its ladder stands on."""
    lines: dict[Key, list[Owing]] = defaultdict(list)
    for one in owed:
        if one.period_id in rounds.periods:
            lines[one.period_id, one.leg, one.unit_id].append(one)
    return [_way(rounds, key, mine) for key, mine in sorted(lines.items())]


def _way(rounds: Rounds, key: Key, mine: Sequence[Owing]) -> Way:
    period_id, leg, unit_id = key
    period = rounds.periods[period_id]
    counts_from, since = min((base(one.due, office_day(one.since)), office_day(one.since)) for one in mine)
    return Way(
        period=period,
        leg=leg,
        unit_id=unit_id,
        owed=sum(one.owed for one in mine),
        due=min(one.due for one in mine),
        since=min(office_day(one.since) for one in mine),
        counts_from=counts_from,
        opens=since if leg is Leg.UNIT else max(since, period.unit_due + ONE_DAY),
        until=rounds.over[period_id] - ONE_DAY,
        calendar=rounds.calendar_of(unit_id),
    )
