"""放假安排: whether a list of days off and make-up working days can be a year's, and all that speaks against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from diaodu.rules.workday import ONE_DAY, Workdays

OVERLAP = timedelta(days=7)
"""How far a year's arrangement reaches into the year before: 2018-12-29 was worked for New Year's Day of 2019."""
MADE_UP_BEFORE, MADE_UP_SINCE_2025 = 11, 13
"""Statutory days off (全国年节及纪念日放假办法): since 2025 one more at Spring Festival and one at Labour Day."""
TOLERANCE = 3
"""How far a year may be from that: the State Council gives a day extra (2015, 2020), or two holidays share one."""


class Doubt(StrEnum):
    """Why a list of days is not taken for a year's arrangement."""

    OUTSIDE = "outside"  # 不属于这一年
    TWICE = "twice"  # 同一天写了两次
    NAMELESS = "nameless"  # 没有写是什么节
    WEEKDAY_WORKED = "weekday_worked"  # 平日写成了调休上班
    HOLIDAY_MISSING = "holiday_missing"  # 法定节假日没有放假
    IMPLAUSIBLE_SUM = "implausible_sum"  # 放假与调休的天数对不上


@dataclass(frozen=True, slots=True)
class ArrangedDay:
    """What an arrangement says of one day; nameless are the ordinary days of a full list. `place`: where it stands."""

    day: date
    workday: bool
    name: str
    place: int

    @property
    def is_ordinary(self) -> bool:
        """Nothing is said but what the weekday says."""
        return not self.name and self.workday == (self.day.weekday() < 5)


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that speaks against it: about which entry, or which day that has none, or the sum it comes to."""

    doubt: Doubt
    about: ArrangedDay | None = None
    day: date | None = None
    name: str = ""
    found: int = 0
    expected: int = 0


def year_meant(days: Sequence[ArrangedDay]) -> int | None:
    """The year most of the days are in; None without any."""
    years = [entry.day.year for entry in days]
    return max(sorted(set(years)), key=years.count, default=None)


def objections(year: int, days: Sequence[ArrangedDay], statutory: Mapping[date, str]) -> list[Objection]:
    """Everything that speaks against these days being the arrangement of `year`; none when they can be taken."""
    found = [Objection(doubt, entry) for entry in days for doubt in _doubts(year, entry)]
    seen: set[date] = set()
    for entry in days:
        found += [Objection(Doubt.TWICE, entry)] if entry.day in seen else []
        seen.add(entry.day)
    said = Workdays({entry.day: entry.workday for entry in days})
    missing = [day for day in statutory if said.is_workday(day)]
    found += [Objection(Doubt.HOLIDAY_MISSING, day=day, name=statutory[day]) for day in missing]
    return found if found else _sum(year, said)


def _doubts(year: int, entry: ArrangedDay) -> list[Doubt]:
    if not date(year, 1, 1) - OVERLAP <= entry.day <= date(year, 12, 31):
        return [Doubt.OUTSIDE]
    if not entry.name and not entry.is_ordinary:
        return [Doubt.NAMELESS]
    return [Doubt.WEEKDAY_WORKED] if entry.name and entry.workday and entry.day.weekday() < 5 else []


def _sum(year: int, said: Workdays) -> list[Objection]:
    """Weekdays off less weekend days worked are the statutory days, more or less."""
    first = date(year, 1, 1)
    working = said.between(first - ONE_DAY, date(year, 12, 31))
    weekdays = Workdays({}).between(first - ONE_DAY, date(year, 12, 31))
    expected = MADE_UP_SINCE_2025 if year >= 2025 else MADE_UP_BEFORE
    free = weekdays - working
    return (
        [] if abs(free - expected) <= TOLERANCE else [Objection(Doubt.IMPLAUSIBLE_SUM, found=free, expected=expected)]
    )
