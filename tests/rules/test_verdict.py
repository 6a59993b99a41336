"""Whether there is anything to judge: data late, progress late and nothing to do are never confused."""

from datetime import date
from typing import Any

import pytest

from diaodu.rules.policy import UNJUDGED
from diaodu.rules.verdict import State, state_of
from tests.rules.standings import standing

CASES: tuple[tuple[dict[str, Any], State], ...] = (
    ({}, State.REPORTED),
    ({"actual": 0}, State.REPORTED),  # zero is a number, not a gap in the data
    ({"reported_as_of": date(2023, 9, 30)}, State.AWAITED),  # last month's number, this month's not due yet
    ({"reported_as_of": date(2023, 9, 30), "known_on": date(2023, 11, 7)}, State.AWAITED),  # due today
    ({"reported_as_of": date(2023, 9, 30), "known_on": date(2023, 11, 8)}, State.NOT_REPORTED),
    ({"actual": None, "reported_as_of": None, "known_on": date(2023, 11, 8)}, State.NOT_REPORTED),
    ({"actual": None, "reported_as_of": None}, State.AWAITED),
    ({"required_as_of": None, "report_due": None, "reported_as_of": date(2023, 1, 2)}, State.REPORTED),
    ({"required_as_of": None, "report_due": None, "actual": None, "reported_as_of": None}, State.AWAITED),
    ({"known_on": date(2023, 12, 1)}, State.REPORTED),  # reported in time, looked at later
    ({"target": None}, State.NO_TARGET),
    ({"target": None, "actual": None, "known_on": date(2023, 12, 1)}, State.NO_TARGET),
    ({"start": date(2023, 11, 1)}, State.NOT_STARTED),
    ({"start": date(2023, 10, 31)}, State.REPORTED),
    ({"target": None, "start": date(2023, 11, 1)}, State.NO_TARGET),
)


@pytest.mark.parametrize(("facts", "state"), CASES)
def test_a_target_is_in_one_state(facts: dict[str, Any], state: State) -> None:
    assert state_of(standing(**facts)) is state


def test_every_state_without_a_level_says_why() -> None:
    assert {State.REPORTED, *UNJUDGED} == set(State)
    assert all(state.value == reason.value for state, reason in UNJUDGED.items())
