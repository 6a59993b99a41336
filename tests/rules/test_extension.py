"""When a milestone may be asked to move, and when the request may be decided."""

from dataclasses import replace
from datetime import date

import pytest

from diaodu.rules.extension import (
    ExtensionRefusal,
    ExtensionState,
    Move,
    Room,
    decision_refusal,
    request_refusal,
)

R, S = ExtensionRefusal, ExtensionState
MOVE = Move(date(2023, 6, 30), date(2023, 8, 31), 50, 50)
ROOM = Room(date(2023, 1, 1), date(2023, 12, 31), date(2023, 3, 31), date(2023, 9, 30))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2023, 3, 31), R.OUT_OF_ORDER),
        (date(2023, 4, 1), None),
        (date(2023, 9, 29), None),
        (date(2023, 9, 30), R.OUT_OF_ORDER),
        (date(2022, 12, 31), R.OUTSIDE),
        (date(2024, 1, 1), R.OUTSIDE),
        (MOVE.due, R.SAME),
    ],
)
def test_a_step_stays_inside_its_target_and_between_its_neighbours(day: date, why: ExtensionRefusal | None) -> None:
    assert request_refusal(replace(MOVE, new_due=day), ROOM, "王", "停工", is_pending=False) is why


def test_the_first_and_the_last_step_may_go_to_the_ends_of_the_target() -> None:
    alone = replace(ROOM, before=None, after=None)
    for day in (ROOM.start, ROOM.end):
        assert request_refusal(replace(MOVE, new_due=day), alone, "王", "停工", is_pending=False) is None


def test_a_step_may_keep_its_day_and_change_its_value() -> None:
    assert request_refusal(Move(MOVE.due, MOVE.due, 50, 40), ROOM, "王", "停工", is_pending=False) is None


@pytest.mark.parametrize(
    ("actor", "reason", "is_pending", "why"),
    [(" ", "停工", False, R.NO_NAME), ("王", " ", False, R.NO_REASON), ("王", "停工", True, R.PENDING)],
)
def test_a_request_has_a_name_and_a_reason_and_is_made_once(
    actor: str, reason: str, is_pending: bool, why: ExtensionRefusal
) -> None:
    assert request_refusal(MOVE, ROOM, actor, reason, is_pending) is why


@pytest.mark.parametrize(
    ("state", "actor", "reason", "is_as_asked", "why"),
    [
        (S.REQUESTED, "李", "属实", True, None),
        (S.REQUESTED, " 王 ", "属实", True, R.OWN_REQUEST),
        (S.REQUESTED, "", "属实", True, R.NO_NAME),
        (S.REQUESTED, "李", "", True, R.NO_REASON),
        (S.REQUESTED, "李", "属实", False, R.MOVED_SINCE),
        (S.APPROVED, "李", "属实", True, R.DECIDED),
        (S.REFUSED, "李", "属实", True, R.DECIDED),
    ],
)
def test_another_person_decides_once_on_the_plan_that_was_asked_about(
    state: ExtensionState, actor: str, reason: str, is_as_asked: bool, why: ExtensionRefusal | None
) -> None:
    assert decision_refusal(state, "王", actor, reason, is_as_asked) is why
