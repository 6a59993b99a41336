"""Numbers go from hand to hand, all or none; what is returned is owed again, and what is confirmed is locked."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from diaodu.actions.assess import assess
from diaodu.actions.import_report import take_reports
from diaodu.actions.review import Refused
from diaodu.rules.access import Actor, Role
from diaodu.rules.request import RequestAct, RequestState
from diaodu.sources.fault import Faults
from diaodu.sources.plan import read_reports
from diaodu.storage.audit import verify
from models.audit import Audit
from models.request import Request
from models.source import Source
from tests.plan_file import csv_bytes
from tests.reviewing import CAME, DUE, LATER, LEAD, MUCH_LATER, NOVEMBER, OFFICE, REVIEWER, Reviewing

A, S = RequestAct, RequestState


@pytest.fixture
def house(session: Session, tmp_path: Path) -> Reviewing:
    return Reviewing(session, tmp_path)


def written(house: Reviewing) -> tuple[int, int, int]:
    """How many steps, revisions and lines of the audit there are."""
    return len(house.life()), len(house.numbers()), len(house.session.exec(select(Audit)).all())


def judged(house: Reviewing, unit: str, at: datetime = MUCH_LATER) -> tuple[str, int | None, str | None]:
    """State, value and level of November's investment as known at a moment."""
    frame = assess(house.session, house.office.plan.scheme_id, NOVEMBER, at).frame
    rows = frame.filter((frame["unit"] == unit) & (frame["indicator"] == "investment"))
    (row,) = rows.select("state", "actual", "level").iter_rows()
    return row


def test_a_number_goes_from_hand_to_hand(house: Reviewing) -> None:
    house.take("110")
    house.do(A.APPROVE, REVIEWER, reason=None)
    house.do(A.CHECK, LEAD, reason=None)
    house.do(A.CONFIRM, OFFICE, reason=None)
    assert house.request().state is S.CONFIRMED
    assert [(event.act, event.actor, event.role) for event in house.life()] == [
        (A.SUBMIT, "王某", None),
        (A.APPROVE, "赵某", Role.REVIEWER),
        (A.CHECK, "钱某", Role.LEAD),
        (A.CONFIRM, "李某", Role.OFFICE),
    ]
    assert {event.report_id for event in house.life()} == {house.numbers()[0].id}


def test_a_step_stands_in_the_audit_with_what_was_gone_past(house: Reviewing) -> None:
    house.take("110")
    house.do(A.CONFIRM, OFFICE, reason=None)
    row = house.session.exec(select(Audit).where(Audit.action == "request.confirm")).one()
    assert (row.actor, row.subject) == ("李某", f"request {house.asked['east']}")
    request = {"id": house.asked["east"], "from": "submitted", "to": "confirmed", "skipped": ["approve", "check"]}
    assert json.loads(row.detail) == {"role": "office", "reason": None, "requests": [request]}
    assert verify(house.session) is None


def test_all_numbers_named_are_done_or_none_and_every_refusal_is_listed(house: Reviewing) -> None:
    house.take("110")
    house.take("60", "west", actor="孙某")
    with pytest.raises(Refused) as refused:
        house.do(A.CONFIRM, Actor("王某", Role.OFFICE), "east", "west")
    (reason,) = refused.value.reasons
    assert reason.startswith(f"报送事项 {house.asked['east']}（东区 重点项目投资 2023-11-30）：")
    assert reason.endswith("谁填报谁不审核：王某报送了这个数，不能由本人审定。")
    house.do(A.CONFIRM, OFFICE, "west")
    with pytest.raises(Refused) as refused:
        house.do(A.APPROVE, Actor("王某", Role.REVIEWER, "east"), "east", "west")
    assert len(refused.value.reasons) == 2
    assert house.request("east").state is S.SUBMITTED
    house.do(A.CONFIRM, OFFICE, "east")
    assert {house.request(unit).state for unit in house.asked} == {S.CONFIRMED}


