"""Numbers that come in answer what was asked, once, whenever they come."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from diaodu.actions.import_report import import_report
from diaodu.rules.request import RequestAct, RequestState
from diaodu.storage.holiday import seed
from diaodu.storage.report import revisions
from diaodu.storage.request import Mark, events_of, move
from models.request import Request
from tests.plan import SmallPlan
from tests.plan_file import csv_bytes

NOVEMBER, DUE = date(2023, 11, 30), date(2023, 12, 7)
AT, LATER = datetime(2023, 12, 4, 1, tzinfo=UTC), datetime(2023, 12, 20, 1, tzinfo=UTC)
S, A = RequestState, RequestAct
HEADINGS = ["指标", "单位", "截至日", "累计完成"]
Take = Callable[..., None]
REACHED = {
    S.AWAITED: (),
    S.SUBMITTED: (A.SUBMIT,),
    S.APPROVED: (A.SUBMIT, A.APPROVE),
    S.CHECKED: (A.SUBMIT, A.CHECK),
    S.CONFIRMED: (A.SUBMIT, A.CONFIRM),
    S.RETURNED: (A.SUBMIT, A.RETURN),
    S.MISSING: (A.CLOSE,),
    S.SPARED: (A.SPARE,),
    S.WITHDRAWN: (A.WITHDRAW,),
}
"""The acts that lead to every state there is."""


@pytest.fixture
def plan(session: Session) -> SmallPlan:
    seed(session, [2023, 2024])
    return SmallPlan(session)


@pytest.fixture
def take(plan: SmallPlan, tmp_path: Path) -> Take:
    def taken(value: str, at: datetime = AT, indicator: str = "investment") -> None:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
        path.write_bytes(csv_bytes([HEADINGS, [indicator, "east", "2023-11-30", value]]))
        import_report(plan.session, plan.scheme_id, path, "考核办", at)

    return taken


def asked(plan: SmallPlan, state: RequestState = S.AWAITED) -> Request:
    """The request for the east's investment, brought to a state."""
    period = plan.period(NOVEMBER, DUE)
    request = plan.session.get_one(Request, plan.request(period, plan.invested[plan.east], DUE))
    for act in REACHED[state]:
        move(plan.session, [request], act, Mark("李某", AT))
    assert request.state is state
    return request


def acts(plan: SmallPlan, request: Request) -> list[RequestAct]:
    plan.session.flush()
    return [event.act for event in events_of(plan.session, request.id or 0)]


def test_a_number_answers_its_request(plan: SmallPlan, take: Take) -> None:
    request = asked(plan)
    take("110")
    assert (request.state, request.submitted_at) == (S.SUBMITTED, AT)
    (event,) = events_of(plan.session, request.id or 0)
    (report, *_) = revisions(plan.session, request.target_id, AT)
    assert (event.act, event.report_id, event.actor, event.role) == (A.SUBMIT, report.id, "考核办", None)
    assert event.recorded_at == AT


def test_the_same_number_again_says_nothing_new(plan: SmallPlan, take: Take) -> None:
    request = asked(plan)
    take("110")
    take("110.0", LATER)
    assert acts(plan, request) == [A.SUBMIT]
    assert request.submitted_at == AT


@pytest.mark.parametrize("state", [S.SUBMITTED, S.APPROVED, S.CHECKED])
def test_another_number_begins_the_review_anew(plan: SmallPlan, take: Take, state: RequestState) -> None:
    request = asked(plan)
    take("110")
    for act in REACHED[state][1:]:
        move(plan.session, [request], act, Mark("李某", AT))
    take("111", LATER)
    assert request.state is S.SUBMITTED
    assert acts(plan, request) == [*REACHED[state], A.SUBMIT]
    assert request.submitted_at == AT, "the first number was in time"


@pytest.mark.parametrize("state", [S.AWAITED, S.RETURNED, S.MISSING])
def test_what_is_owed_is_answered_even_when_it_comes_late(plan: SmallPlan, take: Take, state: RequestState) -> None:
    request = asked(plan, state)
    take("110", LATER)
    assert request.state is S.SUBMITTED
    assert acts(plan, request) == [*REACHED[state], A.SUBMIT]
    if state is not S.RETURNED:
        assert request.submitted_at == LATER


@pytest.mark.parametrize("state", [S.SPARED, S.WITHDRAWN, S.CONFIRMED])
def test_what_nobody_owes_stays_as_it_is(plan: SmallPlan, take: Take, state: RequestState) -> None:
    request = asked(plan, state)
    if state is not S.CONFIRMED:  # confirmed numbers are guarded before this
        take("110")
    assert request.state is state
    assert acts(plan, request) == list(REACHED[state])


def test_every_state_is_tried() -> None:
    assert set(REACHED) == set(RequestState)


def test_numbers_nobody_asked_for_are_taken_all_the_same(plan: SmallPlan, take: Take) -> None:
    request = asked(plan)
    take("9", indicator="projects")
    assert request.state is S.AWAITED
    assert acts(plan, request) == []


def test_an_extra_round_about_the_same_day_is_answered_with_it(plan: SmallPlan, take: Take) -> None:
    request = asked(plan)
    extra = plan.period(NOVEMBER, DUE, plan.collection("专项"))
    other = plan.session.get_one(Request, plan.request(extra, request.target_id, DUE))
    take("110")
    assert (request.state, other.state) == (S.SUBMITTED, S.SUBMITTED)
