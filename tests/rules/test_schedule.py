"""What may be run again, when, and which missed times still count."""

from datetime import UTC, date, datetime, time, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.cadence import Cadence, RestDay
from diaodu.rules.collection import Rhythm
from diaodu.rules.occasion import NotATrigger, Occasion, occasions
from diaodu.rules.schedule import (
    MOST_ATTEMPTS,
    ON_TIME,
    RETRY_AFTER,
    Attempt,
    CatchUp,
    Origin,
    Refusal,
    RunState,
    Turn,
    caught_up,
    refusal,
    turn,
)
from diaodu.rules.workday import Workdays

NOW = datetime(2023, 11, 8, 1, tzinfo=UTC)
CHINA = Workdays(
    {
        **dict.fromkeys(chinese_calendar.constants.holidays, False),
        **dict.fromkeys(chinese_calendar.constants.workdays, True),
    }
)
MONTHLY = Rhythm(Cadence.MONTHLY, date(2023, 1, 1), date(2023, 12, 31), "5 workdays", RestDay.AFTER)

CLOCK, PERSON = Origin.CLOCK, Origin.PERSON
DONE, FAILED, CRASHED, RUNNING = RunState.DONE, RunState.FAILED, RunState.CRASHED, RunState.RUNNING


def past(*attempts: tuple[Origin, RunState], ago: timedelta = timedelta(0)) -> list[Attempt]:
    return [Attempt(by, state, None if state is RUNNING else NOW - ago) for by, state in attempts]


@pytest.mark.parametrize(
    ("origin", "attempts", "busy", "expected"),
    [
        (CLOCK, [], False, None),
        (PERSON, [], False, None),
        (CLOCK, [], True, Refusal.BUSY),
        (PERSON, [(PERSON, RUNNING)], False, Refusal.BUSY),
        (PERSON, [(PERSON, DONE)], True, Refusal.BUSY),
        (CLOCK, [(CLOCK, DONE)], False, Refusal.ALREADY_DONE),
        (CLOCK, [(PERSON, DONE)], False, Refusal.ALREADY_DONE),
        (CLOCK, [(CLOCK, DONE), (PERSON, FAILED)], False, Refusal.ALREADY_DONE),
        (PERSON, [(CLOCK, DONE)], False, None),
        (CLOCK, [(CLOCK, FAILED), (CLOCK, CRASHED)], False, None),
        (CLOCK, [(CLOCK, FAILED), (CLOCK, CRASHED), (CLOCK, FAILED)], False, Refusal.GIVEN_UP),
        (CLOCK, [(PERSON, FAILED)] * 5, False, None),  # a person's tries are not the clock's
        (PERSON, [(CLOCK, FAILED)] * MOST_ATTEMPTS, False, None),
    ],
)
def test_whether_a_period_may_be_run(
    origin: Origin, attempts: list[tuple[Origin, RunState]], busy: bool, expected: Refusal | None
) -> None:
    assert refusal(origin, past(*attempts), busy) == expected


@pytest.mark.parametrize(
    ("attempts", "ago", "expected"),
    [
        ([], timedelta(0), Turn.NOW),
        ([(CLOCK, CRASHED)], timedelta(0), Turn.NOW),
        ([(CLOCK, FAILED)], RETRY_AFTER - timedelta(seconds=1), Turn.LATER),
        ([(CLOCK, FAILED)], RETRY_AFTER, Turn.NOW),
        ([(CLOCK, RUNNING)], timedelta(0), Turn.LATER),
        ([(CLOCK, FAILED)] * MOST_ATTEMPTS, timedelta(days=9), Turn.NEVER),
        ([(CLOCK, FAILED), (CLOCK, DONE)], timedelta(days=9), Turn.NEVER),
    ],
)
def test_when_the_clock_tries_again(attempts: list[tuple[Origin, RunState]], ago: timedelta, expected: Turn) -> None:
    assert turn(past(*attempts, ago=ago), NOW) == expected


