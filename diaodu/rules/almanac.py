"""Every day that a frame speaks of, with its place in its month: looked up by millions instead of worked out."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from diaodu.rules.standing import SCHEMA

EPOCH = date(1970, 1, 1)
DATES = tuple(name for name, kind in SCHEMA.items() if kind == pl.Date)


def day(column: str) -> pl.Expr:
    """A Date column as whole days since 1970."""
    return pl.col(column).to_physical().cast(pl.Int64)


@dataclass(frozen=True, slots=True)
class Almanac:
    """The days from `first` to `last`, both included, one a row of `table`.

    `month` counts calendar months since the year 0, `months_over` those over at the end of the day; `of_month` is the
    day's number in its month, and `reaches` is 31 instead on a month's last day.
    """

    first: date
    last: date
    table: pl.DataFrame

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Almanac":
        """Over all dates of a frame of standings, or of some of their columns."""
        dates = pl.col([name for name in DATES if name in frame.columns])
        ends = frame.select(first=pl.min_horizontal(dates.min()), last=pl.max_horizontal(dates.max())).row(0)
        first, last = (found or EPOCH for found in ends)
        days = pl.DataFrame({"day": pl.date_range(first, last, eager=True)})
        month, of_month = (
            (pl.col("day").dt.year() * 12 + pl.col("day").dt.month()).cast(pl.Int64),
            pl.col("day").dt.day(),
        )
        is_end = pl.col("day").dt.offset_by("1d").dt.day() == 1
        reaches = pl.when(is_end).then(31).otherwise(of_month)
        return cls(
            first, last, days.select(month=month, months_over=month + is_end, of_month=of_month, reaches=reaches)
        )

    def __getitem__(self, what: tuple[str, str]) -> pl.Expr:
        """A column of `table` on the days of a column of the frame: `almanac["month", "due"]`."""
        column, of = what
        return self.look_up(self.table[column], day(of))

    def look_up(self, values: pl.Series, days: pl.Expr) -> pl.Expr:
        """The one of `values`, which has one for each day of the table, that belongs to each of `days` (since 1970)."""
        return pl.lit(values).gather(days - (self.first - EPOCH).days)
