"""A number written with a unit is brought to the measure unit exactly, or not at all."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.measure_unit import SCALES, in_measure_unit

CASES: tuple[tuple[str, str, str, str | None], ...] = (
    # number, written, measure unit, counted in it
    ("1.2", "亿元", "万元", "12000"),
    ("1.2", "亿", "万元", "12000"),
    ("120", "万元", "万元", "120"),
    ("120", "元", "万元", "0.012"),
    ("1", "元", "亿元", "0.00000001"),
    ("3", "千万元", "亿元", "0.3"),
    ("3", "万", "户", "30000"),
    ("3", "万亿", "亿元", "30000"),
    ("5", "公里", "千米", "5"),
    ("5", "km", "千米", "5"),
    ("5", "千米", "米", None),
    ("5", "千瓦", "千瓦时", None),
    ("5", "万千瓦", "千瓦", "50000"),
    ("5", "万", "千瓦", "50000"),
    ("5", "度", "万千瓦时", "0.0005"),
    ("2", "平米", "万平方米", "0.0002"),
    ("85", "%", "%", "85"),
    ("85", "%", "万元", None),
    ("85", "‰", "%", None),
    ("85", "个百分点", "百分点", "85"),
    ("85", "个百分点", "%", None),
    ("3", "万", "%", None),
    ("3", "万", "百分点", None),
    ("3", "户", "人", None),
    ("3", "", "万元", "0.0003"),
)


@pytest.mark.parametrize(("number", "written", "measure_unit", "counted"), CASES)
def test_units_are_converted_exactly_or_not_at_all(
    number: str, written: str, measure_unit: str, counted: str | None
) -> None:
    expected = None if counted is None else Fraction(counted)
    assert in_measure_unit(Fraction(number), written, measure_unit) == expected


SCALE = st.sampled_from(["", *SCALES, "百万", "千万", "万亿"])


@given(st.fractions(), SCALE, SCALE, st.sampled_from(["元", "户", "平方米", "千瓦时"]))
def test_there_and_back_again_is_the_same_number(number: Fraction, one: str, other: str, unit: str) -> None:
    there = in_measure_unit(number, one + unit, other + unit)
    assert there is not None
    assert in_measure_unit(there, other + unit, one + unit) == number
