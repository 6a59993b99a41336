"""临时布置: what is known is not asked for, what is asked for is told once, and all of it can be taken back."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from diaodu.actions.asking import Asked, ask
from diaodu.actions.export_plan import plan_sheets
from diaodu.actions.issuing import issuer_of
from diaodu.actions.notice import Issuer
from diaodu.actions.opening import open_periods
from diaodu.actions.survey import Unknown, Wanted
from diaodu.actions.withdrawal import CannotWithdraw, withdraw
from diaodu.rules.access import Role
from diaodu.rules.asking import AskRefusal
from diaodu.rules.collection import ShortNotice
from diaodu.rules.reminder import Leg, ReminderOutcome
from diaodu.rules.request import RequestAct, RequestState
from diaodu.storage.collection import rhythms
from diaodu.storage.occasion import is_occasion
from diaodu.storage.request import Mark, events_of, move
from diaodu.storage.supply import supply
from models.audit import Audit
from models.collection import Collection
from models.delivery import Delivery
from models.period import Period
from models.reminder import Reminder
from models.request import Request
from models.scheme_version import SchemeVersion
from models.source import Source
from tests.plan import RECORDED
from tests.small_office import Office

DAY, AT, DUE = date(2023, 11, 20), datetime(2023, 11, 21, 1, tzinfo=UTC), date(2023, 11, 24)
R = AskRefusal


@pytest.fixture
def office(session: Session, tmp_path: Path) -> Office:
    office = Office(session, tmp_path, policy=None)
    for unit, name in ((office.plan.east, "东区填报人"), (office.plan.west, "西区填报人")):
        office.person(name, unit, Role.REPORTER, mail=f"{unit}@district.cn")
    return office


def issuer(office: Office, at: datetime = AT) -> Issuer:
    return issuer_of(office.session, office.settings, office.plan.scheme_id, at.date(), at)


def put(
    office: Office, indicators: list[str], units: list[str] | None = None, at: datetime = AT, due: date | None = DUE
) -> Asked:
    wanted = Wanted(indicators, units or [], DAY, due, "市里专项督查")
    return ask(office.session, issuer(office, at), "李某", wanted)


def reasons(done: Asked) -> dict[tuple[str, str], tuple[AskRefusal, ...]]:
    return {(one.indicator, one.unit): one.reasons for one in done.answers}


def letters(office: Office) -> list[tuple[str, str]]:
    found = office.session.exec(select(Delivery).order_by(col(Delivery.id)))
    return [(one.address, one.subject) for one in found]


def test_every_assessed_unit_is_asked_in_a_round_of_its_own_and_told_once(office: Office) -> None:
    done = put(office, ["investment", "开工项目"])
    assert set(reasons(done).values()) == {()}
    period = office.session.exec(select(Period)).one()
    assert (period.id, period.as_of, period.opens, period.unit_due) == (done.period_id, DAY, date(2023, 11, 21), DUE)
    requests = office.session.exec(select(Request)).all()
    assert {(r.unit_id, r.state, r.due) for r in requests} == {
        (unit, RequestState.AWAITED, DUE) for unit in (office.plan.east, office.plan.west)
    }
    assert len(requests) == 4  # the total is shown, never asked
    (event,) = events_of(office.session, requests[0].id or 0)
    assert (event.act, event.actor, event.role, event.reason) == (RequestAct.ASK, "李某", Role.OFFICE, "市里专项督查")
    assert letters(office) == [
        (f"{unit}@district.cn", f"{name}：请于2023年11月24日前报送2项数据（临时报送）")
        for unit, name in ((office.plan.east, "东区"), (office.plan.west, "西区"))
    ]
    assert office.session.exec(select(Audit)).one().action == "request.ask"


def test_what_is_known_is_refused_with_where_it_is_known_from(office: Office) -> None:
    target = office.plan.invested[office.plan.west]
    office.plan.report(target, DAY, "35.9", datetime(2023, 11, 20, 9, tzinfo=UTC), origin="11月.xlsx 第3行")
    done = put(office, ["investment"])
    assert reasons(done) == {("重点项目投资", "东区"): (), ("重点项目投资", "西区"): (R.KNOWN,)}
    assert done.answers[-1].words == "已有该日数据：35.9亿元，来自11月.xlsx 第3行，2023-11-20入库"
    assert len(letters(office)) == 1


def test_a_number_that_was_taken_back_or_comes_later_is_not_known(office: Office) -> None:
    west, east = (office.plan.invested[unit] for unit in (office.plan.west, office.plan.east))
    office.plan.report(west, DAY, 30, datetime(2023, 11, 20, 9, tzinfo=UTC))
    office.plan.report(west, DAY, None, datetime(2023, 11, 20, 10, tzinfo=UTC))
    office.plan.report(east, DAY, 30, datetime(2023, 11, 22, tzinfo=UTC))
    assert set(reasons(put(office, ["investment"])).values()) == {()}


def test_what_a_source_supplies_or_a_round_awaits_is_refused(office: Office) -> None:
    source = Source(scheme_id=office.plan.scheme_id, name="统计局", kind="folder", location="x")
    office.session.add(source)
    office.session.flush()
    supply(office.session, source, [office.plan.projects], RECORDED)
    first = put(office, ["investment"], ["west"])
    again = put(office, ["investment", "projects"], ["west"])
    assert first.period_id is not None
    assert again.period_id is None
    assert [(one.reasons, one.words) for one in again.answers] == [
        ((R.OWED,), "已经布置：临时报送（截至2023-11-20），应于2023-11-24前报送"),
        ((R.SUPPLIED,), "由数据源供数：统计局"),
    ]
    assert len(letters(office)) == 1


def test_a_unit_without_the_target_is_named_and_others_are_asked(office: Office) -> None:
    done = put(office, ["projects"], ["total", "east"])
    assert reasons(done) == {("开工项目", "东区"): (), ("开工项目", "合计"): (R.NO_TARGET,)}


def test_names_that_mean_nobody_are_all_named_and_nothing_is_asked(office: Office) -> None:
    with pytest.raises(Unknown) as unknown:
        put(office, ["investmnet", "projects"], ["weast"])
    assert "investmnet：没有这个指标；相近的有：investment" in str(unknown.value)
    assert "weast：没有这个单位" in str(unknown.value)
    assert office.session.exec(select(Period)).all() == []


def test_short_notice_is_refused_or_remarked_on_as_the_scheme_says(office: Office) -> None:
    version = office.session.exec(select(SchemeVersion)).one()
    version.minimum_lead = 5
    (answer,) = put(office, ["investment"], ["west"]).answers
    assert (answer.asked, answer.words) == (True, "提前量不足：距时限3个工作日，至少应提前5个工作日")
    version.short_notice = ShortNotice.REFUSE
    (answer,) = put(office, ["projects"], ["west"]).answers
    assert answer.reasons == (R.SHORT_NOTICE,)
    assert put(office, ["projects"], ["west"], due=None).due == date(2023, 11, 28)  # five working days ahead


def test_what_would_take_a_unit_over_the_weeks_cap_is_refused(office: Office) -> None:
    office.session.exec(select(SchemeVersion)).one().most_requests = 1
    done = put(office, ["investment", "projects"], ["west"])
    assert [one.words for one in done.answers] == ["", "超过每周上限：每周最多1项"]
    next_week = put(office, ["projects"], ["west"], datetime(2023, 11, 27, 1, tzinfo=UTC), date(2023, 12, 4))
    assert next_week.answers[0].asked


def test_the_ask_stands_for_the_reminder_of_the_same_day(office: Office) -> None:
    put(office, ["investment"], ["west"])  # due in three working days: T-3 is today
    row = office.session.exec(select(Reminder)).one()
    assert (row.offset, row.outcome, row.planned_on) == (-3, ReminderOutcome.MERGED, date(2023, 11, 21))
    mine = select(Reminder.outcome).where(Reminder.period_id == row.period_id)
    office.remind(date(2023, 11, 21), DAY, hour=2)
    assert list(office.session.exec(mine)) == [ReminderOutcome.MERGED]
    office.remind(date(2023, 11, 23), DAY)
    assert list(office.session.exec(mine)) == [ReminderOutcome.MERGED, ReminderOutcome.SENT]


def test_a_round_asked_for_never_asks_for_more_by_itself_and_closes_as_others_do(office: Office) -> None:
    done = put(office, ["investment"], ["west"])
    scheme_id = office.plan.scheme_id
    open_periods(office.session, scheme_id, DAY, DUE, datetime(2023, 11, 24, 1, tzinfo=UTC), DAY)
    mine = office.session.exec(select(Request).where(Request.period_id == done.period_id)).all()
    assert len(mine) == 1
    assert set(rhythms(office.session, scheme_id, DUE, AT)) == {None}
    office.remind(date(2023, 12, 29), DAY)
    assert office.session.exec(select(Request.state).where(Request.id == mine[0].id)).one() == RequestState.MISSING


def test_an_ask_is_no_part_of_the_plan_and_a_second_one_of_the_day_has_its_own_round(office: Office) -> None:
    first, second = put(office, ["investment"], ["west"]), put(office, ["projects"], ["west"])
    assert first.period_id != second.period_id
    codes = sorted(office.session.exec(select(Collection.code)))
    assert codes == ["ask-20231120-1", "ask-20231120-2"]
    assert [is_occasion(code) for code in (*codes, "ask-week", "weekly")] == [True, True, False, False]
    plan = plan_sheets(office.session, office.plan.scheme_id, DUE, AT)
    assert "collections" not in {kind.key for kind, _rows in plan}


def test_a_round_of_the_calendar_does_not_ask_again_for_what_was_asked_before(office: Office) -> None:
    end = date(2023, 11, 30)
    ask(office.session, issuer(office), "李某", Wanted(["projects"], ["west"], end, date(2023, 12, 8), "提前要"))
    opens = date(2023, 12, 1)
    open_periods(office.session, office.plan.scheme_id, end, opens, datetime(2023, 12, 1, tzinfo=UTC), opens)
    asked = office.session.exec(select(Request).where(Request.target_id == office.plan.started[office.plan.west])).all()
    assert sorted(one.state for one in asked) == [RequestState.AWAITED, RequestState.SPARED]


def test_what_is_withdrawn_is_no_longer_owed_and_the_unit_hears_of_it(office: Office) -> None:
    put(office, ["investment"])
    first, second = office.session.exec(select(Request).order_by(col(Request.id))).all()
    withdraw(office.session, issuer(office), "李某", [first.id or 0, second.id or 0], "市里已取消")
    assert {first.state, second.state} == {RequestState.WITHDRAWN}
    assert [subject for _, subject in letters(office)[2:]] == ["东区：1项数据不必再报", "西区：1项数据不必再报"]
    mine = select(Reminder.id).where(Reminder.period_id == first.period_id)
    before = list(office.session.exec(mine))
    office.remind(date(2023, 11, 27), DAY)
    assert list(office.session.exec(mine)) == before
    assert put(office, ["investment"], ["west"]).answers[0].asked  # it may be asked for again


def test_what_has_come_cannot_be_withdrawn_and_then_nothing_is(office: Office) -> None:
    put(office, ["investment"])
    first, second = office.session.exec(select(Request).order_by(col(Request.id))).all()
    move(office.session, [first], RequestAct.SUBMIT, Mark("王某", AT))
    with pytest.raises(CannotWithdraw) as refused:
        withdraw(office.session, issuer(office), "李某", [first.id or 0, second.id or 0, 99], "市里已取消")
    assert [(one.id, one.state) for one in refused.value.kept] == [(first.id, RequestState.SUBMITTED), (99, None)]
    assert second.state is RequestState.AWAITED
    assert {row.leg for row in office.session.exec(select(Reminder))} == {Leg.UNIT}
