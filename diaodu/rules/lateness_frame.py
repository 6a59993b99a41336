"""The formulas of `rules.lateness` for a whole frame at once (时限，整表)."""

from datetime import date

import polars as pl

from diaodu.rules.trajectory_frame import day, is_month_end, month
from diaodu.rules.verdict import State
from diaodu.rules.workday import Workdays

_DATES = ("as_of", "known_on", "report_due", "due", "next_due", "first_unmet_due")


def whole_numbers(standings: pl.DataFrame, workdays: Workdays) -> dict[str, pl.Expr]:
    """The whole-number measures of dates and counts, over `standings` with its `state`."""
    ordinal = _Ordinals(standings, workdays)
    first_unmet, reached = pl.col("first_unmet_due"), pl.col("as_of")
    is_short = (reached.dt.day() < first_unmet.dt.day()) & ~is_month_end("as_of")
    return {
        "overdue_days": day("as_of") - day("first_unmet_due"),
        "overdue_workdays": ordinal.of("as_of") - ordinal.of("first_unmet_due"),
        "months_since_due": month("as_of") - month("first_unmet_due") - is_short,
        "days_to_due": _next_date() - day("as_of"),
        "workdays_to_due": ordinal.at(_next_date()) - ordinal.of("as_of"),
        "milestones_unmet": pl.col("milestones_due") - pl.col("milestones_met"),
        "report_overdue_workdays": pl.when(pl.col("state") == State.NOT_REPORTED.value).then(
            ordinal.of("known_on") - ordinal.of("report_due")
        ),
        "stale_days": day("as_of") - day("changed_on"),
    }


def elapsed_share() -> pl.Expr:
    begins = pl.coalesce(day("past_due"), day("start") - 1)
    whole = _next_date() - begins
    share = (day("as_of") - begins).cast(pl.Float64) / whole.cast(pl.Float64)
    return pl.when(whole > 0).then(share.clip(lower_bound=0.0))


def _next_date() -> pl.Expr:
    own = pl.when(pl.col("as_of") <= pl.col("due")).then(day("due"))
    return pl.coalesce(day("next_due"), own)


class _Ordinals:
    """The working-day calendar over all the dates of a frame, as one column to look days up in."""

    def __init__(self, standings: pl.DataFrame, workdays: Workdays) -> None:
        days = standings.select(
            first=pl.min_horizontal(pl.col(_DATES).min()), last=pl.max_horizontal(pl.col(_DATES).max())
        ).row(0)
        first, last = (found or date(1970, 1, 1) for found in days)
        self._first = (first - date(1970, 1, 1)).days
        self._ordinals = workdays.ordinals(first, last)["ordinal"]

    def of(self, column: str) -> pl.Expr:
        return self.at(day(column))

    def at(self, days: pl.Expr) -> pl.Expr:
        return pl.lit(self._ordinals).gather(days - self._first)
