"""Exact comparison of many measures at once: quotients of whole numbers, multiplied crosswise in 128 bits."""

from fractions import Fraction

import polars as pl

from diaodu.rules.progress_frame import FACTS, RATIONALS, with_ways

EXACT_PRODUCT = 1e38
"""Products of whole numbers below this are exact in 128 bits."""


def whole_parts(frame: pl.DataFrame, rows: pl.Series, measure: str) -> pl.DataFrame:
    """`upper` and `lower`, the whole numbers whose quotient is one of `RATIONALS` (but for its factor), in `rows`."""
    rational = RATIONALS[measure]
    parts = with_ways(frame.select(pl.col(FACTS).gather(rows))).select(
        upper=rational.numerator.cast(pl.Int128), lower=rational.denominator.cast(pl.Int128)
    )
    return parts.collect()


def signs(frame: pl.DataFrame, rows: pl.Series, measure: str, number: Fraction) -> pl.Series:
    """1, 0 or -1 where the measure in `rows` is above, at or below `number`; null where 128 bits cannot say.

    `frame` holds standings; that the measure has a value in `rows` is the caller's to know.
    """
    if measure not in RATIONALS or max(abs(number.numerator), number.denominator) >= EXACT_PRODUCT:
        return pl.select(pl.repeat(None, len(rows), dtype=pl.Int128)).to_series()
    one = pl.lit(number.denominator * RATIONALS[measure].factor, dtype=pl.Int128)
    other = pl.lit(number.numerator, dtype=pl.Int128)
    upper, lower = pl.col("upper"), pl.col("lower")
    is_exact = (_size(upper, one) < EXACT_PRODUCT) & (_size(lower, other) < EXACT_PRODUCT)
    sign = (upper * one - lower * other).sign() * lower.sign()
    return whole_parts(frame, rows, measure).select(sign=pl.when(is_exact).then(sign)).to_series()


def _size(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    return (one.cast(pl.Float64) * other.cast(pl.Float64)).abs()
