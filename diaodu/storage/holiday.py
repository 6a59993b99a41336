"""The stored working-day calendar: seeded from what is announced, guessed by rule for years that are not."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from importlib.metadata import version

import chinese_calendar  # type: ignore[import-untyped]
import holidays
from sqlmodel import Session, col, delete, select

from diaodu.rules.workday import Workdays
from models.closure import Closure
from models.holiday import Holiday

BY_HAND = "人工："
"""How the origin of a day begins that a person set; such days outlive an import."""
MADE_OF_OTHERS = ("补假", "休息日")
"""In the names of days off that are not statutory themselves."""


def workdays(session: Session, unit_id: int | None = None) -> Workdays:
    """The calendar as stored, or a unit's own; a year with any guessed day is provisional."""
    stored = session.exec(select(col(Holiday.day), col(Holiday.workday), col(Holiday.provisional))).all()
    exceptions = {day: workday for day, workday, _ in stored}
    guessed = {day.year for day, _, provisional in stored if provisional}
    if unit_id is not None:
        own = closures(session, unit_id)
        guessed |= {closure.day.year for closure in own} - {day.year for day in exceptions}
        exceptions |= {closure.day: closure.workday for closure in own}
    return Workdays(exceptions, frozenset(guessed))


def days_of(session: Session, year: int) -> list[Holiday]:
    """The days of a year that are on record, in order."""
    within = col(Holiday.day).between(date(year, 1, 1), date(year, 12, 31))
    return list(session.exec(select(Holiday).where(within).order_by(col(Holiday.day))))


def day_named(session: Session, day: date) -> Holiday | None:
    return session.get(Holiday, day)


def put(session: Session, days: Iterable[Holiday]) -> None:
    """Write days down, in place of what is said of them so far."""
    for day in days:
        session.merge(day)
    session.flush()


def replace(session: Session, year: int, days: Sequence[Holiday]) -> None:
    """Make these the days of a year. What a person set stays, unless the same day is among them."""
    kept = [col(Holiday.day).between(date(year, 1, 1), date(year, 12, 31)), ~col(Holiday.origin).startswith(BY_HAND)]
    session.exec(delete(Holiday).where(*kept))
    session.expire_all()
    put(session, days)


def seed(session: Session, years: Iterable[int]) -> list[int]:
    """Fill in years and return those that changed.

    A year on record as announced is left alone, so that the office's own corrections stay. A guessed year is replaced
    as soon as its arrangement is known.
    """
    changed = unsettled(session, years)
    for year in changed:
        by_hand = {day.day for day in days_of(session, year) if day.origin.startswith(BY_HAND)}
        days = _announced(year) or _guessed(year)
        replace(session, year, [day for day in days if day.day not in by_hand])
    return changed


def unsettled(session: Session, years: Iterable[int]) -> list[int]:
    """The years that are not on record, and those on record as a guess whose arrangement is known by now."""
    found = []
    for year in sorted(set(years)):
        recorded = days_of(session, year)
        if not recorded or (any(day.provisional for day in recorded) and _announced(year) is not None):
            found.append(year)
    return found


def statutory(year: int) -> dict[date, str]:
    """The days that the law itself makes holidays (法定节假日), known before any year is arranged."""
    found = holidays.country_holidays("CN", years=year, language="zh_CN")
    return {day: name for day, name in sorted(found.items()) if not any(word in name for word in MADE_OF_OTHERS)}


def closures(session: Session, unit_id: int) -> list[Closure]:
    """A unit's own days, in order."""
    return list(session.exec(select(Closure).where(Closure.unit_id == unit_id).order_by(col(Closure.day))))


def closure_on(session: Session, unit_id: int, day: date) -> Closure | None:
    return session.get(Closure, (unit_id, day))


def _announced(year: int) -> list[Holiday] | None:
    """Days off and make-up working days of a year as the State Council arranged it; None while that is unknown."""
    days, origin = [], f"chinesecalendar {version('chinesecalendar')}"
    for day in _days_of(year):
        try:
            off, name = chinese_calendar.get_holiday_detail(day)
        except NotImplementedError:
            return None
        if name is not None:
            chinese = chinese_calendar.Holiday(name).chinese
            days.append(Holiday(day=day, workday=not off, name=chinese, provisional=False, origin=origin))
    return days


def _guessed(year: int) -> list[Holiday]:
    """The statutory days of a year that is not arranged yet: nobody knows its make-up working days."""
    named = holidays.country_holidays("CN", years=year, language="zh_CN")
    origin = f"推算（holidays {version('holidays')}）"
    return [
        Holiday(day=day, workday=False, name=name, provisional=True, origin=origin)
        for day, name in sorted(named.items())
    ]


def _days_of(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
