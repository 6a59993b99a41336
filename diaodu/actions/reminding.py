"""催报: whose step of the ladder has come in any open round, so that each of them gets one message."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from diaodu.actions.closing import closes_on
from diaodu.actions.directory import directory
from diaodu.actions.notice import Issuer
from diaodu.actions.reminder_post import Climb, Post, Reminded
from diaodu.clock import office_day
from diaodu.rules.access import Role
from diaodu.rules.reminder import Leg, ReminderOutcome, Rung, base, due_rungs
from diaodu.rules.workday import ONE_DAY, Workdays
from diaodu.storage import asking, holiday
from diaodu.storage.owing import Owing, owing_leads, owing_units
from diaodu.storage.period import still_open
from diaodu.storage.reminder import reminders_of
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


def remind(session: Session, issuer: Issuer, ladder: Sequence[Rung]) -> Reminded:
    """Take every step that has come by the issuer's moment; a step taken is never taken again."""
    periods = {p.id or 0: p for p in still_open(session, issuer.scheme_id) if p.opened_at <= issuer.at}
    if not periods or not ladder:
        return Reminded()
    today = office_day(issuer.at)
    names = directory(session, issuer.scheme_id, today, issuer.at)
    owed = [*owing_units(session, issuer.scheme_id), *owing_leads(session, issuer.scheme_id, names.leads)]
    taken = reminders_of(session, periods)
    dues = latest_dues(session, issuer.scheme_id)
    over = {n: closes_on(p, dues.get(n, p.unit_due), ladder, issuer.workdays) for n, p in periods.items()}
    rounds = Rounds(periods, over, calendars(session, issuer.scheme_id, issuer.workdays))
    come = climbs(ladder, rounds, owed, taken, today)
    return Post(session, issuer, names, periods, rounds.calendar_of, taken).deliver(come) if come else Reminded()


def calendars(session: Session, scheme_id: int, general: Workdays) -> Callable[[int], Workdays]:
    """The working days of a unit, by its id: its own where it has days of its own."""
    own = {unit: holiday.workdays(session, unit) for unit in asking.units_with_own_days(session, scheme_id)}
    return lambda unit_id: own.get(unit_id, general)


def climbs(
    ladder: Sequence[Rung], rounds: Rounds, owed: Iterable[Owing], taken: Iterable[Reminder], today: date
) -> list[Climb]:
    """Every unit's steps that have come and are not taken; those put off for want of messages come again."""
    lines: dict[Key, list[Owing]] = defaultdict(list)
    for one in owed:
        if one.period_id in rounds.periods:
            lines[one.period_id, one.leg, one.unit_id].append(one)
    told: dict[Key, set[tuple[Role, date]]] = defaultdict(set)
    for row in taken:
        if row.outcome is not ReminderOutcome.DEFERRED:
            told[row.period_id, Leg(row.leg), row.unit_id].add((Role(row.to_role), row.planned_on))
    found = []
    for (period_id, leg, unit_id), mine in sorted(lines.items()):
        period, until = rounds.periods[period_id], rounds.over[period_id] - ONE_DAY
        due, since = min((base(one.due, office_day(one.since)), office_day(one.since)) for one in mine)
        opens = since if leg is Leg.UNIT else max(since, period.unit_due + ONE_DAY)
        calendar = rounds.calendar_of(unit_id)
        steps = due_rungs(ladder, due, opens, today, told[period_id, leg, unit_id], calendar, until)
        if steps:
            found.append(Climb(period, leg, unit_id, sum(one.owed for one in mine), tuple(steps)))
    return found
