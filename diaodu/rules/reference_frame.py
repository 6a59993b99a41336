"""`progress.reference_gap` for a whole frame at once: every unit against the unit above it (与上级差距，整表)."""

import polars as pl

from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.progress_frame import is_limit
from diaodu.rules.quantity import MICRO
from diaodu.rules.verdict import State

_FACTS = {
    "done": pl.col("_actual").cast(pl.Int128) - pl.col("_baseline"),
    "distance": pl.col("_distance").cast(pl.Int128),
    "value": pl.col("actual"),
    "limit": is_limit(),
}


def reference_gap(ways: pl.DataFrame) -> pl.Series:
    """Percentage points better than the parent's target, from `state` and what `progress_frame.with_ways` adds."""
    parents = ways["parent"].drop_nulls().unique()
    if parents.is_empty():
        return pl.Series("reference_gap", [None] * ways.height, dtype=pl.Float64)
    is_above = (pl.col("state") == State.REPORTED.value) & pl.col("unit").is_in(parents.implode())
    above = ways.filter(is_above).select(
        "indicator", pl.col("unit").alias("parent"), **{f"{name}_above": fact for name, fact in _FACTS.items()}
    )
    own = ways.select("indicator", "parent", "kind", "direction", **_FACTS)
    both = own.join(above, on=["indicator", "parent"], how="left", validate="m:1", maintain_order="left")
    return both.select(reference_gap=_gap()).to_series()


def _gap() -> pl.Expr:
    done, whole, done_above, whole_above = (pl.col(n) for n in ("done", "distance", "done_above", "distance_above"))
    share = _float(done * whole_above - done_above * whole) / _float(whole * whole_above) * 100
    is_comparable = pl.col("limit") == pl.col("limit_above")
    by_share = pl.when(is_comparable).then(pl.when("limit").then(-share).otherwise(share))
    points = _float(pl.col("value") - pl.col("value_above")) / MICRO
    by_points = (
        pl.when(pl.col("direction") == Direction.HIGHER.value)
        .then(points)
        .when(pl.col("direction") == Direction.LOWER.value)
        .then(-points)
    )
    return pl.when(pl.col("kind") == Kind.GROWTH.value).then(by_points).otherwise(by_share)


def _float(whole: pl.Expr) -> pl.Expr:
    return whole.cast(pl.Float64)
