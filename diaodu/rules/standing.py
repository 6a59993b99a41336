"""What is known of one target as of one day: the row that storage hands to the rules, before any judgement."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import polars as pl

from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.trajectory import Trajectory


@dataclass(frozen=True, slots=True)
class Standing:
    """One target as of one day. Quantities are millionths of the measure unit (`rules.quantity`); None is "not known".

    The bracketing milestones are those in force around the day: `past_*` is the last one due on or before it,
    `next_*` the first one due after it; `was_past_*` and `was_next_*` are the same around the previous period's day.
    """

    target_id: int
    indicator: str  # code
    indicator_name: str
    unit: str  # code
    unit_name: str
    parent: str | None  # code of the unit above (合计, 市), the reference of `reference_gap`
    group: str | None  # name; None for units that belong to no group
    ranked: bool
    kind: Kind
    direction: Direction
    measure_unit: str
    decimals: int
    weight: int | None

    as_of: date
    known_on: date  # the office's day of `known_at`: what is overdue is overdue by this day
    required_as_of: date | None  # the period's day a report is owed for; None before the first period
    report_due: date | None  # the working day the unit owes it by
    supplied_by: str | None  # name of the source that supplies the indicator, so that no unit owes it
    actual: int | None
    reported_as_of: date | None
    recorded_at: datetime | None
    changed_on: date | None  # the as-of day since which the value in force stands unchanged

    target: int | None
    upper: int | None
    baseline: int
    trajectory: Trajectory
    start: date
    due: date
    past_due: date | None
    past_planned: int | None
    next_name: str | None
    next_due: date | None
    next_planned: int | None
    milestones_due: int
    milestones_met: int
    first_unmet_due: date | None
    first_unmet_name: str | None

    previous_as_of: date | None  # the period before `required_as_of`
    previous_actual: int | None  # value reported for that very day, as known now
    previous_target: int | None
    previous_upper: int | None
    previous_baseline: int | None
    was_past_due: date | None
    was_past_planned: int | None
    was_next_due: date | None
    was_next_planned: int | None
    last_year_actual: int | None  # value reported for the same day a year before
    category: str | None = None  # of the indicator


SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "target_id": pl.Int64,
    "indicator": pl.String,
    "indicator_name": pl.String,
    "unit": pl.String,
    "unit_name": pl.String,
    "parent": pl.String,
    "group": pl.String,
    "ranked": pl.Boolean,
    "kind": pl.String,
    "direction": pl.String,
    "measure_unit": pl.String,
    "decimals": pl.Int32,
    "weight": pl.Int64,
    "as_of": pl.Date,
    "known_on": pl.Date,
    "required_as_of": pl.Date,
    "report_due": pl.Date,
    "supplied_by": pl.String,
    "actual": pl.Int64,
    "reported_as_of": pl.Date,
    "recorded_at": pl.Datetime("us", "UTC"),
    "changed_on": pl.Date,
    "target": pl.Int64,
    "upper": pl.Int64,
    "baseline": pl.Int64,
    "trajectory": pl.String,
    "start": pl.Date,
    "due": pl.Date,
    "past_due": pl.Date,
    "past_planned": pl.Int64,
    "next_name": pl.String,
    "next_due": pl.Date,
    "next_planned": pl.Int64,
    "milestones_due": pl.Int64,
    "milestones_met": pl.Int64,
    "first_unmet_due": pl.Date,
    "first_unmet_name": pl.String,
    "previous_as_of": pl.Date,
    "previous_actual": pl.Int64,
    "previous_target": pl.Int64,
    "previous_upper": pl.Int64,
    "previous_baseline": pl.Int64,
    "was_past_due": pl.Date,
    "was_past_planned": pl.Int64,
    "was_next_due": pl.Date,
    "was_next_planned": pl.Int64,
    "last_year_actual": pl.Int64,
    "category": pl.String,
}
"""The same columns as a Polars frame, one row a target, in the order of `Standing`."""

_NAMES = tuple(field.name for field in fields(Standing))
_LATER = frozenset({"category"})
"""What verdicts stored by earlier releases do without."""


ASSESSED = pl.col("ranked") | pl.col("group").is_not_null()
"""Totals and what else is only shown beside the assessed units owe nothing, so they are neither warned nor chased."""


def of_row(row: Mapping[str, Any]) -> Standing:
    """The standing in one row of a frame that has at least the columns of `SCHEMA` (`frame.row(i, named=True)`)."""
    known = {name: row[name] for name in _NAMES if name in row or name not in _LATER}
    enums = {"kind": Kind(row["kind"]), "direction": Direction(row["direction"])}
    return Standing(**(known | enums | {"trajectory": Trajectory(row["trajectory"])}))
