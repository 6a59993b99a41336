"""Whole numbers multiplied crosswise say which of a measure and a number is larger, or that they cannot say."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules import measures
from diaodu.rules.frame import with_measures
from diaodu.rules.progress_frame import RATIONALS
from diaodu.rules.quotient import signs
from diaodu.rules.standing import Standing
from tests.rules.standings import WORKDAYS, frame_of, schemes, standing


def sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


@given(schemes(), st.sampled_from(sorted(RATIONALS)), st.data())
def test_a_sign_that_is_given_is_the_sign_of_the_fractions_difference(
    standings: list[Standing], measure: str, data: st.DataObject
) -> None:
    frame = with_measures(frame_of(standings), WORKDAYS)
    rows = frame.select(pl.col(measure).is_not_null().arg_true()).to_series()
    exact = {row: measures.exact(standings[row], measure, WORKDAYS) for row in rows}
    known = [value for value in exact.values() if value is not None]
    number = data.draw(st.sampled_from([Fraction(0), Fraction(-10), *known]))
    said = signs(frame, rows, measure, number)
    assert all(wanted is not None for wanted in exact.values())
    for row, answer in zip(rows, said, strict=True):
        assert answer in (None, sign((exact[row] or 0) - number))


CASES = [
    # done of 120 by the end of October, when 100 should be; against a gap of -10 points
    (88, "exactly ten points behind", 0),
    ("87.999999", "a millionth more than ten points behind", -1),
    ("88.000001", "a millionth less than ten points behind", 1),
]


@pytest.mark.parametrize(("done", "why", "wanted"), CASES)
def test_a_millionth_beside_the_boundary_is_beside_it(done: str, why: str, wanted: int) -> None:
    frame = with_measures(frame_of([standing(actual=done)]), WORKDAYS)
    assert signs(frame, pl.Series([0]), "gap_pp", Fraction(-10)).to_list() == [wanted], why


def test_what_128_bits_cannot_hold_is_left_to_fractions() -> None:
    huge = with_measures(frame_of([standing(actual=10**11, target=3 * 10**11, trajectory="days")]), WORKDAYS)
    assert signs(huge, pl.Series([0]), "gap_pp", Fraction(1, 10**30)).to_list() == [None]
    assert signs(huge, pl.Series([0]), "gap_pp", Fraction(10**40)).to_list() == [None]


def test_a_measure_that_is_no_quotient_is_left_to_fractions() -> None:
    frame = with_measures(frame_of([standing()]), WORKDAYS)
    assert signs(frame, pl.Series([0]), "elapsed_share", Fraction(1, 3)).to_list() == [None]
