"""A request's life, and whether its number came in time."""

from datetime import date

import pytest

from diaodu.rules.request import (
    ANSWERED,
    OWED,
    TRANSITIONS,
    Punctuality,
    RequestAct,
    RequestState,
    Timeliness,
    timeliness,
)
from diaodu.rules.workday import Workdays

# Friday 29 September to Friday 6 October off, the weekend after worked
AUTUMN = Workdays(
    {date(2023, 9, 29): False}
    | {date(2023, 10, day): False for day in range(1, 7)}
    | {date(2023, 10, 7): True, date(2023, 10, 8): True}
)
THURSDAY, FRIDAY = date(2023, 9, 28), date(2023, 9, 22)
S, A = RequestState, RequestAct


@pytest.mark.parametrize(
    ("due", "came", "expected"),
    [
        (FRIDAY, date(2023, 9, 1), Punctuality(Timeliness.ON_TIME)),
        (FRIDAY, FRIDAY, Punctuality(Timeliness.ON_TIME)),
        (FRIDAY, date(2023, 9, 23), Punctuality(Timeliness.LATE, 1)),  # Saturday: there on Monday
        (FRIDAY, date(2023, 9, 25), Punctuality(Timeliness.LATE, 1)),
        (FRIDAY, date(2023, 9, 26), Punctuality(Timeliness.LATE, 2)),
        (THURSDAY, date(2023, 9, 29), Punctuality(Timeliness.LATE, 1)),  # a week of holidays costs one day
        (THURSDAY, date(2023, 10, 7), Punctuality(Timeliness.LATE, 1)),
        (THURSDAY, date(2023, 10, 8), Punctuality(Timeliness.LATE, 2)),
        (date(2023, 9, 30), date(2023, 10, 2), Punctuality(Timeliness.LATE, 1)),  # due on a rest day
        (FRIDAY, None, Punctuality(Timeliness.MISSING)),
    ],
)
def test_late_is_counted_in_working_days_and_missing_is_not_late(
    due: date, came: date | None, expected: Punctuality
) -> None:
    assert timeliness(due, came, AUTUMN) == expected


def test_every_state_is_reached_and_every_act_leads_somewhere() -> None:
    assert set(TRANSITIONS.values()) == set(RequestState)
    assert {act for _, act in TRANSITIONS} == set(RequestAct)


def test_a_number_that_comes_is_always_an_answer_unless_none_is_wanted() -> None:
    takes = {state for state, act in TRANSITIONS if act is A.SUBMIT}
    assert takes == set(RequestState) - {S.CONFIRMED, S.SPARED, S.WITHDRAWN}
    assert {TRANSITIONS[state, A.SUBMIT] for state in takes} == {S.SUBMITTED}


def test_only_what_is_owed_can_be_missing() -> None:
    assert {state for state, act in TRANSITIONS if act is A.CLOSE} == set(OWED)
    assert not OWED & ANSWERED