def test_what_does_not_exist_is_said_with_the_rest(house: Reviewing) -> None:
    house.asked["none"] = 999
    with pytest.raises(Refused) as refused:
        house.do(A.CONFIRM, OFFICE, "none", "east")
    unknown, awaited = refused.value.reasons
    assert unknown == "没有编号为 999 的报送事项。"
    assert awaited.endswith("现为“待报”，不能审定。")


def test_a_returned_number_is_missing_and_never_zero(house: Reviewing) -> None:
    house.take("110")
    assert judged(house, "east") == ("reported", 110_000_000, "green")
    house.do(A.RETURN)
    assert judged(house, "east", LATER) == ("awaited", None, None), "the deadline has not passed"
    assert judged(house, "east") == ("not_reported", None, None)
    assert judged(house, "east", CAME) == ("reported", 110_000_000, "green"), "as known then"
    newest, first = house.numbers()
    assert (newest.value, newest.origin, newest.recorded_by) == (None, "退回：与统计局不符", "李某")
    assert first.value == 110_000_000


def test_a_returned_number_does_not_let_an_older_day_speak_for_it(house: Reviewing) -> None:
    house.take("110")
    house.do(A.RETURN)
    frame = assess(house.session, house.office.plan.scheme_id, NOVEMBER, MUCH_LATER).frame
    east = frame.filter((frame["unit"] == "east") & (frame["indicator"] == "investment"))
    assert east["rank"].to_list() == [None]
    assert east["previous_actual"].to_list() == [105_500_000], "October's own number stands"


def test_the_reporter_hears_why(house: Reviewing) -> None:
    house.take("110")
    house.do(A.RETURN)
    (letter,) = house.letters()
    assert letter.address == "reporter@east.cn"
    assert letter.subject == "东区：1项数据退回，请修改后重报"
    for said in ("截至11月30日的重点项目投资", "退回理由：与统计局不符", "不作零处理"):
        assert said in letter.text
        assert said in letter.html


def test_numbers_returned_together_are_one_message_a_unit(house: Reviewing) -> None:
    house.office.person("孙某", house.office.plan.west, Role.REPORTER, mail="reporter@west.cn")
    house.take("110")
    house.take("60", "west")
    house.do(A.RETURN, OFFICE, "east", "west")
    assert [letter.address for letter in house.letters()] == ["reporter@east.cn", "reporter@west.cn"]


def test_the_same_number_again_answers_what_was_returned(house: Reviewing) -> None:
    house.take("110")
    house.do(A.RETURN)
    house.take("110.0", at=LATER + timedelta(hours=1))
    assert house.request().state is S.SUBMITTED
    assert judged(house, "east") == ("reported", 110_000_000, "green")
    assert [report.value for report in house.numbers()] == [110_000_000, None, 110_000_000]


def test_reminders_begin_anew_from_the_day_of_the_return(house: Reviewing) -> None:
    house.take("110")
    house.take("60", "west")
    house.do(A.RETURN, at=MUCH_LATER)
    sent = len(house.letters())
    told = [house.office.remind((MUCH_LATER + timedelta(days=n)).date(), NOVEMBER) for n in range(1, 5)]
    assert sum(one.sent + one.letters for one in told) > 0
    assert any("已退回：与统计局不符" in letter.text for letter in house.letters()[sent:])


def test_a_number_that_two_rounds_wait_for_is_returned_to_both(house: Reviewing) -> None:
    plan = house.office.plan
    extra = plan.period(NOVEMBER, DUE, plan.collection("专项"))
    other = house.session.get_one(Request, plan.request(extra, plan.invested[plan.east], DUE))
    house.take("110")
    assert other.state is S.SUBMITTED
    house.do(A.RETURN)
    assert (house.request().state, other.state) == (S.RETURNED, S.RETURNED)
    assert len(house.letters()) == 1
    assert len(house.numbers()) == 2


def test_a_number_confirmed_in_one_round_is_not_returned_in_another(house: Reviewing) -> None:
    plan = house.office.plan
    extra = plan.period(NOVEMBER, DUE, plan.collection("专项"))
    house.asked["extra"] = plan.request(extra, plan.invested[plan.east], DUE)
    house.take("110")
    house.do(A.CONFIRM, OFFICE, "extra")
    with pytest.raises(Refused, match="已审定；请申请更正。"):
        house.do(A.RETURN)
    assert house.numbers()[0].value == 110_000_000


