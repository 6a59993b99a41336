"""The dates of the simulated year, worked out apart from the product: from the statutory calendar and bare counting."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar  # type: ignore[import-untyped]

STARTS, ENDS = date(2025, 1, 1), date(2025, 12, 31)
LAST = date(2026, 2, 13)
"""The simulation goes on until the last rounds are closed."""
OFF = (
    (date(2025, 3, 4), date(2025, 3, 4)),
    (date(2025, 6, 28), date(2025, 7, 8)),
    (date(2025, 9, 27), date(2025, 10, 16)),
)
"""The machine is off: a single day; over a half-year's end and its deadline; from before a long holiday until after a
round that ended meanwhile was due."""
CLOSURES: Mapping[int, Mapping[date, bool]] = {
    5: {date(2025, 3, day): False for day in range(3, 8)},
    6: {date(2025, 7, day): False for day in (14, 15, 16)},
    7: {date(2025, 4, 12): True, date(2025, 5, 13): False},
}
"""Days on which units, by their number, rest or work otherwise than the country."""
ONE = timedelta(days=1)
IsWorkday = Callable[[date], bool]


def span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@dataclass(frozen=True, slots=True)
class Days:
    """Counting on somebody's working days."""

    works: IsWorkday

    def after(self, day: date, count: int) -> date:
        step = ONE if count > 0 else -ONE
        for _ in range(abs(count)):
            day += step
            while not self.works(day):
                day += step
        return day

    def on_or_after(self, day: date) -> date:
        while not self.works(day):
            day += ONE
        return day

    def listed(self, first: date, last: date) -> list[date]:
        """Working days from `first` to `last`."""
        return [day for day in span(first, last) if self.works(day)]


COUNTRY = Days({day: bool(chinese_calendar.is_workday(day)) for day in span(STARTS, date(2026, 12, 31))}.__getitem__)


def days_of(unit: int) -> Days:
    """A unit's own working days."""
    own = CLOSURES.get(unit)
    return Days(lambda day: own.get(day, COUNTRY.works(day))) if own else COUNTRY


def is_off(day: date) -> bool:
    return any(first <= day <= last for first, last in OFF)


def back_on(day: date) -> date:
    """The day, or the one on which the machine is on again."""
    while is_off(day):
        day += ONE
    return day


def collects_on(day: date) -> date:
    """The first day from `day` on with a morning run."""
    while is_off(day) or not COUNTRY.works(day):
        day += ONE
    return day


@dataclass(frozen=True, slots=True)
class Dates:
    """A round: `weekly` or of the scheme's own months."""

    weekly: bool
    as_of: date

    @property
    def opens(self) -> date:
        return self.as_of + ONE

    def due(self, days: Days = COUNTRY) -> date:
        return days.after(self.as_of, 2 if self.weekly else 5)

    @property
    def lead_due(self) -> date:
        return COUNTRY.after(self.due(), 2)

    @property
    def office_due(self) -> date:
        return COUNTRY.after(self.lead_due, 2)

    @property
    def reviewed_on(self) -> list[date]:
        """When lead units check, and from its deadline on the office confirms. Nobody looks at what comes later."""
        return [COUNTRY.after(self.lead_due, n) for n in (0, 2, 5, 10)]

    @property
    def opened_on(self) -> date:
        return collects_on(self.opens)

    def over_on(self, latest_due: date) -> date:
        """The working day after everything was due and T+8 has had its day."""
        closes = max(latest_due, self.due()) if self.weekly else max(latest_due, self.office_due)
        last_step = COUNTRY.after(max(latest_due, self.opened_on), 8)
        return COUNTRY.after(max(closes, last_step), 1)


@cache
def month_ends() -> list[date]:
    return [day for day in span(STARTS, ENDS) if (day + ONE).day == 1]


@cache
def week_ends() -> list[date]:
    return [day for day in span(STARTS, ENDS) if day.weekday() == 6 or day == ENDS]


ROUNDS = [Dates(False, day) for day in month_ends()] + [Dates(True, day) for day in week_ends()]
