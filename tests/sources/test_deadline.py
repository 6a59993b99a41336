"""Deadlines, ladders and windows as people write them, and what they are told when nobody understands."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.deadline_chain import is_chain
from diaodu.rules.reminder import read_ladder
from diaodu.sources.cell import Wrong
from diaodu.sources.deadline import due_chain, ladder, opening, windows
from diaodu.storage.collection import windows as stored

WINDOWS = (
    ("2026-03-01..2026-03-20", "2026-03-01..2026-03-20"),
    ("2026年3月1日至2026年3月20日", "2026-03-01..2026-03-20"),
    ("2026/3/1 ~ 2026/3/20", "2026-03-01..2026-03-20"),
    ("2026-03-01…2026-03-20", "2026-03-01..2026-03-20"),
    ("2026.3.1——2026.3.20", "2026-03-01..2026-03-20"),
    ("2026-06-01..2026-06-10；2026-03-01..2026-03-20", "2026-03-01..2026-03-20\n2026-06-01..2026-06-10"),
    ("2026-03-01..2026-03-20\n2026-06-01..2026-06-10\n", "2026-03-01..2026-03-20\n2026-06-01..2026-06-10"),
    ("2026-03-01..2026-03-01、2026-03-02..2026-03-02", "2026-03-01..2026-03-01\n2026-03-02..2026-03-02"),
)


@pytest.mark.parametrize(("written", "kept"), WINDOWS)
def test_windows_are_kept_in_one_form_oldest_first(written: str, kept: str) -> None:
    assert windows(written) == kept
    assert len(stored(kept)) == kept.count("\n") + 1


@given(st.lists(st.dates(date(2020, 1, 1)), min_size=2, max_size=8, unique=True))
def test_windows_that_do_not_touch_are_kept_as_they_are(days: list[date]) -> None:
    ordered = [day for day in sorted(days) if day.year <= 2100]
    pairs = list(zip(ordered[::2], ordered[1::2], strict=False))
    text = windows("; ".join(f"{starts}..{ends}" for starts, ends in reversed(pairs)))
    assert [(one.starts, one.ends) for one in stored(text)] == pairs


CHAINS = (
    "期后5个工作日",
    "每月25日",
    "5 workdays",
    "单位18日→牵头单位20日→考核办25日",
    "18日->20日",
    "每月２５日",
    "期后3个工作日→再2个工作日",
)


@pytest.mark.parametrize("written", CHAINS)
def test_a_chain_is_kept_as_it_is_understood(written: str) -> None:
    assert is_chain(due_chain(written))


@pytest.mark.parametrize("written", ["", "尽快", "每月32日", "18日→", "考核办25日", "1日→2日→3日→4日"])
def test_what_is_no_chain_is_told_one(written: str) -> None:
    with pytest.raises(Wrong, match="单位18日→牵头单位20日→考核办25日"):
        due_chain(written)


@pytest.mark.parametrize("written", ["每月18日→20日", "上月底"])
def test_an_opening_is_one_day(written: str) -> None:
    assert opening("期后1日") == "期后1日"
    with pytest.raises(Wrong, match="从上一期期末数起"):
        opening(written)


@pytest.mark.parametrize("written", ["无", "不催", "None", " 不上报 "])
def test_nobody_to_remind_is_said_in_words(written: str) -> None:
    assert ladder(written) == "无"


def test_a_ladder_is_kept_as_it_is_understood() -> None:
    assert read_ladder(ladder("T-3，T、T＋1.. ,T+3 审核人")) == read_ladder("T-3, T, T+1.., T+3 reviewer")
