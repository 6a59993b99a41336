"""What people may do to a warning: in the order of the table, with a name, a reason and another pair of eyes."""

from datetime import timedelta

import pytest

from diaodu.rules.act import Asked, Refusal, refusal
from diaodu.rules.obligation import Held
from diaodu.rules.warning import OVER, TRANSITIONS, Act, WarningState
from tests.rules.lamps import HELD, TODAY, fully

S, A = WarningState, Act
WHOLE_LIFE = [A.ISSUE, A.ACKNOWLEDGE, A.PLAN, A.EVIDENCE, A.RETURN, A.EVIDENCE, A.VERIFY, A.CLOSE]


def test_a_life_in_order() -> None:
    state = S.PROPOSED
    for act in WHOLE_LIFE:
        asked = fully(act, "李" if act in (A.VERIFY, A.CLOSE, A.RETURN) else "王")
        assert refusal(state, asked, frozenset({"王"}), None, TODAY) is None
        after = TRANSITIONS[state][act]
        assert after is not None
        state = after
    assert state is S.CLOSED


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("act", list(A))
def test_what_the_table_does_not_name_is_refused(state: WarningState, act: Act) -> None:
    found = refusal(state, fully(act), frozenset(), HELD, TODAY)
    assert found is (None if act in TRANSITIONS[state] else Refusal.NOT_FROM_HERE)


@pytest.mark.parametrize(
    ("state", "asked", "held", "why"),
    [
        (S.ISSUED, Asked(A.ACKNOWLEDGE, "  "), None, Refusal.NO_NAME),
        (S.ISSUED, Asked(A.WITHDRAW, "李", " "), None, Refusal.NO_REASON),
        (S.ISSUED, Asked(A.EXEMPT, "李"), None, Refusal.NO_REASON),
        (S.EVIDENCED, Asked(A.VERIFY, " 王 "), None, Refusal.OWN_WORK),
        (S.VERIFIED, Asked(A.CLOSE, "王"), None, Refusal.OWN_WORK),
        (S.PROPOSED, Asked(A.DECLINE, "李", "已约谈"), None, Refusal.NOTHING_HELD),
        (S.PROPOSED, Asked(A.DECLINE, "李", "已约谈"), HELD, None),
        (S.ISSUED, fully(A.EXEMPT, until=TODAY - timedelta(1)), None, Refusal.ENDS_TOO_EARLY),
        (S.ISSUED, fully(A.EXEMPT, until=TODAY), None, None),
        (S.ISSUED, fully(A.EXEMPT, until=None), None, None),
        (S.ISSUED, fully(A.EXEMPT, exemption=None), None, Refusal.NO_GROUND),
        (S.ISSUED, fully(A.EXEMPT, approver=" "), None, Refusal.NO_APPROVER),
        (S.ACKNOWLEDGED, fully(A.PLAN, until=None), None, Refusal.NO_DAY),
        (S.ACKNOWLEDGED, fully(A.PLAN, until=TODAY - timedelta(1)), None, Refusal.ENDS_TOO_EARLY),
        (S.ACKNOWLEDGED, fully(A.PLAN, until=TODAY), None, None),
        (S.PROPOSED, fully(A.POSTPONE, until=None), None, Refusal.NO_DAY),
        (S.PROPOSED, fully(A.POSTPONE, until=TODAY), None, Refusal.ENDS_TOO_EARLY),
        (S.PROPOSED, fully(A.POSTPONE, until=TODAY + timedelta(1)), None, None),
        (S.PROPOSED, fully(A.POSTPONE, reason=None), None, Refusal.NO_REASON),
        (S.PROPOSED, fully(A.CHANGE_LEVEL, level=None), None, Refusal.NO_LEVEL),
        (S.ISSUED, fully(A.HAND_OVER, owner=""), None, Refusal.NO_OWNER),
        (S.ISSUED, fully(A.ACKNOWLEDGE, until=TODAY - timedelta(9)), None, None),
    ],
)
def test_acts_need_a_name_a_reason_and_another_pair_of_eyes(
    state: WarningState, asked: Asked, held: Held | None, why: Refusal | None
) -> None:
    assert refusal(state, asked, frozenset({"王"}), held, TODAY) is why


def test_every_state_but_the_last_two_can_be_left_and_reached() -> None:
    reached = {to for row in TRANSITIONS.values() for to in row.values()} | {S.PROPOSED}
    assert reached >= set(S)
    assert {state for state, row in TRANSITIONS.items() if not row} == OVER
