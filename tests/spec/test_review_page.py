"""Every role, act and state there is: who may do what to a number is what the page says, and nothing else."""

from datetime import UTC, datetime
from itertools import product

import pytest

from diaodu.rules.access import Actor, Role
from diaodu.rules.request import RequestAct, RequestState
from diaodu.rules.review import Asked, Case, Refusal, refusal
from tests.spec.page import cases

AT = datetime(2023, 12, 5, 1, tzinfo=UTC)
ALLOWED = {(Role(case["role"]), RequestAct(case["act"])): case for case in cases("review")}


def expected(role: Role, act: RequestAct, state: RequestState) -> Refusal | None:
    case = ALLOWED.get((role, act))
    if case is None:
        return Refusal.NOT_YOUR_PART
    if state.value in case["from"].split():
        return None
    if state.value in case["passed"].split():
        return Refusal.PASSED_ON
    return Refusal.LOCKED if state is RequestState.CONFIRMED else Refusal.NOT_FROM_HERE


@pytest.mark.parametrize(("role", "act"), list(product(Role, RequestAct)), ids=str)
def test_everybody_may_do_what_the_page_says_in_every_state(role: Role, act: RequestAct) -> None:
    actor = Actor("李某", role, "east")
    for state in RequestState:
        case = Case(state, unit="east", lead="east", author="王某", last_at=AT)
        assert refusal(case, Asked(act, actor, AT, "理由")) is expected(role, act, state), state
