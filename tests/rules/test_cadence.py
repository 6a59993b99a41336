"""Periods and deadlines: tables of cases, over year ends, rest days and years not announced yet."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.cadence import (
    Cadence,
    NotADeadline,
    RestDay,
    deadline,
    is_deadline,
    period_ends,
)
from diaodu.rules.workday import Workdays

CHINA = Workdays(
    {
        **dict.fromkeys(chinese_calendar.constants.holidays, False),
        **dict.fromkeys(chinese_calendar.constants.workdays, True),
    }
)
YEAR = (date(2023, 1, 1), date(2023, 12, 31))
EXPRESSIONS = [
    "5 workdays",
    "5 days",
    "day 25",
    "day 31",
    "workday 5",
    "last workday 5",
    "week tuesday",
    "ten days",
    "same day",
]


@pytest.mark.parametrize(
    ("cadence", "count", "first", "second"),
    [
        (Cadence.WEEKLY, 53, date(2023, 1, 1), date(2023, 1, 8)),  # 2023 began on a Sunday
        (Cadence.TEN_DAYS, 36, date(2023, 1, 10), date(2023, 1, 20)),
        (Cadence.HALF_MONTHLY, 24, date(2023, 1, 15), date(2023, 1, 31)),
        (Cadence.MONTHLY, 12, date(2023, 1, 31), date(2023, 2, 28)),
        (Cadence.QUARTERLY, 4, date(2023, 3, 31), date(2023, 6, 30)),
        (Cadence.HALF_YEARLY, 2, date(2023, 6, 30), date(2023, 12, 31)),
    ],
)
def test_a_year_falls_into_periods(cadence: Cadence, count: int, first: date, second: date) -> None:
    ends = period_ends(cadence, *YEAR)
    assert (len(ends), ends[0], ends[1], ends[-1]) == (count, first, second, YEAR[1])


def test_the_last_period_ends_with_the_scheme_though_the_calendar_goes_on() -> None:
    assert period_ends(Cadence.QUARTERLY, date(2023, 5, 10), date(2023, 11, 15)) == [
        date(2023, 6, 30),
        date(2023, 9, 30),
        date(2023, 11, 15),
    ]
    assert period_ends(Cadence.WEEKLY, date(2024, 12, 25), date(2024, 12, 31)) == [
        date(2024, 12, 29),
        date(2024, 12, 31),
    ]


def test_a_leap_february_ends_on_the_29th() -> None:
    assert date(2024, 2, 29) in period_ends(Cadence.MONTHLY, date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("expression", "period_end", "expected"),
    [
        ("5 workdays", date(2023, 10, 31), date(2023, 11, 7)),
        ("期后5个工作日", date(2023, 10, 31), date(2023, 11, 7)),
        ("期后五个工作日内", date(2023, 9, 30), date(2023, 10, 11)),  # 7th and 8th are made-up working days
        ("5 workdays", date(2025, 12, 31), date(2026, 1, 8)),  # New Year off to the 3rd, Sunday the 4th made up
        ("5 days", date(2023, 10, 31), date(2023, 11, 5)),
        ("期后5日", date(2023, 10, 31), date(2023, 11, 5)),
        ("day 25", date(2023, 10, 31), date(2023, 11, 25)),
        ("每月25日", date(2023, 10, 20), date(2023, 10, 25)),
        ("每月二十五日前", date(2023, 12, 31), date(2024, 1, 25)),
        ("day 31", date(2024, 1, 31), date(2024, 2, 29)),
        ("每月5日前", date(2023, 12, 5), date(2024, 1, 5)),  # on the day itself it is already the next month's
        ("workday 5", date(2023, 9, 30), date(2023, 10, 11)),
        ("每月第5个工作日", date(2023, 12, 31), date(2024, 1, 8)),
        ("last workday 5", date(2023, 10, 31), date(2023, 11, 24)),
        ("每月倒数第五个工作日", date(2023, 11, 30), date(2023, 12, 25)),
        ("每月倒数第5个工作日", date(2023, 11, 10), date(2023, 11, 24)),
        ("week tuesday", date(2023, 10, 29), date(2023, 10, 31)),
        ("每周二前", date(2023, 10, 31), date(2023, 11, 7)),
        ("每周日", date(2023, 12, 31), date(2024, 1, 7)),
        ("ten days", date(2023, 12, 31), date(2024, 1, 10)),
        ("每旬", date(2023, 2, 20), date(2023, 2, 28)),
        ("当日", date(2023, 2, 20), date(2023, 2, 20)),
    ],
)
def test_a_deadline_is_counted_from_the_last_day_of_the_period(
    expression: str, period_end: date, expected: date
) -> None:
    assert deadline(expression, period_end, CHINA, RestDay.STAYS) == expected


@pytest.mark.parametrize(
    ("rest_day", "expected"),
    [
        (RestDay.STAYS, date(2026, 10, 5)),
        (RestDay.BEFORE, date(2026, 9, 30)),
        (RestDay.AFTER, date(2026, 10, 8)),
    ],
)
def test_a_deadline_on_a_rest_day_moves_as_the_scheme_says(rest_day: RestDay, expected: date) -> None:
    assert deadline("day 5", date(2026, 9, 29), CHINA, rest_day) == expected


def test_a_deadline_on_a_made_up_saturday_stays() -> None:
    assert deadline("day 10", date(2026, 9, 30), CHINA, RestDay.AFTER) == date(2026, 10, 10)


def test_a_deadline_in_a_year_not_announced_is_found_and_known_to_be_a_guess() -> None:
    due = deadline("5 workdays", date(2026, 12, 31), CHINA, RestDay.AFTER)
    assert due == date(2027, 1, 7)
    assert CHINA.is_provisional(due)
    announced = Workdays({**{date(2027, 1, d): False for d in (1, 2, 3)}, date(2027, 1, 4): False})
    assert deadline("5 workdays", date(2026, 12, 31), announced, RestDay.AFTER) == date(2027, 1, 11)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "soon",
        "0 workdays",
        "day 32",
        "day 0",
        "workday 16",
        "每周八",
        "每月十十日",
        "week 3",
        "5",
        "last workday 0",
    ],
)
def test_an_expression_that_names_no_day_is_refused(wrong: str) -> None:
    assert not is_deadline(wrong)
    with pytest.raises(NotADeadline):
        deadline(wrong, date(2023, 10, 31), CHINA, RestDay.STAYS)


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("期后十五个工作日", "15 workdays"),
        ("每月三十一日", "day 31"),
        ("每月倒数第十个工作日", "last workday 10"),
        ("每周天", "week sunday"),
        ("每旬末", "ten days"),
    ],
)
def test_chinese_and_english_name_the_same_day(chinese: str, english: str) -> None:
    days = [date(2023, 1, 1) + timedelta(days=n) for n in range(400)]
    found = [deadline(chinese, day, CHINA, RestDay.STAYS) for day in days]
    assert found == [deadline(english, day, CHINA, RestDay.STAYS) for day in days]


@given(st.sampled_from(EXPRESSIONS), st.dates(date(2018, 1, 1), date(2026, 10, 31)))
def test_a_deadline_comes_after_the_period_and_moving_it_lands_on_a_working_day(expression: str, end: date) -> None:
    stays = deadline(expression, end, CHINA, RestDay.STAYS)
    before = deadline(expression, end, CHINA, RestDay.BEFORE)
    after = deadline(expression, end, CHINA, RestDay.AFTER)
    assert end <= stays
    assert before <= stays <= after
    assert CHINA.is_workday(before)
    assert CHINA.is_workday(after)
    assert CHINA.between(before, after) in (0, 1)
