"""公布全年: what is to be published of a year, for everybody or for one unit on its own days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from sqlmodel import Session

from diaodu.clock import office_day
from diaodu.rules.collection import Rhythm, Round, rounds
from diaodu.rules.deadline_chain import UNIT
from diaodu.rules.period import still_to_come
from diaodu.rules.rescheduling import dues
from diaodu.rules.workday import Workdays
from diaodu.rules.year_calendar import Strand, YearCalendar, touches
from diaodu.storage import asking, holiday
from diaodu.storage.collection import collections_begun, collections_in_force, rhythm_changes, rhythms
from diaodu.storage.period import periods
from diaodu.storage.request import dues_of
from diaodu.storage.scheme import SchemeNotInForce, scheme_in_force, schemes
from diaodu.storage.unit import unit_ids, units_in_force
from models.period import Period
from models.scheme_version import SchemeVersion

OWN = "全部指标"
"""What the scheme's own calendar is called, beside those of its collections."""


def year_calendar(
    session: Session, scheme_id: int, year: int, known_at: datetime, unit_id: int | None = None
) -> YearCalendar:
    """The calendar of a year as far as known; rounds that have begun stand as they were announced.

    For a unit, only what it has to report or to check. Raises SchemeNotInForce.
    """
    scheme, as_of = _scheme(session, scheme_id, year, known_at)
    calendar = holiday.workdays(session)
    mine = calendar if unit_id is None else holiday.workdays(session, unit_id)
    names = {day.day: day.name for day in holiday.days_of(session, year)}
    if unit_id is not None:
        names |= {closure.day: closure.name for closure in holiday.closures(session, unit_id)}
    announced = _announced(session, scheme_id, known_at, unit_id)
    found: dict[int | None, Strand] = {}
    for span in _spans(session, scheme_id, year, as_of, known_at):
        concerned = None if unit_id is None else asking.calendars_of(session, scheme_id, unit_id, span.day, known_at)
        titles = _titles(session, scheme, span.day, known_at)
        begun = collections_begun(session, scheme_id, span.day, known_at)
        for number, rhythm in rhythms(session, scheme_id, span.day, known_at).items():
            if concerned is None or number in concerned:
                asked = still_to_come(rounds(rhythm, calendar), begun.get(number))
                dated = [_mine(rhythm, one, calendar, mine) for one in asked if span.has(one)]
                before = found.get(number) or Strand(*titles[number], rhythm.cadence, rhythm.report_due, ())
                found[number] = replace(before, rounds=_joined(before.rounds, dated))
    strands = [_as_announced(strand, announced.get(number, {}), year) for number, strand in found.items()]
    code = next(known.code for known in schemes(session) if known.id == scheme_id)
    unit = _named(session, scheme_id, unit_id, as_of, known_at)
    return YearCalendar(scheme.name, code, scheme.issuer, year, unit, mine, names, tuple(strands))


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which the same rules say when rounds begin: from `day`, the first from ever, until they change."""

    day: date
    is_first: bool
    ends: date

    def has(self, one: Round) -> bool:
        """Whether a round begins by these rules."""
        return one.opens < self.ends and (self.is_first or one.unit_due >= self.day)


def _spans(session: Session, scheme_id: int, year: int, as_of: date, known_at: datetime) -> list[Span]:
    """What is in force on `as_of`, and each change to come that is known already."""
    days = [as_of, *rhythm_changes(session, scheme_id, as_of, date(year, 12, 31), known_at)]
    return [Span(day, day == as_of, end) for day, end in pairwise([*days, date.max])]


def usual_year(session: Session, scheme_id: int, known_at: datetime) -> int:
    """The year people mean who name none: this one, or the one of the scheme's that is nearest to it."""
    today = office_day(known_at)
    try:
        scheme = scheme_in_force(session, scheme_id, today, known_at)
    except SchemeNotInForce:
        return today.year
    return min(max(today.year, scheme.starts.year), scheme.ends.year)


def _scheme(session: Session, scheme_id: int, year: int, known_at: datetime) -> tuple[SchemeVersion, date]:
    """What the scheme says in that year: today, or on its day nearest to today; else at its end."""
    last = date(year, 12, 31)
    as_of = min(max(office_day(known_at), date(year, 1, 1)), last)
    try:
        return scheme_in_force(session, scheme_id, as_of, known_at), as_of
    except SchemeNotInForce:
        return scheme_in_force(session, scheme_id, last, known_at), last


def _titles(
    session: Session, scheme: SchemeVersion, as_of: date, known_at: datetime
) -> dict[int | None, tuple[str, str]]:
    """Code and name of every calendar."""
    found = collections_in_force(session, scheme.scheme_id, as_of, known_at)
    return {None: ("", OWN), **{version.collection_id: (code, version.name) for code, version in found.items()}}


def _announced(
    session: Session, scheme_id: int, known_at: datetime, unit_id: int | None
) -> dict[int | None, dict[date, Round]]:
    """The rounds that have begun, by calendar and day, with the deadlines they have."""
    begun = [period for period in periods(session, scheme_id) if period.opened_at <= known_at]
    own = {} if unit_id is None else dues_of(session, unit_id, [period.id or 0 for period in begun])
    found: dict[int | None, dict[date, Round]] = {}
    for period in begun:
        found.setdefault(period.collection_id, {})[period.as_of] = _round(period, own.get(period.id or 0))
    return found


def _round(period: Period, own_due: date | None) -> Round:
    due = own_due or period.unit_due
    return Round(period.as_of, period.opens, due, period.lead_due, period.office_due, period.provisional)


def _joined(before: Sequence[Round], after: Sequence[Round]) -> tuple[Round, ...]:
    """Rounds in order; about the same day the earlier rules stand."""
    return tuple(one for _, one in sorted({one.as_of: one for one in (*after, *before)}.items()))


def _as_announced(strand: Strand, begun: dict[date, Round], year: int) -> Strand:
    """A calendar in which what has begun stands as it was announced; what is about another year is left out."""
    dated = _joined(tuple(begun.values()), strand.rounds)
    return replace(strand, rounds=tuple(one for one in dated if touches(one, year)))


def _mine(rhythm: Rhythm, one: Round, general: Workdays, mine: Workdays) -> Round:
    return one if mine is general else replace(one, unit_due=dues(rhythm, one.as_of, mine)[UNIT])


def _named(
    session: Session, scheme_id: int, unit_id: int | None, as_of: date, known_at: datetime
) -> tuple[str, str] | None:
    """Code and name of the unit."""
    if unit_id is None:
        return None
    code = next(code for code, number in unit_ids(session, scheme_id).items() if number == unit_id)
    names = {unit.unit_id: unit.name for unit in units_in_force(session, scheme_id, as_of, known_at)}
    return code, names.get(unit_id, code)
