"""Who stands where inside a group, on unrounded values (排名)."""

from enum import StrEnum

import polars as pl

from diaodu.rules.frame import STATE, lazily_previous, with_measure
from diaodu.rules.indicator import Direction
from diaodu.rules.measures import MEASURES, Better
from diaodu.rules.order import in_exact_order
from diaodu.rules.progress_frame import FACTS, RATIONALS, is_limit
from diaodu.rules.verdict import State


class TiePolicy(StrEnum):
    """What equal values do to the numbers (并列规则)."""

    ORDINAL = "ordinal"  # 1 2 3 4: numbered on, as most published tables do
    DENSE = "dense"  # 1 1 2 3
    COMPETITION = "competition"  # 1 1 3 4


RANKING_MEASURES = tuple(name for name, measure in MEASURES.items() if measure.better is not Better.NEITHER)
"""What a scheme may rank by."""


def with_ranks(frame: pl.DataFrame, measure: str, tie: TiePolicy) -> pl.DataFrame:
    """Adds `rank`, `rank_from_bottom`, `rank_change` and `group_size` to a frame of measures.

    Ranked are, inside each indicator and group, the rows that take part (`ranked`), reported, and have the measure; all
    others get null. 1 is best. Equal values share their rank as `tie` says; numbered on, they keep the plan's order.
    """
    now = _ranks(frame, measure, tie)
    change = (_rank_before(frame, measure, tie) - now["rank"]).alias("rank_change")
    return frame.with_columns(now["rank"], now["rank_from_bottom"], change, now["group_size"])


def _rank_before(frame: pl.DataFrame, measure: str, tie: TiePolicy) -> pl.Series:
    """Rank a period ago by the same ruler; null where that is not known."""
    rank = _empty(frame.height)
    rows = frame["previous_as_of"].is_not_null().arg_true()
    if rows.is_empty() or (measure not in RATIONALS and measure not in FACTS):
        return rank
    facts = ("indicator", "group", "ranked", "state", *FACTS)
    past = lazily_previous(frame).with_columns(state=STATE).select(*facts).collect()
    return rank.scatter(rows, _ranks(with_measure(past, measure), measure, tie)["rank"])


def _ranks(frame: pl.DataFrame, measure: str, tie: TiePolicy) -> pl.DataFrame:
    """`rank`, `rank_from_bottom` and `group_size` of every row."""
    takes_part = pl.col("ranked") & (pl.col("state") == State.REPORTED.value)
    entries = (
        frame.select("indicator", "group", row=pl.int_range(pl.len()), merit=_merit(measure), takes_part=takes_part)
        .filter("takes_part", pl.col("merit").is_not_null())
        .drop("takes_part")
    )
    places = _places(in_exact_order(entries, frame, measure), tie)
    names = ("rank", "rank_from_bottom", "group_size")
    return pl.DataFrame({name: _empty(frame.height).scatter(places["row"], places[name]) for name in names})


def _empty(height: int) -> pl.Series:
    return pl.select(pl.repeat(None, height, dtype=pl.Int64)).to_series()


def _merit(measure: str) -> pl.Expr:
    """The measure turned so that more is better; empty where nobody ranks by it."""
    value, direction = pl.col(measure), pl.col("direction")
    match MEASURES[measure].better:
        case Better.MORE:
            return value
        case Better.LESS:
            return -value
        case Better.SHARE:
            return pl.when(is_limit()).then(-value).otherwise(value)
        case Better.DIRECTION:
            falling = pl.when(direction == Direction.LOWER.value).then(-value)
            return pl.when(direction == Direction.HIGHER.value).then(value).otherwise(falling)
        case Better.NEITHER:
            raise ValueError(f"nobody is ranked by {measure}")


def _places(entries: pl.DataFrame, tie: TiePolicy) -> pl.DataFrame:
    """The numbers of `entries`, which stand in their final order with `differs` where a value is a new one."""
    at = pl.int_range(pl.len())
    group = pl.col("group")
    first = pl.when((group != group.shift()).fill_null(True)).then(at).forward_fill()
    last = pl.when((group != group.shift(-1)).fill_null(True)).then(at).backward_fill()
    placed = entries.with_columns(at=at, first=first, last=last, value=pl.col("differs").cast(pl.Int64).cum_sum())
    rank, from_bottom = _numbering(tie)
    return placed.select(
        "row", rank=rank, rank_from_bottom=from_bottom, group_size=pl.col("last") - pl.col("first") + 1
    )


def _numbering(tie: TiePolicy) -> tuple[pl.Expr, pl.Expr]:
    at, first, last, value = pl.col("at"), pl.col("first"), pl.col("last"), pl.col("value")
    match tie:
        case TiePolicy.ORDINAL:
            return at - first + 1, last - at + 1
        case TiePolicy.DENSE:
            return value - value.gather(first) + 1, value.gather(last) - value + 1
        case TiePolicy.COMPETITION:
            tie_first = pl.when("differs").then(at).forward_fill()
            tie_last = pl.when(pl.col("differs").shift(-1).fill_null(True)).then(at).backward_fill()
            return tie_first - first + 1, last - tie_last + 1
