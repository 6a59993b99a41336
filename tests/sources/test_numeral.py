"""一百二十 is 120, and what is no numeral is none."""

from decimal import Decimal

import pytest

from diaodu.sources.numeral import numeral

NUMERALS = (
    ("零", "0"), ("十", "10"), ("十二", "12"), ("二十", "20"), ("一百二十", "120"), ("一百零五", "105"),
    ("两千", "2000"), ("三万二千", "32000"), ("一亿", "100000000"), ("一亿二千万", "120000000"), ("十万", "100000"),
    ("二〇二三", "2023"), ("三点五", "3.5"), ("三点一四", "3.14"), ("壹佰贰拾", "120"),
)  # fmt: skip
NONE = ("", "点", "万", "点五", "三点", "三点十", "很多", "约三十", "一" * 21, "三十元", "12")


@pytest.mark.parametrize(("written", "number"), NUMERALS)
def test_words_are_numbers(written: str, number: str) -> None:
    assert numeral(written) == Decimal(number)


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_numeral_is_none(written: str) -> None:
    assert numeral(written) is None
