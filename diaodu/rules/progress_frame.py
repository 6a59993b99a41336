"""The formulas of `rules.progress` for a whole frame at once, as quotients of whole numbers (进度，整表)."""

from dataclasses import dataclass

import polars as pl

from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.progress import NO_GROWTH
from diaodu.rules.quantity import MICRO
from diaodu.rules.trajectory_frame import BEFORE, NOW, plan

QUANTITIES = (
    "actual",
    "target",
    "upper",
    "baseline",
    "past_planned",
    "next_planned",
    "previous_actual",
    "previous_target",
    "previous_baseline",
    "was_past_planned",
    "was_next_planned",
    "last_year_actual",
)

WAYS = ("_actual", "_baseline", "_plan", "_whole", "_distance", "_was_actual", "_was_plan", "_was_whole")


@dataclass(frozen=True, slots=True)
class Rational:
    """An exact quotient of two whole-number columns, times `factor`; empty where either is."""

    numerator: pl.Expr
    denominator: pl.Expr
    factor: int = 1

    @property
    def value(self) -> pl.Expr:
        """The float next to it."""
        quotient = self.numerator.cast(pl.Float64) / self.denominator.cast(pl.Float64)
        return quotient if self.factor == 1 else quotient * self.factor


_IS_GROWTH = pl.col("kind") == Kind.GROWTH.value
_IS_BAND = pl.col("direction") == Direction.BAND.value
_IS_HIGHER = pl.col("direction") == Direction.HIGHER.value
_IS_LOWER = pl.col("direction") == Direction.LOWER.value
_IS_PLAIN = ~(_IS_GROWTH | _IS_BAND)

_actual, _baseline = pl.col("_actual"), pl.col("_baseline")
_plan, _whole, _distance = pl.col("_plan"), pl.col("_whole"), pl.col("_distance")
_ahead = _actual * _whole - _plan  # of the plan, in `_whole`ths of a millionth
_behind = _plan - _actual * _whole


def with_ways(frame: pl.DataFrame, integer: type[pl.DataType]) -> pl.DataFrame:
    """Adds the `_…` columns that `RATIONALS` are made of, of the type `integer`, wide enough for their products.

    `_plan` ÷ `_whole` is the plan in millionths, `_was_plan` ÷ `_was_whole` the same a period ago.
    """
    numerator, whole = plan(NOW, integer)
    was_numerator, was_whole = plan(BEFORE, integer)
    actual, target, baseline = (pl.col(name).cast(integer) for name in ("actual", "target", "baseline"))
    is_first = pl.col("previous_as_of").is_null() | (pl.col("previous_as_of") < pl.col("start"))
    return frame.with_columns(
        _actual=actual,
        _baseline=baseline,
        _plan=numerator,
        _whole=whole.cast(integer),
        _distance=pl.when(_IS_PLAIN & (pl.col("target") != pl.col("baseline"))).then(target - baseline),
        _was_actual=pl.when(is_first).then(baseline).otherwise(pl.col("previous_actual").cast(integer)),
        _was_plan=pl.when(is_first).then(baseline).otherwise(was_numerator),
        _was_whole=pl.when(is_first).then(1).otherwise(was_whole).cast(integer),
    )


def is_limit() -> pl.Expr:
    """`progress.is_limit`, of rows that have a completion."""
    target, baseline = pl.col("target"), pl.col("baseline")
    return pl.when(_IS_HIGHER).then(target < baseline).otherwise(target > baseline)


def _gap_pp() -> Rational:
    beyond, bound = _band()
    goal_denominator = pl.when(_IS_GROWTH).then(_whole * (100 * MICRO)).otherwise(_whole * _distance.abs())
    return Rational(
        pl.when(_IS_BAND).then(0 - beyond).when(_IS_LOWER).then(_behind).otherwise(_ahead),
        pl.when(_IS_BAND).then(bound).otherwise(goal_denominator),
        100,
    )


def _band() -> tuple[pl.Expr, pl.Expr]:
    """How far `actual` lies outside its band, and what that is a share of."""
    actual, low, high = pl.col("actual"), pl.col("target"), pl.col("upper")
    nearest = pl.when(actual > high).then(high).when(actual < low).then(low).otherwise(actual)
    beyond = pl.when(low.is_not_null() & high.is_not_null()).then((_actual - nearest).abs())
    unit = pl.when(beyond == 0).then(1).when(_IS_GROWTH).then(100 * MICRO).when(nearest != 0).then(nearest.abs())
    return beyond, unit


def _ratio() -> Rational:
    done = _actual * _whole
    divisor = pl.when(_IS_HIGHER).then(_plan).when(done > 0).then(done)
    return Rational(pl.when(_IS_HIGHER).then(done).otherwise(_plan), pl.when(_IS_PLAIN & (_plan > 0)).then(divisor))


def _shortfall() -> Rational:
    return Rational(pl.when(_IS_HIGHER).then(_behind).otherwise(_ahead), pl.when(_IS_PLAIN & (_plan > 0)).then(_plan))


def _period_rate() -> Rational:
    was_plan, was_whole = pl.col("_was_plan"), pl.col("_was_whole")
    step = _plan * was_whole - was_plan * _whole
    is_on_the_way = step.sign() * _distance.sign() > 0
    return Rational(
        (_actual - pl.col("_was_actual")) * _whole * was_whole,
        pl.when(is_on_the_way).then(step),
    )


def _milestone_rate() -> Rational:
    ahead = pl.coalesce("next_planned", "past_planned") - _baseline
    return Rational(_actual - _baseline, pl.when(_distance.is_not_null() & (ahead != 0)).then(ahead))


def _growth() -> Rational:
    before = pl.col("last_year_actual")
    grows = ~pl.col("kind").is_in([kind.value for kind in NO_GROWTH])
    return Rational(_actual - before, pl.when(grows & (before > 0)).then(before))


RATIONALS: dict[str, Rational] = {
    "planned": Rational(_plan, _whole),
    "completion": Rational(_actual - _baseline, _distance),
    "expected": Rational(_plan - _baseline * _whole, _distance * _whole),
    "gap_pp": _gap_pp(),
    "ratio": _ratio(),
    "shortfall": _shortfall(),
    "period_rate": _period_rate(),
    "milestone_rate": _milestone_rate(),
    "growth": _growth(),
}
"""Every quotient of `rules.progress` but `reference_gap`, over a frame prepared by `with_ways`."""
