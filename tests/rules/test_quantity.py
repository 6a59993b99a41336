"""Quantities are kept to the millionth, and rounded half up only when printed."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.quantity import LIMIT, MICRO, NotAQuantity, plain, printed, to_fraction, to_micro

KEPT = [
    ("35.9", 35_900_000),
    ("-8", -8_000_000),
    ("0.000001", 1),
    (" 12 ", 12_000_000),
    ("1e3", 1_000_000_000),
    (0, 0),
    (Decimal("999999999999.999999"), LIMIT * MICRO - 1),
]


@pytest.mark.parametrize(("given_as", "micro"), KEPT)
def test_a_quantity_is_kept_exactly(given_as: Decimal | int | str, micro: int) -> None:
    assert to_micro(given_as) == micro


REFUSED = [
    ("", "text"),
    ("全部开工", "text"),
    ("1,234", "text"),
    ("NaN", "text"),
    ("Infinity", "text"),
    ("0.0000001", "decimals"),
    (str(LIMIT), "size"),
    (-LIMIT, "size"),
]


@pytest.mark.parametrize(("given_as", "reason"), REFUSED)
def test_what_cannot_be_kept_exactly_is_refused_with_its_reason(given_as: int | str, reason: str) -> None:
    with pytest.raises(NotAQuantity) as refused:
        to_micro(given_as)
    assert refused.value.reason == reason


PRINTED = [
    (Fraction(205, 10), 0, "21"),
    (Fraction(-205, 10), 0, "-21"),
    (Fraction(35_900, 43_400) * 100, 1, "82.7"),
    (Fraction(-4, 100), 1, "0.0"),
    (Fraction(-5, 100), 1, "-0.1"),
    (Fraction(2, 3), 3, "0.667"),
    (Fraction(7), 2, "7.00"),
]


@pytest.mark.parametrize(("value", "decimals", "wanted"), PRINTED)
def test_printing_rounds_half_up_and_never_says_minus_nothing(value: Fraction, decimals: int, wanted: str) -> None:
    assert printed(value, decimals) == wanted


def test_thousands_are_grouped_when_asked() -> None:
    assert printed(Fraction(-708_033), 0, grouped=True) == "-708,033"
    assert printed(Fraction(1_234_567, 100), 2, grouped=True) == "12,345.67"


quantities = st.integers(-LIMIT * MICRO + 1, LIMIT * MICRO - 1)


@given(quantities)
def test_what_is_written_plainly_is_read_back_the_same(micro: int) -> None:
    assert to_micro(plain(micro)) == micro


@given(quantities, st.integers(0, 6))
def test_printing_agrees_with_decimal_arithmetic(micro: int, decimals: int) -> None:
    wanted = (Decimal(micro) / MICRO).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert Decimal(printed(to_fraction(micro), decimals)) == wanted
