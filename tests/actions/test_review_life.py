"""Random lives of one number: whatever is handed in, reviewed, returned or corrected, the records agree."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from diaodu.actions import correction, review
from diaodu.rules.access import Actor, Role
from diaodu.rules.request import ANSWERED, OWED, TRANSITIONS, RequestAct, RequestState
from diaodu.sources.fault import Faults
from diaodu.storage.session import transaction
from models.report import Report
from tests.reviewing import CAME, LEAD, OFFICE, REVIEWER, SECOND, Reviewing

A, S = RequestAct, RequestState
PEOPLE = [REVIEWER, LEAD, OFFICE, SECOND, Actor("王某", Role.REVIEWER, "east"), Actor("赵某", Role.REPORTER, "east")]
STEPS = st.one_of(
    st.tuples(st.just("take"), st.sampled_from(["90", "110", "111"])),
    st.tuples(st.sampled_from([A.APPROVE, A.CHECK, A.CONFIRM, A.RETURN]), st.sampled_from(PEOPLE)),
    st.tuples(st.just("correct"), st.sampled_from(["95", "110"])),
)
REFUSED = (review.Refused, correction.Refused, Faults)


def walk(house: Reviewing, steps: list[tuple[object, object]]) -> int:
    """Take every step, an hour after the other; how many were refused."""
    refused = 0
    at = CAME
    for what, how in steps:
        at += timedelta(hours=1)
        before = house.request().state, [report.id for report in house.numbers(at=at)], len(house.life())
        try:
            with house.session.begin_nested():
                act(house, what, how)(at)
        except REFUSED:
            refused += 1
            house.session.refresh(house.request())
            after = house.request().state, [report.id for report in house.numbers(at=at)], len(house.life())
            assert after == before
        if before[0] is S.CONFIRMED and what != "correct":
            assert [report.id for report in house.numbers(at=at)][: len(before[1])] == before[1]
        agree(house, house.numbers(at=at))
    return refused


def act(house: Reviewing, what: object, how: object) -> Callable[..., object]:
    if isinstance(what, RequestAct) and isinstance(how, Actor):
        return lambda at: house.do(what, how, at=at)
    if what == "take":
        return lambda at: house.take(str(how), at=at)
    return lambda at: house.decide(house.wish(str(how), "east", at=at), at=at)


def agree(house: Reviewing, numbers: list[Report]) -> None:
    """State, events and the number in force tell one story."""
    state, life = house.request().state, house.life()
    assert (life[-1].to_state if life else S.AWAITED) is state
    assert all(event.actor and event.recorded_at for event in life)
    reached: RequestState | None = S.AWAITED
    for event in life:
        assert (reached, event.act) in TRANSITIONS
        assert TRANSITIONS[reached, event.act] is event.to_state
        reached = event.to_state
    value = numbers[0].value if numbers else None
    assert (value is not None) == (state in ANSWERED)
    assert (value is None) == (state in OWED)
    confirmed = [n for n, event in enumerate(life) if event.act is A.CONFIRM]
    if confirmed:
        assert {event.act for event in life[confirmed[0] + 1 :]} <= {A.CORRECT}
        assert life[-1].report_id == numbers[0].id


WHOLE = [("take", "90"), (A.APPROVE, REVIEWER), (A.RETURN, OFFICE), ("take", "90"), (A.CONFIRM, OFFICE)]


@example(steps=[*WHOLE, ("take", "110"), ("correct", "110"), (A.RETURN, OFFICE), ("take", "90"), ("correct", "95")])
@given(steps=st.lists(STEPS, max_size=14))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_state_events_and_number_always_agree(
    engine: Engine, tmp_path: Path, steps: list[tuple[object, object]]
) -> None:
    with transaction(engine) as session, session.begin_nested() as undone:
        assert walk(Reviewing(session, tmp_path), steps) <= len(steps)
        undone.rollback()


def test_the_whole_way_is_refused_only_where_it_is_locked(engine: Engine, tmp_path: Path) -> None:
    """A new number and a return after confirmation; everything else on the way is done."""
    with transaction(engine) as session:
        house = Reviewing(session, tmp_path)
        assert walk(house, [*WHOLE, ("take", "110"), ("correct", "110"), (A.RETURN, OFFICE)]) == 2
        assert [event.act for event in house.life()][-2:] == [A.CONFIRM, A.CORRECT]
