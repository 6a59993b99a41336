"""The stored working-day calendar: seeded from what is announced, guessed by rule for years that are not."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped]
import holidays
from sqlmodel import Session, col, delete, select

from diaodu.rules.workday import Workdays
from models.closure import Closure
from models.holiday import Holiday


def workdays(session: Session, unit_id: int | None = None) -> Workdays:
    """The calendar as stored, or a unit's own; a year with any guessed day is provisional."""
    stored = list(session.exec(select(Holiday)))
    exceptions = {holiday.day: holiday.workday for holiday in stored}
    if unit_id is not None:
        closures = session.exec(select(Closure).where(Closure.unit_id == unit_id))
        exceptions |= {closure.day: closure.workday for closure in closures}
    return Workdays(exceptions, frozenset(holiday.day.year for holiday in stored if holiday.provisional))


def seed(session: Session, years: Iterable[int]) -> list[int]:
    """Fill in years and return those that changed.

    A year on record as announced is left alone, so that the office's own corrections stay. A guessed year is replaced
    as soon as its arrangement is known.
    """
    recorded = {holiday.day.year: holiday.provisional for holiday in session.exec(select(Holiday))}
    changed = []
    for year in sorted(set(years)):
        days = _announced(year)
        if days is None and year not in recorded:
            days = _guessed(year)
        if days is not None and recorded.get(year, True):
            _replace(session, year, days)
            changed.append(year)
    return changed


def _replace(session: Session, year: int, days: list[Holiday]) -> None:
    session.exec(delete(Holiday).where(col(Holiday.day).between(date(year, 1, 1), date(year, 12, 31))))
    session.add_all(days)
    session.flush()


def _announced(year: int) -> list[Holiday] | None:
    """Days off and make-up working days of a year as the State Council arranged it; None while that is unknown."""
    days = []
    for day in _days_of(year):
        try:
            off, name = chinese_calendar.get_holiday_detail(day)
        except NotImplementedError:
            return None
        if name is not None:
            chinese = chinese_calendar.Holiday(name).chinese
            days.append(Holiday(day=day, workday=not off, name=chinese, provisional=False))
    return days


def _guessed(year: int) -> list[Holiday]:
    """The statutory days of a year that is not arranged yet: nobody knows its make-up working days."""
    statutory = holidays.country_holidays("CN", years=year, language="zh_CN")
    return [Holiday(day=day, workday=False, name=name, provisional=True) for day, name in sorted(statutory.items())]


def _days_of(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
