"""Working days: the State Council's arrangement, day by day, and arithmetic that cannot be off by one."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.workday import Workdays

FIRST, LAST = date(2018, 1, 1), date(2026, 12, 31)
ANNOUNCED = {
    **dict.fromkeys(chinese_calendar.constants.holidays, False),
    **dict.fromkeys(chinese_calendar.constants.workdays, True),
}
CHINA = Workdays(ANNOUNCED)
days = st.dates(date(2018, 2, 1), date(2026, 11, 30))
steps = st.integers(-60, 60)


def every_day() -> list[date]:
    return [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def test_every_day_from_2018_to_2026_agrees_with_the_published_arrangement() -> None:
    wrong = [day for day in every_day() if CHINA.is_workday(day) != chinese_calendar.is_workday(day)]
    assert wrong == []
    assert len(every_day()) == 3287


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 10), True),  # a Saturday made up for National Day
        (date(2026, 10, 7), False),  # a Wednesday off
        (date(2023, 10, 8), True),  # a Sunday made up
        (date(2023, 11, 6), True),
        (date(2023, 11, 4), False),
    ],
)
def test_make_up_days_are_worked_and_holidays_are_not(day: date, works: bool) -> None:
    assert CHINA.is_workday(day) is works


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2023, 9, 28), 1, date(2023, 10, 7)),  # over Mid-autumn and National Day to a made-up Saturday
        (date(2023, 9, 28), 2, date(2023, 10, 8)),
        (date(2023, 10, 31), 3, date(2023, 11, 3)),
        (date(2023, 11, 4), 1, date(2023, 11, 6)),
        (date(2023, 11, 4), -1, date(2023, 11, 3)),
        (date(2023, 10, 8), -2, date(2023, 9, 28)),
        (date(2023, 11, 4), 0, date(2023, 11, 4)),
    ],
)
def test_the_nth_working_day_after_a_day(day: date, count: int, expected: date) -> None:
    assert CHINA.after(day, count) == expected


@pytest.mark.parametrize(
    ("year", "month", "number", "expected"),
    [
        (2023, 11, 1, date(2023, 11, 1)),
        (2023, 11, -5, date(2023, 11, 24)),
        (2023, 10, 1, date(2023, 10, 7)),
        (2023, 12, -1, date(2023, 12, 29)),
        (2026, 2, -1, date(2026, 2, 28)),  # a made-up Saturday
    ],
)
def test_working_days_of_a_month_count_from_either_end(year: int, month: int, number: int, expected: date) -> None:
    assert CHINA.nth_of_month(year, month, number) == expected


@pytest.mark.parametrize("number", [0, 30, -30])
def test_a_working_day_a_month_does_not_have_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no working day number"):
        CHINA.nth_of_month(2023, 11, number)


def test_every_month_has_the_fifteen_working_days_that_deadlines_may_name() -> None:
    months = [(year, month) for year in range(2018, 2027) for month in range(1, 13)]
    assert all(CHINA.nth_of_month(year, month, 15) for year, month in months)


def test_a_year_that_is_a_guess_or_not_on_record_is_provisional() -> None:
    guessed = Workdays({**ANNOUNCED, date(2027, 1, 1): False}, frozenset({2027}))
    assert [guessed.is_provisional(date(year, 6, 1)) for year in (2025, 2026, 2027, 2028)] == [False, False, True, True]
    assert guessed.is_workday(date(2027, 1, 1)) is False


@given(days, days)
def test_between_counts_exactly_the_working_days_in_the_half_open_interval(a: date, b: date) -> None:
    low, high = min(a, b), max(a, b)
    counted = sum(CHINA.is_workday(low + timedelta(days=n)) for n in range(1, (high - low).days + 1))
    assert CHINA.between(a, b) == (counted if a <= b else -counted)


@given(days, steps.filter(bool))
def test_after_lands_on_a_working_day_that_many_working_days_away(day: date, count: int) -> None:
    there = CHINA.after(day, count)
    assert CHINA.is_workday(there)
    start = CHINA.on_or_before(day) if count > 0 else CHINA.on_or_after(day)
    assert CHINA.between(start, there) == count


@given(days)
def test_the_nearest_working_days_enclose_a_day(day: date) -> None:
    before, after = CHINA.on_or_before(day), CHINA.on_or_after(day)
    assert before <= day <= after
    assert (before == after) is CHINA.is_workday(day)


@given(days, st.integers(0, 40))
def test_differences_of_ordinals_are_working_days(day: date, length: int) -> None:
    frame = CHINA.ordinals(day, day + timedelta(days=length))
    ordinals = dict(frame.iter_rows())
    assert len(ordinals) == length + 1
    assert all(ordinals[there] - ordinals[day] == CHINA.between(day, there) for there in ordinals)
