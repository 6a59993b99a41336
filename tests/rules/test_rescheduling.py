"""What becomes of deadlines when the days they rest on turn out otherwise: a table of cases, and what always holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.cadence import Cadence, RestDay
from diaodu.rules.collection import Rhythm
from diaodu.rules.rescheduling import (
    Rescheduled,
    Shift,
    announcement_missing,
    applies_to_answered,
    confirmed,
    dues,
    rescheduled,
)
from diaodu.rules.workday import Workdays

D = date(2027, 1, 1)


def day(number: int) -> date:
    return date(2027, 1, number)


@pytest.mark.parametrize(
    ("due", "before", "after", "today", "new", "shift"),
    [
        (8, 8, 11, 4, 11, Shift.LATER),
        (8, 8, 7, 4, 7, Shift.EARLIER),
        (8, 8, 8, 4, None, None),  # rests on no day that changed
        (12, 8, 8, 4, None, None),  # somebody set it otherwise: not ours to move
        (12, 8, 11, 4, 11, Shift.EARLIER),  # it rests on days that changed, and follows them
        (11, 8, 11, 4, None, None),  # there already
        (8, 8, 5, 6, 6, Shift.TODAY),  # nobody is late by an announcement
        (8, 8, 5, 8, None, None),  # due today, and stays so
        (8, 8, 5, 20, None, None),  # over already: what is past is not brought forward
        (8, 8, 11, 9, 11, Shift.LATER),  # overdue, but on a day that turns out to be a rest day
    ],
)
def test_a_deadline_follows_its_working_days(
    due: int, before: int, after: int, today: int, new: int | None, shift: Shift | None
) -> None:
    found = rescheduled(day(due), day(before), day(after), day(today))
    assert found == (None if new is None or shift is None else Rescheduled(day(due), day(new), shift))


days = st.integers(0, 60).map(lambda n: D + timedelta(days=n))


@given(days, days, days, days)
def test_nobody_is_late_by_an_announcement(due: date, before: date, after: date, today: date) -> None:
    found = rescheduled(due, before, after, today)
    if found is not None:
        assert found.new >= min(due, today)
        assert found.new != due == found.old


@given(days, days, days, days)
def test_the_same_days_a_second_time_move_nothing(due: date, before: date, after: date, today: date) -> None:
    found = rescheduled(due, before, after, today)
    assert rescheduled(due if found is None else found.new, after, after, today) is None


def test_what_was_answered_in_time_stays_in_time() -> None:
    assert applies_to_answered(Rescheduled(day(8), day(11), Shift.LATER))
    assert not applies_to_answered(Rescheduled(day(8), day(7), Shift.EARLIER))
    assert not applies_to_answered(Rescheduled(day(8), day(7), Shift.TODAY))


@pytest.mark.parametrize(
    ("was", "still", "shift"),
    [(True, False, Shift.CONFIRMED), (True, True, None), (False, False, None), (False, True, None)],
)
def test_a_deadline_that_stays_is_confirmed_once_its_year_is_announced(
    was: bool, still: bool, shift: Shift | None
) -> None:
    found = confirmed(day(8), was, still)
    assert (found and found.shift) == shift


def test_a_chain_is_computed_for_a_round_whatever_the_calendar_makes_of_its_day() -> None:
    """A daily round that was opened for a day that is now a rest day still has its deadlines."""
    rhythm = Rhythm(Cadence.DAILY, date(2027, 1, 1), date(2027, 12, 31), "当日→再1个工作日", RestDay.AFTER)
    ordinary, rest = Workdays({}), Workdays({day(6): False})
    assert dues(rhythm, day(6), ordinary) == {"unit": day(6), "office": day(7)}
    assert dues(rhythm, day(6), rest) == {"unit": day(7), "office": day(8)}


ANNOUNCED = Workdays({date(2026, 1, 1): False, date(2027, 1, 1): False})
GUESSED = Workdays({date(2026, 1, 1): False, date(2027, 1, 1): False}, frozenset({2027}))


@pytest.mark.parametrize(
    ("workdays", "today", "missing"),
    [
        (GUESSED, date(2026, 10, 31), None),  # nobody expects it yet
        (GUESSED, date(2026, 11, 1), 2027),
        (GUESSED, date(2026, 12, 31), 2027),
        (ANNOUNCED, date(2026, 11, 1), None),
        (Workdays({}), date(2026, 11, 1), 2027),  # not on record at all
    ],
)
def test_from_november_on_next_year_is_missed(workdays: Workdays, today: date, missing: int | None) -> None:
    assert announcement_missing(workdays, today) == missing
