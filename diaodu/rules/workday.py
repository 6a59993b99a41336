"""Which days count: working days by the State Council's arrangement, make-up days included, and sums over them."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import accumulate

import polars as pl

ONE_DAY = timedelta(days=1)


class Workdays:
    """A working-day calendar: Monday to Friday, except on the days that `exceptions` says otherwise.

    `exceptions` maps a day to whether work is done on it; `provisional_years` are those whose arrangement is a guess.
    """

    def __init__(self, exceptions: Mapping[date, bool], provisional_years: frozenset[int] = frozenset()) -> None:
        self._exceptions = dict(exceptions)
        self._provisional = provisional_years
        self._announced = {day.year for day in exceptions} - provisional_years
        moved = sorted(day for day, works in exceptions.items() if works != _is_weekday(day))
        self._moved = moved
        self._sums = [0, *accumulate(1 if self._exceptions[day] else -1 for day in moved)]

    def is_workday(self, day: date) -> bool:
        return self._exceptions.get(day, _is_weekday(day))

    def is_provisional(self, day: date) -> bool:
        """Whether the arrangement of `day`'s year is a guess: marked as one, or not on record at all."""
        return day.year not in self._announced

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; a negative count goes back, 0 is `day` itself."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        for _ in range(abs(count)):
            day = self._next(day + step, step)
        return day

    def on_or_after(self, day: date) -> date:
        return self._next(day, ONE_DAY)

    def on_or_before(self, day: date) -> date:
        return self._next(day, -ONE_DAY)

    def between(self, first: date, last: date) -> int:
        """Working days in (first, last]; negative when `last` is before `first`."""
        return self.ordinal(last) - self.ordinal(first)

    def nth_of_month(self, year: int, month: int, number: int) -> date:
        """The `number`-th working day of a month, from its end when negative; ValueError when there is none."""
        first = date(year, month, 1)
        start = first - ONE_DAY if number > 0 else next_month(first)
        day = self.after(start, number)
        if number == 0 or (day.year, day.month) != (year, month):
            raise ValueError(f"{year}-{month:02} has no working day number {number}")
        return day

    def ordinal(self, day: date) -> int:
        """Working days from 0001-01-01 up to and including `day`: differences of it count working days."""
        weeks, weekday = divmod(day.toordinal() - 1, 7)  # 0001-01-01 was a Monday
        return weeks * 5 + min(weekday + 1, 5) + self._sums[bisect_right(self._moved, day)]

    def ordinals(self, first: date, last: date) -> pl.DataFrame:
        """`day` (Date) and `ordinal` (Int64) of every day from `first` to `last`, both included."""
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return pl.DataFrame(
            {"day": days, "ordinal": [self.ordinal(day) for day in days]},
            schema={"day": pl.Date, "ordinal": pl.Int64},
        )

    def _next(self, day: date, step: timedelta) -> date:
        while not self.is_workday(day):
            day += step
        return day


def next_month(day: date) -> date:
    """The first day of the month after `day`'s."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _is_weekday(day: date) -> bool:
    return day.weekday() < 5
