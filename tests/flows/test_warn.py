"""提醒预警 from verdicts to messages, on both databases."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from diaodu.rules.access import Role
from diaodu.rules.notice import from_json
from diaodu.rules.routing import NoticeKind
from diaodu.rules.warning import Cause, WarningState
from tests.small_office import IN_DECEMBER, IN_NOVEMBER, NOV, OCT, Office

S = WarningState


@pytest.fixture
def office(session: Session, tmp_path: Path) -> Office:
    return Office(session, tmp_path)


def test_a_lag_opens_a_warning_and_tells_the_unit(office: Office) -> None:
    office.person("王某", office.plan.west, mail="west@example.cn")
    warned = office.warn()
    (warning,) = office.warnings()
    assert (warning.target_id, warning.rule) == (office.plan.invested[office.plan.west], "lamps")
    assert (warning.state, warning.level, warning.reply_due) == (S.ISSUED, "yellow", date(2023, 11, 13))
    (event,) = office.events()
    assert (event.cause, event.as_of, event.recorded_at) == (Cause.OPENED, OCT, IN_NOVEMBER)
    (notice,) = office.notices()
    assert (notice.kind, notice.number, notice.reply_due) == (
        NoticeKind.WARNING,
        "某考办预警〔2023〕1号",
        date(2023, 11, 13),
    )
    body = from_json(notice.body)
    (item,) = body.items
    assert (item.required, item.actual, item.gap) == (
        "66.7亿元（83.3%）",
        "50.0亿元（62.5%）",
        "低于序时进度20.8个百分点",
    )
    assert item.words == "截至10月31日完成重点项目投资50.0亿元，完成年度目标的62.5%，低于序时进度20.8个百分点，亮黄灯。"
    assert body.demand.endswith("并于2023年11月13日前签收并书面回复。")
    assert warned.notices == (body,)
    mail = next(letter for letter in office.letters() if letter.notice_id == notice.id)
    assert (mail.channel, mail.address) == ("mail", "west@example.cn")
    assert mail.subject == "预警通知单：西区 1项（某考办预警〔2023〕1号）"
    assert item.words in mail.text
    assert item.words in mail.html


def test_a_late_report_is_chased_and_never_a_colour(office: Office) -> None:
    office.warn()
    office.remind(date(2023, 11, 8))
    assert not [n for n in office.notices() if n.kind is NoticeKind.CHASE]  # it is asked for today
    office.remind(date(2023, 11, 9))
    chase = next(n for n in office.notices() if n.kind is NoticeKind.CHASE)
    body = from_json(chase.body)
    assert (chase.unit_id, chase.as_of, chase.reply_due) == (office.plan.west, OCT, None)
    assert [item.indicator for item in body.items] == ["开工项目"]
    assert [item.colour for item in body.items] == [None]
    assert "灯" not in json.dumps(chase.body, ensure_ascii=False)
    assert body.items[0].words.endswith("，已逾期2个工作日。")
    assert office.plan.started[office.plan.west] not in {w.target_id for w in office.warnings()}


def test_the_same_data_again_change_nothing(office: Office) -> None:
    office.person("李某", role=Role.OFFICE, mail="office@example.cn")
    office.warn()
    rows = office.rows()
    again = office.warn()
    assert office.rows() == rows
    assert again.causes == {
        Cause.UNCHANGED: 1,
        Cause.FINE: 2,
        Cause.DATA_LATE: 1,
        Cause.SHOWN_ONLY: 1,
    }
    later = office.warn(known_at=IN_NOVEMBER + timedelta(hours=5))
    assert (office.rows(), later.causes) == (rows, again.causes)


def test_a_worse_level_waits_for_a_person_and_a_recovered_one_is_closed(office: Office) -> None:
    office.warn()
    office.answer()
    office.report(office.plan.west, NOV, "40")
    warned = office.warn(NOV, IN_DECEMBER)
    assert warned.causes[Cause.WORSENED] == 1
    (warning,) = office.warnings()
    assert (warning.state, warning.level, warning.severity) == (S.PROPOSED, "red", 3)
    assert warned.notices == ()
    office.report(office.plan.west, NOV, "78", IN_DECEMBER + timedelta(days=1))
    office.warn(NOV, IN_DECEMBER + timedelta(days=2))
    (warning,) = office.warnings()
    assert (warning.state, warning.closed_at) == (S.CLOSED, IN_DECEMBER + timedelta(days=2))
    assert [e.cause for e in office.events()] == [
        Cause.OPENED,
        Cause.BY_PERSON,
        Cause.BY_PERSON,
        Cause.WORSENED,
        Cause.RECOVERED,
    ]


def test_an_unanswered_notice_climbs(office: Office) -> None:
    office.warn()
    on_the_day, after = (datetime(2023, 11, day, 1, tzinfo=UTC) for day in (13, 14))
    assert office.warn(known_at=on_the_day).causes[Cause.LADDER] == 0
    assert office.warn(known_at=after).causes[Cause.LADDER] == 1
    (warning,) = office.warnings()
    assert (warning.state, warning.level, warning.floor) == (S.PROPOSED, "red", 3)
    rows = office.rows()
    assert office.warn(known_at=after).causes[Cause.LADDER] == 0
    assert office.rows() == rows


def test_an_earlier_day_run_late_moves_nothing(office: Office) -> None:
    office.report(office.plan.west, NOV, "40")
    office.warn(NOV, IN_DECEMBER)
    rows = office.rows()
    assert office.warn(OCT, IN_NOVEMBER).causes[Cause.SUPERSEDED] == 1
    warnings, events, _, _ = office.rows()
    assert (warnings, events) == rows[:2]


def test_a_unit_gets_one_notice_with_all_its_items(office: Office) -> None:
    office.plan.report(office.plan.started[office.plan.west], OCT, 5)
    office.warn()
    (notice,) = office.notices()
    assert [item.indicator for item in from_json(notice.body).items] == ["重点项目投资", "开工项目"]


def test_totals_are_neither_warned_nor_chased(office: Office) -> None:
    office.report(office.plan.total, OCT, "20", datetime(2023, 11, 1, tzinfo=UTC))
    assert office.warn().causes[Cause.SHOWN_ONLY] == 1
    assert {n.unit_id for n in office.notices()} == {office.plan.west}


def test_without_a_policy_nobody_is_warned(session: Session, tmp_path: Path) -> None:
    office = Office(session, tmp_path, policy=None)
    assert office.warn().causes == {}
    assert office.notices() == []


def test_the_office_hears_once_what_moved_and_what_awaits_it(office: Office) -> None:
    office.report(office.plan.west, OCT, "20", datetime(2023, 11, 1, tzinfo=UTC))
    office.person("李某", role=Role.OFFICE, mail="office@example.cn")
    office.warn()
    told = [letter for letter in office.letters() if letter.notice_id is None]
    assert [(letter.channel, letter.address) for letter in told] == [("mail", "office@example.cn")]
    assert told[0].subject == "高质量发展考核：截至2023年10月31日的预警，1项待审核"
    assert f"{office.warnings()[0].id}. 西区【红灯】截至10月31日完成重点项目投资20.0亿元" in told[0].text


def test_whom_nobody_can_reach_gets_it_in_the_inbox_and_the_office_on_its_console(office: Office) -> None:
    office.warn()
    assert {(letter.channel, letter.address) for letter in office.letters()} == {
        ("inbox", "west"),
        ("console", "console"),
    }
