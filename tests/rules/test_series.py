"""Numbers of documents: the style each kind has, without noughts in front, and Chinese numerals as they are spoken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.routing import NoticeKind
from diaodu.rules.series import MOST_CHINESE, NotASeries, chinese_numeral, number, read_series

K = NoticeKind
NUMERALS = {
    1: "一", 10: "十", 11: "十一", 17: "十七", 20: "二十", 21: "二十一", 99: "九十九", 100: "一百", 101: "一百零一",
    110: "一百一十", 111: "一百一十一", 120: "一百二十", 205: "二百零五", 999: "九百九十九", 1000: "1000",
}  # fmt: skip
PRINTED = (
    ("某考办", K.WARNING, 5, "某考办预警〔2026〕5号"),
    ("某考办；督办=第十七期；提醒=第5号", K.WARNING, 12, "某考办预警〔2026〕12号"),
    ("某考办；督办=第十七期；提醒=第5号", K.SUPERVISION, 17, "某考办督办第十七期"),
    ("某考办；督办单=第一期", K.SUPERVISION, 105, "某考办督办第一百零五期"),
    ("某考办; 提醒 ＝ 第1号", K.REMINDER, 8, "某考办提醒第8号"),
    ("某考办；提醒=第12期", K.REMINDER, 3, "某考办提醒第3期"),
    ("某考办；约谈=〔2026〕1号", K.INTERVIEW, 3, "某考办约谈〔2026〕3号"),
)
WRONG = (
    "某考办；督办",
    "某考办；督办=17",
    "某考办；督办=第017号",
    "某考办；督察=第十七期",
    "某考办；督办=〔26〕5号",
    "督办=第十七期",
    "某考办〔2026〕5号",
)


@pytest.mark.parametrize(("value", "text"), NUMERALS.items())
def test_numerals_are_written_as_they_are_spoken(value: int, text: str) -> None:
    assert chinese_numeral(value) == text


@given(st.integers(1, MOST_CHINESE), st.integers(1, MOST_CHINESE))
def test_different_numbers_are_never_written_alike(one: int, other: int) -> None:
    assert (chinese_numeral(one) == chinese_numeral(other)) == (one == other)


@pytest.mark.parametrize(("series", "kind", "serial", "printed"), PRINTED)
def test_each_kind_is_numbered_in_its_own_style(series: str, kind: NoticeKind, serial: int, printed: str) -> None:
    assert number(series, kind, 2026, serial) == printed


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_series_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(NotASeries, match="督办=第十七期"):
        read_series(text)


@given(st.sampled_from(NoticeKind), st.sampled_from([text for text, *_ in PRINTED]), st.integers(1, 9999))
def test_no_number_begins_with_a_nought(kind: NoticeKind, series: str, serial: int) -> None:
    assert "〕0" not in number(series, kind, 2026, serial)
    assert "第0" not in number(series, kind, 2026, serial)
