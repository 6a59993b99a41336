"""`rules.trajectory` for a whole frame at once: every plan as a quotient of whole numbers (序时进度，整表)."""

from dataclasses import dataclass

import polars as pl

from diaodu.rules.trajectory import Trajectory


@dataclass(frozen=True, slots=True)
class PathColumns:
    """Where the fields of a `trajectory.Path`, and the day asked, stand in a frame."""

    as_of: str
    baseline: str
    target: str
    past_due: str
    past_planned: str
    next_due: str
    next_planned: str


NOW = PathColumns("as_of", "baseline", "target", "past_due", "past_planned", "next_due", "next_planned")
BEFORE = PathColumns(
    "previous_as_of",
    "previous_baseline",
    "previous_target",
    "was_past_due",
    "was_past_planned",
    "was_next_due",
    "was_next_planned",
)

_IS_INTERPOLATED = pl.col("trajectory") == Trajectory.INTERPOLATED.value
_IS_BY_DAYS = pl.col("trajectory") == Trajectory.DAYS.value
_IS_FLAT = pl.col("trajectory") == Trajectory.FLAT.value
_IS_STEP = pl.col("trajectory") == Trajectory.STEP.value


def plan(path: PathColumns, integer: type[pl.DataType]) -> tuple[pl.Expr, pl.Expr]:
    """Planned millionths as numerator (of type `integer`, empty without a target) and denominator."""
    level, done, whole = _level(path), _done(path), _whole(path)
    lower = pl.when(_IS_INTERPOLATED).then(_reached(path)).otherwise(path.baseline).cast(integer)
    upper = pl.when(_is_bracketed(path)).then(path.next_planned).otherwise(path.target).cast(integer)
    moving = lower * (whole - done) + upper * done
    numerator = pl.when(pl.col(path.target).is_null()).then(None).otherwise(pl.coalesce(level.cast(integer), moving))
    return numerator, pl.when(level.is_null()).then(whole).otherwise(1)


def day(column: str) -> pl.Expr:
    """A Date column as whole days since 1970."""
    return pl.col(column).to_physical().cast(pl.Int64)


def is_month_end(column: str) -> pl.Expr:
    return (day(column) + 1).cast(pl.Int32).cast(pl.Date).dt.day() == 1


def month(column: str) -> pl.Expr:
    """Calendar months since the year 0."""
    return pl.col(column).dt.year().cast(pl.Int64) * 12 + pl.col(column).dt.month()


def _level(path: PathColumns) -> pl.Expr:
    """The plan where it stands still; empty where it moves."""
    as_of = pl.col(path.as_of)
    return (
        pl.when(as_of >= pl.col("due"))
        .then(path.target)
        .when(as_of < pl.col("start"))
        .then(path.baseline)
        .when(_IS_FLAT)
        .then(path.target)
        .when(_IS_STEP)
        .then(_reached(path))
    )


def _reached(path: PathColumns) -> pl.Expr:
    return pl.coalesce(path.past_planned, path.baseline)


def _is_bracketed(path: PathColumns) -> pl.Expr:
    return _IS_INTERPOLATED & (pl.col(path.next_due) < pl.col("due"))


def _begins(path: PathColumns) -> pl.Expr:
    last = pl.when(_IS_INTERPOLATED).then(day(path.past_due))
    return pl.coalesce(last, day("start") - 1)


def _done(path: PathColumns) -> pl.Expr:
    months = month(path.as_of) - month("start") + is_month_end(path.as_of)
    return pl.when(_IS_INTERPOLATED | _IS_BY_DAYS).then(day(path.as_of) - _begins(path)).otherwise(months)


def _whole(path: PathColumns) -> pl.Expr:
    ends = pl.when(_is_bracketed(path)).then(day(path.next_due)).otherwise(day("due"))
    months = month("due") - month("start") + 1
    return pl.when(_IS_INTERPOLATED | _IS_BY_DAYS).then(ends - _begins(path)).otherwise(months)
