"""The exact order of a measure inside each group, where floats alone can only almost tell values apart."""

from fractions import Fraction
from itertools import groupby, pairwise
from operator import itemgetter

import polars as pl

from diaodu.rules.frame import exact_at
from diaodu.rules.measures import MEASURES, RELATIVE_ERROR
from diaodu.rules.quotient import EXACT_PRODUCT, whole_parts
from diaodu.rules.workday import Workdays

_NO_CALENDAR = Workdays({})  # no quotient asks for working days


def in_exact_order(entries: pl.DataFrame, frame: pl.DataFrame, measure: str) -> pl.DataFrame:
    """`entries` (row, indicator, group, merit) as row, `group` number and `differs`: the best of each group first.

    Equal values keep the order of their rows, and `differs` is false where a value exactly equals the one before it.
    `frame` holds the measures of the rows that `row` counts.
    """
    ordered = _sorted(entries)
    if MEASURES[measure].whole:
        return ordered.with_columns(differs=~_is_near(pl.col("merit").diff().abs() == 0))
    ordered = ordered.with_columns(near=_is_near(pl.col("merit").diff().abs() <= 2 * RELATIVE_ERROR * _size()))
    if not ordered["near"].any():
        return ordered.with_columns(differs=pl.lit(True))
    return _arbitrated(ordered.with_columns(differs=~_equal(ordered, frame, measure)), frame, measure)


def _sorted(entries: pl.DataFrame) -> pl.DataFrame:
    best_first = pl.col("row", "merit").sort_by("merit", descending=True, maintain_order=True)
    grouped = entries.group_by("indicator", "group", maintain_order=True).agg(best_first)
    return grouped.select("row", "merit", group=pl.int_range(pl.len())).explode("row", "merit")


def _is_near(close: pl.Expr) -> pl.Expr:
    return (close & (pl.col("group") == pl.col("group").shift())).fill_null(False)


def _size() -> pl.Expr:
    return pl.max_horizontal(pl.col("merit").abs(), pl.col("merit").shift().abs())


def _equal(ordered: pl.DataFrame, frame: pl.DataFrame, measure: str) -> pl.Series:
    """Where a value surely equals the near one before it, by cross multiplication of whole numbers."""
    suspect = pl.col("near") | pl.col("near").shift(-1, fill_value=False)
    at = ordered.select(suspect.arg_true()).to_series()
    parts = whole_parts(frame, ordered["row"].gather(at), measure)
    left, right = pl.col("upper") * pl.col("lower").shift(), pl.col("upper").shift() * pl.col("lower")
    is_exact = (_size_of("upper", "lower") < EXACT_PRODUCT) & (_size_of("lower", "upper") < EXACT_PRODUCT)
    same = parts.select((is_exact & (left == right)).fill_null(False)).to_series()
    nowhere = pl.select(pl.repeat(False, ordered.height)).to_series()
    return ordered["near"] & nowhere.scatter(at, same)


def _size_of(one: str, before: str) -> pl.Expr:
    return (pl.col(one).cast(pl.Float64) * pl.col(before).shift().cast(pl.Float64)).abs()


def _arbitrated(ordered: pl.DataFrame, frame: pl.DataFrame, measure: str) -> pl.DataFrame:
    """Puts the runs of near values that are not all surely equal into the order of their fractions."""
    is_unclear = ordered["near"] & ordered["differs"]
    if not is_unclear.any():
        return ordered
    runs = ordered.with_columns(at=pl.int_range(pl.len()), run=(~pl.col("near")).cum_sum(), unclear=is_unclear)
    doubtful = runs.filter(pl.col("run").is_in(runs.filter("unclear")["run"].unique().implode()))
    rows, differs = [], []
    for _, run in groupby(doubtful.select("run", "row", "merit").iter_rows(), key=itemgetter(0)):
        decided = sorted((-_exact_merit(frame, row, measure, merit), row) for _, row, merit in run)
        rows += [row for _, row in decided]
        differs += [True, *(merit != before for (before, _), (merit, _) in pairwise(decided))]
    return ordered.with_columns(
        row=ordered["row"].clone().scatter(doubtful["at"], rows),
        differs=ordered["differs"].clone().scatter(doubtful["at"], differs),
    )


def _exact_merit(frame: pl.DataFrame, row: int, measure: str, merit: float) -> Fraction:
    """The measure's fraction, turned as its float was turned."""
    value = exact_at(frame, row, measure, _NO_CALENDAR)
    if value is None:
        raise ValueError(f"{measure} has a float but no fraction in row {row}")
    return value if frame[measure][row] == merit else -value
