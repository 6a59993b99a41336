"""`rules.trajectory` for a whole frame at once: every plan as a quotient of whole numbers (序时进度，整表)."""

from dataclasses import dataclass

import polars as pl

from diaodu.rules.almanac import Almanac, day
from diaodu.rules.trajectory import Trajectory


@dataclass(frozen=True, slots=True)
class PathColumns:
    """Where the fields of a `trajectory.Path`, and the day asked, stand in a frame."""

    prefix: str
    as_of: str
    baseline: str
    target: str
    past_due: str
    past_planned: str
    next_due: str
    next_planned: str


NOW = PathColumns("_", "as_of", "baseline", "target", "past_due", "past_planned", "next_due", "next_planned")
BEFORE = PathColumns(
    "_was_",
    "previous_as_of",
    "previous_baseline",
    "previous_target",
    "was_past_due",
    "was_past_planned",
    "was_next_due",
    "was_next_planned",
)

_IS_INTERPOLATED = pl.col("trajectory") == Trajectory.INTERPOLATED.value
_IS_MONTHS = pl.col("trajectory") == Trajectory.MONTHS.value
_IS_FLAT = pl.col("trajectory") == Trajectory.FLAT.value
_IS_STEP = pl.col("trajectory") == Trajectory.STEP.value


def with_plan(frame: pl.LazyFrame, path: PathColumns, almanac: Almanac, integer: type[pl.DataType]) -> pl.LazyFrame:
    """Adds, under the path's prefix, `plan` (of type `integer`, empty without a target) and `whole`.

    Their quotient is the planned millionths. Worked out in steps that share their results, as `trajectory.Stretch` is.
    """
    piece, stretch = _piece(path), _stretch(path, almanac)
    lower, upper, done, whole = (pl.col(path.prefix + name) for name in ("lower", "upper", "done", "whole"))
    moving = lower.cast(integer) * (whole - done) + upper.cast(integer) * done
    planned = pl.when(pl.col(path.target).is_not_null()).then(moving)
    return (
        frame.with_columns(piece)
        .with_columns(stretch)
        .with_columns(planned.alias(path.prefix + "plan"), whole.cast(integer))
        .drop(path.prefix + name for name in ("level", "bracketed", "begins", "lower", "upper", "done"))
    )


def _piece(path: PathColumns) -> list[pl.Expr]:
    """Where the path stands still, its `level`; where it moves, the day its piece `begins` after."""
    eve = day("start") - 1
    columns = {
        "level": pl.when(pl.col(path.as_of) >= pl.col("due"))
        .then(path.target)
        .when(pl.col(path.as_of) < pl.col("start"))
        .then(path.baseline)
        .when(_IS_FLAT)
        .then(path.target)
        .when(_IS_STEP)
        .then(pl.coalesce(path.past_planned, path.baseline)),
        "bracketed": _IS_INTERPOLATED & (pl.col(path.next_due) < pl.col("due")),
        "begins": pl.when(_IS_INTERPOLATED).then(pl.coalesce(day(path.past_due), eve)).otherwise(eve),
    }
    return [column.alias(path.prefix + name) for name, column in columns.items()]


def _stretch(path: PathColumns, almanac: Almanac) -> list[pl.Expr]:
    level, bracketed, begins = (pl.col(path.prefix + name) for name in ("level", "bracketed", "begins"))
    months_over = almanac["months_over", path.as_of] - almanac["month", "start"]
    months = almanac["month", "due"] - almanac["month", "start"] + 1
    ends = pl.when(bracketed).then(day(path.next_due)).otherwise(day("due"))
    since = pl.when(_IS_INTERPOLATED).then(pl.coalesce(path.past_planned, path.baseline)).otherwise(path.baseline)
    moves = level.is_null()
    columns = {
        "lower": pl.when(moves).then(since).otherwise(level),
        "upper": pl.when(bracketed).then(path.next_planned).otherwise(path.target),
        "done": pl.when(moves & _IS_MONTHS).then(months_over).when(moves).then(day(path.as_of) - begins).otherwise(0),
        "whole": pl.when(moves & _IS_MONTHS).then(months).when(moves).then(ends - begins).otherwise(1),
    }
    return [column.alias(path.prefix + name) for name, column in columns.items()]
