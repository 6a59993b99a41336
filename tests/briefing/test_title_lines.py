"""A title is broken where its sense breaks, and none of its lines is wider than the page."""

import re
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.briefing.page import width_in_characters
from diaodu.briefing.title_lines import WIDEST, balanced

CASES = [
    # what fits stays as its author broke it
    (
        ("关于2023年1—10月中央水利投资计划", "执行情况的通报"),
        ("关于2023年1—10月中央水利投资计划", "执行情况的通报"),
    ),
    # a year ends a line before a word is cut, also at the price of a line more
    (
        ("关于某某市某某新区2026年度高质量发展综合绩效考核目标任务", "1—10月进展情况的通报"),
        ("关于某某市某某新区2026年度", "高质量发展综合绩效考核目标任务", "1—10月进展情况的通报"),
    ),
    # a list is broken behind its marks
    (
        ("关于城镇老旧小区改造、保障性租赁住房、棚户区改造和农村危房改造等四项工程", "2023年1—9月进展情况的通报"),
        ("关于城镇老旧小区改造、保障性租赁住房、", "棚户区改造和农村危房改造等四项工程", "2023年1—9月进展情况的通报"),
    ),
]


@pytest.mark.parametrize(("written", "expected"), CASES)
def test_it_breaks_where_the_sense_breaks(written: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert balanced(written) == expected


def test_a_name_without_any_mark_is_broken_into_even_lines() -> None:
    lines = balanced(("关于" + "甲" * 60, "的通报"))
    widths = [width_in_characters(line) for line in lines]
    assert max(widths) - min(widths) <= 4
    assert max(widths) <= WIDEST


WORDS = st.sampled_from(
    ["2026年度", "1—10月", "高质量发展", "《实施方案》", "、", "综合考核", "及其配套", "APP", "12.5%"]
)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=9).map("".join), min_size=1, max_size=3).map(tuple)


@given(LINES)
def test_nothing_is_lost_and_every_line_fits(lines: tuple[str, ...]) -> None:
    found = balanced(lines)
    assert "".join(found) == "".join(lines)
    assert all(width_in_characters(line) <= WIDEST for line in found)


@given(LINES)
def test_no_figure_is_torn(lines: tuple[str, ...]) -> None:
    text = "".join(lines)
    authors = set(accumulate(map(len, lines)))
    breaks = set(accumulate(map(len, balanced(lines)))) - authors
    assert not [place for place in breaks if re.fullmatch(r"[0-9A-Za-z.%]{2}", text[place - 1 : place + 1])]
