"""Opening: every round once, every number once, and none that is known or supplied."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from diaodu.actions.amending import CLOCK
from diaodu.actions.opening import open_periods
from diaodu.rules.request import RequestAct, RequestState
from diaodu.storage.holiday import seed
from diaodu.storage.request import events_of, requests_of
from diaodu.storage.supply import settle
from diaodu.storage.supply import supply as supply_by
from models.closure import Closure
from models.period import Period
from models.report import Report
from models.request import Request
from models.source import Source
from tests.plan import RECORDED, SmallPlan

NOVEMBER, BEGUN, TODAY = date(2023, 11, 30), date(2023, 11, 8), date(2023, 12, 1)
AT = datetime(2023, 12, 1, tzinfo=UTC)


@pytest.fixture
def plan(session: Session) -> SmallPlan:
    seed(session, [2023, 2024])
    return SmallPlan(session)


def open_(plan: SmallPlan, day: date = NOVEMBER, today: date = TODAY, at: datetime = AT, since: date = TODAY) -> None:
    open_periods(plan.session, plan.scheme_id, day, today, at, since)


def asked(plan: SmallPlan) -> dict[tuple[date, int], RequestState]:
    found = plan.session.exec(
        select(Period.as_of, Request.target_id, Request.state).where(Period.id == Request.period_id)
    )  # type: ignore[call-overload]
    return {(as_of, target): state for as_of, target, state in found}


def reasons(plan: SmallPlan, as_of: date = NOVEMBER) -> dict[int, str | None]:
    period = plan.session.exec(select(Period).where(Period.as_of == as_of)).one()
    return {
        r.target_id: events_of(plan.session, r.id or 0)[-1].reason for r in requests_of(plan.session, period.id or 0)
    }


def test_a_round_asks_the_assessed_units_for_what_is_due(plan: SmallPlan) -> None:
    (period,) = open_periods(plan.session, plan.scheme_id, NOVEMBER, TODAY, AT, TODAY)
    assert (period.as_of, period.opens, period.unit_due) == (NOVEMBER, TODAY, date(2023, 12, 7))
    assert (period.provisional, period.opened_at, period.closed_at) == (False, AT, None)
    requests = requests_of(plan.session, period.id or 0)
    assert [r.target_id for r in requests] == [
        plan.invested[plan.east],
        plan.invested[plan.west],
        plan.started[plan.east],
        plan.started[plan.west],
    ]
    assert {(r.state, r.due, r.fields, r.asked_at) for r in requests} == {
        (RequestState.AWAITED, date(2023, 12, 7), 1, AT)
    }
    (event,) = events_of(plan.session, requests[0].id or 0)
    assert (event.act, event.to_state, event.actor, event.role) == (RequestAct.ASK, RequestState.AWAITED, CLOCK, None)


def test_opening_again_changes_nothing(plan: SmallPlan) -> None:
    open_(plan)
    before = asked(plan)
    assert open_periods(plan.session, plan.scheme_id, NOVEMBER, TODAY, AT, TODAY) == []
    assert asked(plan) == before
    assert len(before) == 4


def test_a_scheme_begun_in_mid_year_opens_the_newest_round_and_then_every_one(plan: SmallPlan) -> None:
    open_(plan, date(2023, 10, 31), BEGUN, datetime(2023, 11, 8, tzinfo=UTC), since=BEGUN)
    assert {as_of for as_of, _ in asked(plan)} == {date(2023, 10, 31)}
    late = datetime(2024, 1, 5, tzinfo=UTC)
    open_(plan, date(2023, 12, 31), date(2024, 1, 5), late, since=BEGUN)
    assert {as_of for as_of, _ in asked(plan)} == {date(2023, 10, 31), NOVEMBER, date(2023, 12, 31)}


def test_what_is_known_already_is_not_asked_for_and_it_says_where_it_stands(plan: SmallPlan) -> None:
    plan.report(plan.invested[plan.east], NOVEMBER, 110, AT, origin="11月.xlsx 第3行")
    plan.report(plan.started[plan.east], NOVEMBER, 9, datetime(2023, 12, 2, tzinfo=UTC))  # not known yet
    open_(plan)
    states = asked(plan)
    assert states[NOVEMBER, plan.invested[plan.east]] is RequestState.SPARED
    assert states[NOVEMBER, plan.started[plan.east]] is RequestState.AWAITED
    assert reasons(plan)[plan.invested[plan.east]] == "已有该日数据：11月.xlsx 第3行"


def test_a_number_that_was_taken_back_is_asked_for(plan: SmallPlan) -> None:
    target = plan.invested[plan.east]
    plan.report(target, NOVEMBER, 110, datetime(2023, 11, 30, 20, tzinfo=UTC))
    plan.session.add(
        Report(target_id=target, as_of=NOVEMBER, value=None, recorded_at=AT, origin="退回", recorded_by="李某")
    )
    plan.session.flush()
    open_(plan)
    assert asked(plan)[NOVEMBER, target] is RequestState.AWAITED


def test_what_a_source_supplies_is_not_asked_for(plan: SmallPlan) -> None:
    for name, active, indicator in (("统计局", True, plan.investment), ("停用", False, plan.projects)):
        source = Source(scheme_id=plan.scheme_id, name=name, kind="folder", location="x", active=active)
        plan.session.add(source)
        plan.session.flush()
        supply_by(plan.session, source, [indicator], RECORDED)
    open_(plan)
    states = {target: state for (_, target), state in asked(plan).items()}
    assert {states[target] for target in plan.invested.values() if target in states} == {RequestState.SPARED}
    assert {states[target] for target in plan.started.values()} == {RequestState.AWAITED}
    assert reasons(plan)[plan.invested[plan.west]] == "由数据源“统计局”供数"


def test_a_unit_with_its_own_calendar_owes_on_its_own_day(plan: SmallPlan) -> None:
    plan.session.add(Closure(unit_id=plan.west, day=date(2023, 12, 6), workday=False, name="搬迁"))
    open_(plan)
    period = plan.session.exec(select(Period)).one()
    dues = {r.unit_id: r.due for r in requests_of(plan.session, period.id or 0)}
    assert dues == {plan.east: date(2023, 12, 7), plan.west: date(2023, 12, 8)}


def test_a_collection_asks_for_its_own_indicators_only(plan: SmallPlan) -> None:
    weekly = plan.collection("weekly")
    plan.define(plan.projects, name="开工项目", collection_id=weekly)
    open_(plan, date(2023, 12, 3), date(2023, 12, 4), datetime(2023, 12, 4, tzinfo=UTC), since=date(2023, 12, 1))
    by_day: dict[date, set[int]] = {}
    for as_of, target in asked(plan):
        by_day.setdefault(as_of, set()).add(target)
    projects = set(plan.started.values())
    monthly = {plan.invested[plan.east], plan.invested[plan.west]}
    assert by_day == {
        NOVEMBER: monthly,
        date(2023, 11, 26): projects,
        date(2023, 12, 3): projects,
    }


def test_what_is_not_due_is_not_asked_for(plan: SmallPlan) -> None:
    north = plan.unit("north", "城区")
    plan.target(plan.investment, north, None)  # nothing set
    begins_later = plan.target(plan.projects, north, 5, start=date(2023, 12, 1))
    milestones_only = plan.target(plan.indicator("reform"), north, None)
    plan.milestones(milestones_only, [(date(2023, 12, 31), 1)])
    open_(plan)
    states = {target for _, target in asked(plan)}
    assert begins_later not in states
    assert milestones_only in states
    assert len(states) == 5


def test_a_target_set_after_the_opening_is_asked_for_too(plan: SmallPlan) -> None:
    open_(plan)
    late = plan.target(plan.indicator("late"), plan.east, 5)
    open_(plan, at=datetime(2023, 12, 4, tzinfo=UTC))
    assert asked(plan)[NOVEMBER, late] is RequestState.AWAITED


def test_no_number_is_asked_for_twice(plan: SmallPlan) -> None:
    target = plan.invested[plan.east]
    extra = plan.period(NOVEMBER, date(2023, 12, 5), plan.collection("专项", active=False))
    plan.request(extra, target, date(2023, 12, 5))
    open_(plan)
    period = plan.session.exec(select(Period).where(Period.collection_id == None)).one()  # noqa: E711
    states = {r.target_id: r.state for r in requests_of(plan.session, period.id or 0)}
    assert states[target] is RequestState.SPARED
    assert states[plan.invested[plan.west]] is RequestState.AWAITED


def test_a_closed_round_asks_for_nothing_more(plan: SmallPlan) -> None:
    open_(plan)
    period = plan.session.exec(select(Period)).one()
    period.closed_at = AT
    plan.target(plan.indicator("late"), plan.east, 5)
    open_(plan)
    assert len(asked(plan)) == 4


TOMORROW = datetime(2023, 12, 4, tzinfo=UTC)


def acts(plan: SmallPlan, target: int) -> list[tuple[RequestAct, str | None]]:
    """What was done to the first request for a target."""
    asked = select(Request).where(Request.target_id == target).order_by(col(Request.id))
    request = plan.session.exec(asked).all()[0]
    return [(event.act, event.reason) for event in events_of(plan.session, request.id or 0)]


def withdraw(plan: SmallPlan) -> None:
    plan.retarget(plan.invested[plan.east], None)


def move_elsewhere(plan: SmallPlan) -> None:
    weekly = plan.collection("周报")
    plan.define(plan.investment, name="重点项目投资", collection_id=weekly)


def leave(plan: SmallPlan) -> None:
    plan.rename_unit(plan.east, "东区", None, ranked=False)


@pytest.mark.parametrize("change", [withdraw, move_elsewhere, leave])
def test_what_is_no_longer_due_is_withdrawn(plan: SmallPlan, change: Callable[[SmallPlan], None]) -> None:
    open_(plan)
    change(plan)
    for _ in range(2):
        open_(plan, at=TOMORROW)
    assert acts(plan, plan.invested[plan.east])[1:] == [(RequestAct.WITHDRAW, "该目标本期不再需要报送")]
    assert acts(plan, plan.started[plan.west]) == [(RequestAct.ASK, None)]


def test_an_extra_round_keeps_what_it_asks_for_as_long_as_there_is_a_target(plan: SmallPlan) -> None:
    extra = plan.period(NOVEMBER, date(2023, 12, 5), plan.collection("专项", active=False))
    kept = plan.request(extra, plan.invested[plan.west], date(2023, 12, 5))
    total = plan.request(extra, plan.invested[plan.total], date(2023, 12, 5))  # not assessed, but asked
    lost = plan.request(extra, plan.invested[plan.east], date(2023, 12, 5))
    withdraw(plan)
    open_(plan)
    states = {number: plan.session.get_one(Request, number).state for number in (kept, total, lost)}
    assert states == {kept: RequestState.AWAITED, total: RequestState.AWAITED, lost: RequestState.WITHDRAWN}


def test_a_source_found_for_what_is_asked_spares_it(plan: SmallPlan) -> None:
    open_(plan)
    supply(plan)
    open_(plan, at=TOMORROW)
    spared = (RequestAct.SPARE, "由数据源“统计局”供数")
    assert [acts(plan, plan.invested[unit])[1:] for unit in (plan.east, plan.west)] == [[spared], [spared]]
    assert acts(plan, plan.started[plan.west]) == [(RequestAct.ASK, None)]


def test_what_a_source_gives_no_more_is_asked_for_after_all(plan: SmallPlan) -> None:
    source = supply(plan)
    plan.report(plan.invested[plan.west], NOVEMBER, 10, recorded_at=AT - timedelta(hours=1))
    open_(plan)
    source.active = False
    settle(plan.session, source, TOMORROW)
    open_(plan, at=TOMORROW)
    assert [act for act, _ in acts(plan, plan.invested[plan.east])] == [RequestAct.SPARE, RequestAct.ASK]
    assert [act for act, _ in acts(plan, plan.invested[plan.west])] == [RequestAct.SPARE]
    request = plan.session.exec(select(Request).where(Request.target_id == plan.invested[plan.east])).one()
    assert request.asked_at == TOMORROW


def test_knowledge_of_the_past_withdraws_nothing_that_was_asked_later(plan: SmallPlan) -> None:
    open_(plan)
    plan.recorded_at = AT + timedelta(hours=1)
    late = plan.target(plan.indicator("late"), plan.east, 5)
    open_(plan, at=TOMORROW)
    open_(plan, at=AT)
    assert acts(plan, late) == [(RequestAct.ASK, None)]


def test_a_known_number_taken_back_after_the_opening_is_asked_for(plan: SmallPlan) -> None:
    plan.report(plan.invested[plan.east], NOVEMBER, 10, recorded_at=AT - timedelta(hours=1))
    open_(plan)
    plan.report(plan.invested[plan.east], NOVEMBER, None, recorded_at=TOMORROW - timedelta(hours=1))
    open_(plan, at=TOMORROW)
    assert [act for act, _ in acts(plan, plan.invested[plan.east])] == [RequestAct.SPARE, RequestAct.ASK]


def supply(plan: SmallPlan) -> Source:
    source = Source(scheme_id=plan.scheme_id, name="统计局", kind="folder", location="/")
    plan.session.add(source)
    plan.session.flush()
    supply_by(plan.session, source, [plan.investment], RECORDED)
    return source
