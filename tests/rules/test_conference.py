"""The days before a meeting, counted back over holidays and make-up days, and whose move it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.conference import (
    BEFORE_OUT,
    Call,
    ConferenceRefusal,
    Preparation,
    Readiness,
    readiness,
    refusal,
    timetable,
)
from diaodu.rules.workday import Workdays

P, R = Preparation, Readiness
HOLIDAYS = Workdays({date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 10, 10): True})
MONDAY = date(2026, 10, 12)  # after the holidays and a worked Saturday


def test_the_days_are_counted_back_over_rest_days() -> None:
    assert timetable(MONDAY, 1, HOLIDAYS) == {
        P.CLOSE: date(2026, 9, 30),
        P.CHECK: date(2026, 10, 8),
        P.DRAFT: date(2026, 10, 8),
        P.APPROVE: date(2026, 10, 9),
        P.OUT: date(2026, 10, 10),
        P.HOLD: MONDAY,
    }


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 20))
def test_every_step_is_a_working_day_in_order_and_the_lead_is_kept(day: date, lead: int) -> None:
    days = timetable(HOLIDAYS.on_or_after(day), lead, HOLIDAYS)
    assert list(days.values()) == sorted(days.values())
    assert all(HOLIDAYS.is_workday(one) for one in days.values())
    assert HOLIDAYS.between(days[P.OUT], days[P.HOLD]) == lead
    assert HOLIDAYS.between(days[P.CLOSE], days[P.OUT]) == BEFORE_OUT[P.CLOSE]


@pytest.mark.parametrize(
    ("done", "today", "expected"),
    [
        ((), date(2026, 9, 29), (R.AHEAD, R.BLOCKED)),
        ((), date(2026, 9, 30), (R.DUE, R.BLOCKED)),
        ((), date(2026, 10, 8), (R.LATE, R.BLOCKED)),
        ((P.CLOSE,), date(2026, 10, 8), (R.DONE, R.DUE)),
    ],
)
def test_the_first_step_that_is_not_done_is_the_one_to_take(
    done: tuple[Preparation, ...], today: date, expected: tuple[Readiness, Readiness]
) -> None:
    found = readiness(timetable(MONDAY, 1, HOLIDAYS), frozenset(done), today)
    assert (found[P.CLOSE], found[P.CHECK]) == expected


CALL = Call(MONDAY, date(2026, 9, 30), 1, "王某", "李某", "张某")


@pytest.mark.parametrize(
    ("call", "today", "expected"),
    [
        (CALL, date(2026, 9, 28), None),
        (Call(MONDAY, date(2026, 9, 30), 1, "王某", "李某", "李某"), date(2026, 9, 28), None),
        (Call(MONDAY, date(2026, 9, 30), 1, "王某", "王某", "张某"), date(2026, 9, 28), ConferenceRefusal.SAME_PERSON),
        (Call(MONDAY, date(2026, 9, 30), 1, "王某", "", "张某"), date(2026, 9, 28), ConferenceRefusal.NO_PERSON),
        (Call(MONDAY, date(2026, 9, 30), 0, "王某", "李某", "张某"), date(2026, 9, 28), ConferenceRefusal.NO_LEAD),
        (CALL, date(2026, 10, 1), ConferenceRefusal.TOO_SOON),
        (Call(MONDAY, date(2026, 10, 5), 1, "王某", "李某", "张某"), date(2026, 9, 1), ConferenceRefusal.BEFORE_DATA),
        (
            Call(date(2026, 10, 11), date(2026, 9, 30), 1, "王某", "李某", "张某"),
            date(2026, 9, 1),
            ConferenceRefusal.REST_DAY,
        ),
    ],
)
def test_a_meeting_is_called_so_that_it_can_be_prepared(
    call: Call, today: date, expected: ConferenceRefusal | None
) -> None:
    assert refusal(call, today, HOLIDAYS, "考核办") is expected