@pytest.mark.parametrize(
    ("catch_up", "minutes_ago", "expected"),
    [
        (CatchUp.EACH, [3000, 1500, 60], [3000, 1500, 60]),
        (CatchUp.ONCE, [3000, 1500, 60], [60]),
        (CatchUp.SKIP, [3000, 1500, 60], []),
        (CatchUp.SKIP, [3000, 1500, 1], [1]),
        (CatchUp.SKIP, [ON_TIME.seconds // 60], [ON_TIME.seconds // 60]),
        (CatchUp.ONCE, [], []),
        (CatchUp.SKIP, [], []),
    ],
)
def test_missed_times_are_caught_up_as_the_timetable_says(
    catch_up: CatchUp, minutes_ago: list[int], expected: list[int]
) -> None:
    times = [NOW - timedelta(minutes=m) for m in minutes_ago]
    assert list(caught_up(times, catch_up, NOW)) == [NOW - timedelta(minutes=m) for m in expected]


@pytest.mark.parametrize(
    ("trigger", "position", "day", "at", "as_of"),
    [
        ("due +1 08:30", 9, date(2023, 11, 8), time(8, 30), date(2023, 10, 31)),
        ("due 17:30", 9, date(2023, 11, 7), time(17, 30), date(2023, 10, 31)),
        ("due +1 08:30", 8, date(2023, 10, 12), time(8, 30), date(2023, 9, 30)),  # over the National Day holiday
        ("period +2 09:00", 9, date(2023, 11, 2), time(9, 0), date(2023, 10, 31)),
        ("due +1 08:30", -1, date(2024, 1, 9), time(8, 30), date(2023, 12, 31)),  # the last period ends with the year
        ("workdays 08:00", 0, date(2023, 1, 3), time(8, 0), date(2023, 1, 3)),
        ("workdays 08:00", -1, date(2024, 1, 8), time(8, 0), date(2024, 1, 8)),
    ],
)
def test_a_timetable_expression_names_days_and_what_they_speak_about(
    trigger: str, position: int, day: date, at: time, as_of: date
) -> None:
    assert occasions(trigger, MONTHLY, CHINA)[position] == Occasion(day, at, as_of)


def test_every_period_has_its_occasion() -> None:
    assert len(occasions("due +1 08:30", MONTHLY, CHINA)) == 12
    weekly = Rhythm(Cadence.WEEKLY, date(2023, 1, 1), date(2023, 12, 31), "week tuesday", RestDay.AFTER)
    found = occasions("due 17:00", weekly, CHINA)
    assert len({occasion.as_of for occasion in found}) == len(found) == 53


def test_two_deadlines_on_one_day_keep_the_order_of_their_periods() -> None:
    monthly_from_weekly = Rhythm(Cadence.WEEKLY, date(2023, 1, 1), date(2023, 12, 31), "day 25", RestDay.AFTER)
    found = occasions("due 17:00", monthly_from_weekly, CHINA)
    assert found == sorted(found, key=lambda occasion: (occasion.day, occasion.as_of))


@pytest.mark.parametrize(
    "wrong", ["", "sometimes", "workdays", "workdays 25:00", "due +x 08:30", "workdays +1 08:30", "due 8:30"]
)
def test_an_expression_that_names_no_time_is_refused(wrong: str) -> None:
    with pytest.raises(NotATrigger):
        occasions(wrong, MONTHLY, CHINA)


@given(
    st.sampled_from(["workdays 08:00", "due 17:00", "due +3 08:30", "period 18:00", "period +1 08:30"]),
    st.sampled_from(Cadence),
)
def test_occasions_come_in_order_and_those_counted_in_working_days_fall_on_them(trigger: str, cadence: Cadence) -> None:
    rhythm = Rhythm(cadence, date(2022, 1, 1), date(2023, 12, 31), "5 workdays", RestDay.AFTER)
    found = occasions(trigger, rhythm, CHINA)
    assert found == sorted(found, key=lambda occasion: (occasion.day, occasion.as_of))
    assert len({occasion.as_of for occasion in found}) == len(found)
    if trigger != "period 18:00":
        assert all(CHINA.is_workday(occasion.day) for occasion in found)
