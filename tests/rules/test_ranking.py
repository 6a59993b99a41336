"""Ranks are those of sorting fractions: inside indicator × group, among those who take part and reported."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules import measures
from diaodu.rules.frame import previous, with_measures
from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.progress import is_limit
from diaodu.rules.progress_frame import RATIONALS
from diaodu.rules.ranking import RANKING_MEASURES, TiePolicy, with_ranks
from diaodu.rules.standing import Standing, of_row
from diaodu.rules.verdict import State, state_of
from tests.rules.standings import WORKDAYS, frame_of, schemes, standing

LESS_IS_BETTER = {"shortfall", "overdue_days", "overdue_workdays", "months_since_due", "milestones_unmet", "stale_days"}
SHARES = {"completion", "period_rate", "milestone_rate"}


def merit(one: Standing, measure: str) -> Fraction | None:
    """The measure, more being better; None for those who are not ranked. Written apart from what is tested."""
    value = measures.exact(one, measure, WORKDAYS)
    if value is None or not one.ranked or state_of(one) is not State.REPORTED:
        return None
    if measure in LESS_IS_BETTER or (measure in SHARES and is_limit(one)):
        return -value
    if measure in {"actual", "change", "growth"}:
        return {Direction.HIGHER: value, Direction.LOWER: -value}.get(one.direction)
    return value


def sorted_ranks(standings: Sequence[Standing], measure: str, tie: TiePolicy) -> list[int | None]:
    """The slow way: compare every row with every other row of its group."""
    merits = [merit(one, measure) for one in standings]
    ranks: list[int | None] = []
    for place, (one, own) in enumerate(zip(standings, merits, strict=True)):
        key = (one.indicator, one.group)
        peers = [
            (m, n)
            for n, m in enumerate(merits)
            if m is not None and (standings[n].indicator, standings[n].group) == key
        ]
        if own is None:
            ranks.append(None)
        elif tie is TiePolicy.ORDINAL:
            ranks.append(1 + sum(m > own or (m == own and n < place) for m, n in peers))
        elif tie is TiePolicy.DENSE:
            ranks.append(1 + len({m for m, _ in peers if m > own}))
        else:
            ranks.append(1 + sum(m > own for m, _ in peers))
    return ranks


@given(schemes(), st.sampled_from(RANKING_MEASURES), st.sampled_from(TiePolicy))
def test_ranks_are_those_of_sorting_fractions(standings: list[Standing], measure: str, tie: TiePolicy) -> None:
    ranked = with_ranks(with_measures(frame_of(standings), WORKDAYS), measure, tie)
    assert ranked["rank"].to_list() == sorted_ranks(standings, measure, tie)


@given(schemes(), st.sampled_from(RANKING_MEASURES), st.sampled_from(TiePolicy))
def test_ranks_from_the_bottom_are_ranks_in_the_mirror(standings: list[Standing], measure: str, tie: TiePolicy) -> None:
    ranked = with_ranks(with_measures(frame_of(standings), WORKDAYS), measure, tie)
    mirrored = {None: None} | {
        (i, g, r): n
        for (i, g), group in ranked.drop_nulls("rank").group_by("indicator", "group")
        for r, n in zip(sorted(set(group["rank"])), sorted(set(group["rank_from_bottom"]), reverse=True), strict=True)
    }
    for row in ranked.iter_rows(named=True):
        key = None if row["rank"] is None else (row["indicator"], row["group"], row["rank"])
        assert row["rank_from_bottom"] == mirrored[key]
        assert row["rank"] is None or 1 <= row["rank"] <= row["group_size"] >= row["rank_from_bottom"] >= 1


@given(schemes(), st.sampled_from(sorted({*RATIONALS, "actual"} & set(RANKING_MEASURES))), st.sampled_from(TiePolicy))
def test_movement_is_the_rank_a_period_ago_less_the_rank_now(
    standings: list[Standing], measure: str, tie: TiePolicy
) -> None:
    frame = frame_of(standings).with_columns(target_id=pl.int_range(pl.len(), dtype=pl.Int64))
    now = with_ranks(with_measures(frame, WORKDAYS), measure, tie)
    past = previous(frame)
    ranks = sorted_ranks([of_row(row) for row in past.iter_rows(named=True)], measure, tie)
    before = dict(zip(past["target_id"], ranks, strict=True))
    for row in now.iter_rows(named=True):
        was, rank = before.get(row["target_id"]), row["rank"]
        assert row["rank_change"] == (None if was is None or rank is None else was - rank)


def group_of(*standings: Standing) -> pl.DataFrame:
    named = [replace(one, target_id=n, unit=f"U{n}") for n, one in enumerate(standings)]
    return with_measures(frame_of(named), WORKDAYS)


def ranks(frame: pl.DataFrame, measure: str, tie: TiePolicy = TiePolicy.COMPETITION) -> list[int | None]:
    return with_ranks(frame, measure, tie)["rank"].to_list()


TIES = [
    # tie policy, ranks of 3 2 2 1 done, ranks from the bottom
    (TiePolicy.ORDINAL, [1, 2, 3, 4], [4, 3, 2, 1]),
    (TiePolicy.DENSE, [1, 2, 2, 3], [3, 2, 2, 1]),
    (TiePolicy.COMPETITION, [1, 2, 2, 4], [4, 2, 2, 1]),
]


@pytest.mark.parametrize(("tie", "top", "bottom"), TIES)
def test_equal_values_share_their_rank_as_the_tie_policy_says(
    tie: TiePolicy, top: list[int], bottom: list[int]
) -> None:
    frame = with_ranks(group_of(*(standing(actual=done) for done in (3, 2, 2, 1))), "completion", tie)
    assert frame["rank"].to_list() == top
    assert frame["rank_from_bottom"].to_list() == bottom
    assert frame["group_size"].to_list() == [4, 4, 4, 4]


def test_equal_values_are_numbered_on_in_the_order_of_the_plan() -> None:
    thirds = [standing(actual=n, target=3 * n, baseline=0) for n in (7, 1, 999_983)]
    assert ranks(group_of(*thirds), "completion", TiePolicy.ORDINAL) == [1, 2, 3]


def test_equal_values_of_different_makings_are_equal() -> None:
    """Floats of 100/300 and 300000000000/900000000000 may differ in the last bit; the shares do not."""
    assert ranks(group_of(*(standing(actual=n, target=3 * n) for n in (1, 10**11, 7))), "completion") == [1, 1, 1]


def test_values_that_floats_cannot_tell_apart_are_told_apart() -> None:
    lower = standing(actual="333333333333.333332", target="999999999999.999999")
    higher = standing(actual=1, target=3)
    floats = group_of(lower, higher)["completion"]
    assert floats[0] == floats[1]
    assert ranks(group_of(lower, higher), "completion") == [2, 1]
    assert ranks(group_of(lower, higher, lower, higher), "completion") == [3, 1, 3, 1]


def test_under_a_ceiling_they_are_told_apart_the_other_way_round() -> None:
    ceiling = {"direction": Direction.LOWER}
    less = standing(actual="333333333333.333332", target="999999999999.999999", **ceiling)
    assert ranks(group_of(standing(actual=1, target=3, **ceiling), less), "completion") == [2, 1]


def test_products_too_large_for_128_bits_are_still_compared_exactly() -> None:
    days = {"trajectory": "days", "start": date(1990, 1, 1), "due": date(2089, 12, 31)}
    lower = standing(actual="333333333333.333332", target="999999999999.999999", **days)
    higher = standing(actual="333333333333.333333", target="999999999999.999999", **days)
    assert ranks(group_of(lower, higher, higher), "gap_pp") == [3, 1, 1]


NOT_RANKED = [
    ("totals and 市本级", {"ranked": False}),
    ("no report", {"actual": None}),
    ("an old report", {"reported_as_of": date(2023, 9, 30)}),
    ("no target", {"target": None}),
    ("not started", {"start": date(2023, 11, 1)}),
    ("no completion, target equal to baseline", {"target": 5, "baseline": 5}),
]


@pytest.mark.parametrize(("why", "changes"), NOT_RANKED)
def test_those_who_cannot_be_ranked_take_no_place(why: str, changes: dict[str, object]) -> None:
    frame = with_ranks(
        group_of(standing(actual=9), standing(**changes), standing(actual=8)), "completion", TiePolicy.ORDINAL
    )
    assert frame["rank"].to_list() == [1, None, 2], why
    assert frame["group_size"].to_list() == [2, None, 2], why


BEST_FIRST = [
    ("less of a ceiling used is better", "completion", {"direction": Direction.LOWER}, [1, 2]),
    ("further down from the baseline is better", "completion", {"direction": Direction.LOWER, "baseline": 200}, [1, 2]),
    ("more is better", "completion", {}, [2, 1]),
    ("a smaller value is better", "actual", {"direction": Direction.LOWER}, [1, 2]),
    ("a larger value is better", "actual", {}, [2, 1]),
    ("ahead of plan is better", "gap_pp", {}, [2, 1]),
    ("below a falling plan is better", "gap_pp", {"direction": Direction.LOWER}, [1, 2]),
    ("a smaller shortfall is better", "shortfall", {}, [2, 1]),
    ("faster growth is better", "gap_pp", {"kind": Kind.GROWTH}, [2, 1]),
    ("nobody is ranked by the value of a band", "actual", {"direction": Direction.BAND, "upper": 130}, [None, None]),
]


@pytest.mark.parametrize(("why", "measure", "changes", "wanted"), BEST_FIRST)
def test_rank_one_is_best(why: str, measure: str, changes: dict[str, object], wanted: list[int | None]) -> None:
    frame = group_of(standing(actual=70, **changes), standing(actual=80, **changes))
    assert ranks(frame, measure) == wanted, why


def test_a_unit_that_overtakes_moves_up() -> None:
    overtakes = standing(actual=90, previous_actual=50)
    overtaken = standing(actual=80, previous_actual=60)
    new = standing(actual=70, previous_actual=None)
    frame = with_ranks(group_of(overtakes, overtaken, new), "completion", TiePolicy.ORDINAL)
    assert frame["rank"].to_list() == [1, 2, 3]
    assert frame["rank_change"].to_list() == [1, -1, None]


def test_a_measure_without_a_better_end_ranks_nobody() -> None:
    with pytest.raises(ValueError, match="target"):
        with_ranks(group_of(standing()), "target", TiePolicy.ORDINAL)


def test_an_empty_frame_has_no_ranks() -> None:
    assert with_ranks(group_of(), "completion", TiePolicy.ORDINAL).height == 0
