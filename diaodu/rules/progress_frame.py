"""The formulas of `rules.progress` for a whole frame at once, as quotients of whole numbers (进度，整表)."""

from dataclasses import dataclass

import polars as pl

from diaodu.rules.almanac import Almanac
from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.progress import NO_GROWTH
from diaodu.rules.quantity import MICRO
from diaodu.rules.trajectory_frame import BEFORE, NOW, with_plan

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

FACTS = (
    *QUANTITIES,
    *("kind", "direction", "trajectory", "as_of", "start", "due", "past_due", "next_due"),
    *("previous_as_of", "was_past_due", "was_next_due"),
)
"""The columns of a standing that `with_ways` and `RATIONALS` look at."""

WAYS = ("_actual", "_baseline", "_plan", "_whole", "_ahead", "_distance", "_was_actual", "_was_plan", "_was_whole")


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
_ahead = pl.col("_ahead")  # of the plan, in `_whole`ths of a millionth


def with_ways(frame: pl.DataFrame, almanac: Almanac | None = None) -> pl.LazyFrame:
    """Adds the `WAYS` that `RATIONALS` are made of, as integers wide enough for their products.

    `_plan` ÷ `_whole` is the plan in millionths, `_was_plan` ÷ `_was_whole` the same a period ago. Lazily, so that only
    what is asked of it is worked out.
    """
    days = almanac or Almanac.of(frame)
    integer = _integer(frame, days)
    is_first = pl.col("previous_as_of").is_null() | (pl.col("previous_as_of") < pl.col("start"))
    actual, target, baseline, before = (
        pl.col(name).cast(integer) for name in ("actual", "target", "baseline", "previous_actual")
    )
    planned = with_plan(with_plan(frame.lazy(), NOW, days, integer), BEFORE, days, integer)
    return planned.with_columns(
        _actual=actual,
        _baseline=baseline,
        _ahead=actual * _whole - _plan,
        _distance=pl.when(_IS_PLAIN & (pl.col("target") != pl.col("baseline"))).then(target - baseline),
        _was_actual=pl.when(is_first).then(baseline).otherwise(before),
        _was_plan=pl.when(is_first).then(baseline).otherwise("_was_plan"),
        _was_whole=pl.when(is_first).then(1).otherwise("_was_whole"),
    )


def _integer(frame: pl.DataFrame, almanac: Almanac) -> type[pl.DataType]:
    """The narrower type that surely holds a quantity times two numbers of days."""
    largest: int = frame.select(pl.max_horizontal(pl.col(QUANTITIES).abs().max())).item() or 0
    return pl.Int64 if 4 * largest * (almanac.table.height + 1) ** 2 < 2**63 else pl.Int128


def is_limit() -> pl.Expr:
    """`progress.is_limit`, of rows that have a completion."""
    target, baseline = pl.col("target"), pl.col("baseline")
    return pl.when(_IS_HIGHER).then(target < baseline).otherwise(target > baseline)


def _gap_pp() -> Rational:
    beyond, bound = _band()
    goal_denominator = pl.when(_IS_GROWTH).then(_whole * (100 * MICRO)).otherwise(_whole * _distance.abs())
    return Rational(
        pl.when(_IS_BAND).then(0 - beyond).when(_IS_LOWER).then(0 - _ahead).otherwise(_ahead),
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
    return Rational(
        pl.when(_IS_HIGHER).then(0 - _ahead).otherwise(_ahead), pl.when(_IS_PLAIN & (_plan > 0)).then(_plan)
    )


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
