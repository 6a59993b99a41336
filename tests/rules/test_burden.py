"""The burden meter: whose weeks they are, what counts, and when the scheme's cap is passed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.burden import Caps, Count, Excess, by_week, monday, new_excess, over, span

SHANGHAI = ZoneInfo("Asia/Shanghai")
counts = st.builds(Count, *[st.integers(0, 50)] * 4)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 11, 6), date(2023, 11, 6)),  # a Monday begins its week
        (date(2023, 11, 12), date(2023, 11, 6)),  # the Sunday ends it
        (date(2024, 1, 1), date(2024, 1, 1)),
        (date(2023, 1, 1), date(2022, 12, 26)),  # over the year's end
    ],
)
def test_a_week_runs_from_monday_to_sunday(day: date, expected: date) -> None:
    assert monday(day) == expected


def test_a_week_begins_at_the_offices_midnight() -> None:
    since, until = span(date(2023, 11, 6), SHANGHAI)
    assert since == datetime(2023, 11, 5, 16, tzinfo=UTC)
    assert until - since == timedelta(days=7)


@given(st.lists(st.tuples(st.integers(1, 3), st.dates(date(2023, 1, 1), date(2023, 3, 31)), counts)))
def test_weeks_hold_all_that_days_held(days: list[tuple[int, date, Count]]) -> None:
    weeks = by_week(days)
    assert all(day.weekday() == 0 for _, day in weeks)
    for name in ("requests", "fields", "messages", "deliveries"):
        assert sum(getattr(week, name) for week in weeks.values()) == sum(getattr(one, name) for *_, one in days)


@pytest.mark.parametrize(
    ("caps", "count", "expected"),
    [
        (Caps(), Count(999, 999, 999, 999), (False, False)),
        (Caps(5, 3), Count(5, 9, 3, 9), (False, False)),  # the cap itself is allowed; fields and people have none
        (Caps(5, 3), Count(6, 6, 3, 3), (True, False)),
        (Caps(5, 3), Count(5, 5, 4, 8), (False, True)),
        (Caps(0, 0), Count(1, 1, 1, 1), (True, True)),
    ],
)
def test_more_than_the_cap_is_over_it(caps: Caps, count: Count, expected: tuple[bool, bool]) -> None:
    assert over(caps, count) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (0, 5, []),
        (0, 6, [Excess(1, 6, 5)]),
        (6, 6, []),  # over it before, and nothing new: it has been told
        (6, 7, [Excess(1, 7, 5)]),
        (5, 6, [Excess(1, 6, 5)]),
    ],
)
def test_an_excess_is_news_once(before: int, after: int, expected: list[Excess]) -> None:
    assert new_excess(Caps(requests=5), {1: Count(before)}, {1: Count(after)}) == expected
    assert new_excess(Caps(), {1: Count(before)}, {1: Count(after)}) == []
