"""Which rounds open on a day, and the day on which one is over."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.collection import Round
from diaodu.rules.period import closing_day, to_open
from diaodu.rules.workday import Workdays

WEEKS = Workdays({})
MONTHS = [
    Round(date(2023, month, day), date(2023, month + 1, 1), date(2023, month + 1, 7))
    for month, day in ((7, 31), (8, 31), (9, 30), (10, 31))
]


@pytest.mark.parametrize(
    ("as_of", "today", "since", "months"),
    [
        # the office began long ago: everything that has begun
        (date(2023, 10, 31), date(2023, 11, 1), date(2023, 1, 1), [7, 8, 9, 10]),
        # it began in October: September was running, and August is nobody's
        (date(2023, 10, 31), date(2023, 11, 1), date(2023, 10, 9), [9, 10]),
        # it begins today: the newest only
        (date(2023, 10, 31), date(2023, 11, 3), date(2023, 11, 3), [10]),
        # a round that opens on the very day the office begins is its own
        (date(2023, 10, 31), date(2023, 11, 1), date(2023, 11, 1), [10]),
        # over, but not begun yet
        (date(2023, 10, 31), date(2023, 10, 31), date(2023, 1, 1), [7, 8, 9]),
        # about earlier days only
        (date(2023, 9, 30), date(2023, 11, 1), date(2023, 9, 15), [8, 9]),
        (date(2023, 7, 30), date(2023, 11, 1), date(2023, 1, 1), []),
    ],
)
def test_what_has_begun_is_opened_and_the_past_is_left_alone(
    as_of: date, today: date, since: date, months: list[int]
) -> None:
    assert [one.as_of.month for one in to_open(MONTHS, as_of, today, since)] == months


@given(st.dates(date(2023, 7, 1), date(2023, 12, 31)), st.dates(date(2023, 7, 1), date(2023, 12, 31)))
def test_day_by_day_or_at_once_the_same_rounds_are_opened(since: date, last: date) -> None:
    at_once = to_open(MONTHS, last, last, since)
    days = [since + timedelta(days=n) for n in range((last - since).days + 1)]
    by_day = {one.as_of for day in days for one in to_open(MONTHS, day, day, since)}
    if days:
        assert sorted(one.as_of for one in at_once) == sorted(by_day)


@pytest.mark.parametrize(
    ("closes", "due", "last_rung", "expected"),
    [
        # Thursday 7 December is the last leg, and no escalation is promised
        (date(2023, 12, 7), date(2023, 12, 7), 0, date(2023, 12, 8)),
        # the day after a Friday is a Monday
        (date(2023, 12, 8), date(2023, 12, 8), 0, date(2023, 12, 11)),
        # the office's leg ends later than the ladder
        (date(2023, 12, 25), date(2023, 12, 18), 3, date(2023, 12, 26)),
        # the parent unit hears after eight working days, on Tuesday 19 December
        (date(2023, 12, 7), date(2023, 12, 7), 8, date(2023, 12, 20)),
        # opened late, on Friday 12 January, it is open until those above have heard
        (date(2023, 12, 7), date(2024, 1, 12), 5, date(2024, 1, 22)),
        # a ladder that ends before the deadline moves nothing
        (date(2023, 12, 7), date(2023, 12, 7), -1, date(2023, 12, 8)),
    ],
)
def test_a_round_is_over_when_all_that_was_promised_has_had_its_day(
    closes: date, due: date, last_rung: int, expected: date
) -> None:
    assert closing_day(closes, due, last_rung, WEEKS) == expected