def test_a_new_number_for_a_confirmed_day_is_a_fault(house: Reviewing) -> None:
    house.take("110")
    house.do(A.CONFIRM)
    with pytest.raises(Faults, match="已审定，不能改动；请申请更正"):
        house.take("111", at=MUCH_LATER)
    assert [report.value for report in house.numbers()] == [110_000_000]
    assert house.request().state is S.CONFIRMED


def test_a_new_number_dated_back_is_a_fault_too(house: Reviewing) -> None:
    house.take("110")
    house.do(A.CONFIRM)
    path = house.home / "back.csv"
    heads = ["指标", "单位", "截至日", "累计完成", "recorded_at"]
    path.write_bytes(csv_bytes([heads, ["investment", "east", "2023-11-30", "90", "2023-12-01"]]))
    with pytest.raises(Faults, match="已审定"):
        take_reports(house.session, house.office.plan.scheme_id, read_reports(path), "王某", MUCH_LATER)


def test_the_same_number_with_a_new_note_is_taken(house: Reviewing) -> None:
    house.take("110")
    house.do(A.CONFIRM)
    path = house.home / "note.csv"
    heads = ["指标", "单位", "截至日", "累计完成", "进展"]
    path.write_bytes(csv_bytes([heads, ["investment", "east", "2023-11-30", "110", "主体封顶"]]))
    take_reports(house.session, house.office.plan.scheme_id, read_reports(path), "王某", MUCH_LATER)
    assert (house.numbers()[0].value, house.numbers()[0].note) == (110_000_000, "主体封顶")
    assert house.request().state is S.CONFIRMED


def read(house: Reviewing, at: datetime, **values: str) -> None:
    """A source says these numbers of November."""
    scheme_id = house.office.plan.scheme_id
    source = house.session.exec(select(Source).where(Source.name == "统计局")).first()
    if source is None:
        source = Source(scheme_id=scheme_id, name="统计局", kind="folder", location=str(house.home), created_at=CAME)
        house.session.add(source)
        house.session.flush()
    path = house.home / f"source {at:%d%H}.csv"
    rows = [["investment", unit, "2023-11-30", value] for unit, value in values.items()]
    path.write_bytes(csv_bytes([["指标", "单位", "截至日", "累计完成"], *rows]))
    take_reports(house.session, scheme_id, read_reports(path), "系统", at, source.id)


def test_a_source_that_says_otherwise_changes_nothing_and_goes_on(house: Reviewing) -> None:
    house.take("110")
    house.do(A.CONFIRM)
    read(house, MUCH_LATER, east="95", west="61")
    assert house.numbers("east")[0].value == 110_000_000
    assert house.numbers("west")[0].value == 61_000_000


def test_a_source_that_only_repeats_what_was_returned_does_not_undo_the_return(house: Reviewing) -> None:
    read(house, CAME, east="110")
    house.do(A.RETURN)
    read(house, LATER + timedelta(hours=1), east="110", west="61")
    assert house.request().state is S.RETURNED
    assert house.numbers("east")[0].value is None
    assert house.numbers("west")[0].value == 61_000_000


def test_another_number_of_the_source_and_the_same_of_the_unit_answer_what_was_returned(house: Reviewing) -> None:
    read(house, CAME, east="110", west="61")
    house.do(A.RETURN, OFFICE, "east", "west")
    read(house, LATER + timedelta(hours=1), east="111")
    house.take("61", "west", LATER + timedelta(hours=1))
    assert {house.request(unit).state for unit in house.asked} == {S.SUBMITTED}


@pytest.mark.parametrize("state", [S.AWAITED, S.CONFIRMED])
def test_nothing_is_written_when_it_is_refused(house: Reviewing, state: RequestState) -> None:
    if state is S.CONFIRMED:
        house.take("110")
        house.do(A.CONFIRM)
    before = written(house)
    with pytest.raises(Refused):
        house.do(A.RETURN)
    assert written(house) == before
    assert house.letters() == []
