"""The formulas of `rules.lateness` for a whole frame at once (时限，整表)."""

import polars as pl

from diaodu.rules.almanac import Almanac, day
from diaodu.rules.verdict import State
from diaodu.rules.workday import Workdays


def whole_numbers(almanac: Almanac, workdays: Workdays) -> dict[str, pl.Expr]:
    """The whole-number measures of dates and counts, over standings with their `state`."""
    ordinals = workdays.ordinals(almanac.first, almanac.last)["ordinal"]

    def workday(days: pl.Expr) -> pl.Expr:
        return almanac.look_up(ordinals, days)

    months_begun = almanac["month", "as_of"] - almanac["month", "first_unmet_due"]
    report_overdue = workday(day("known_on")) - workday(day("report_due"))
    return {
        "overdue_days": day("as_of") - day("first_unmet_due"),
        "overdue_workdays": workday(day("as_of")) - workday(day("first_unmet_due")),
        "months_since_due": months_begun - (almanac["reaches", "as_of"] < almanac["of_month", "first_unmet_due"]),
        "days_to_due": _next_date() - day("as_of"),
        "workdays_to_due": workday(_next_date()) - workday(day("as_of")),
        "milestones_unmet": pl.col("milestones_due") - pl.col("milestones_met"),
        "report_overdue_workdays": pl.when(pl.col("state") == State.NOT_REPORTED.value).then(report_overdue),
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
