"""A meeting has a timetable that follows its papers, reminds whoever is to move, and turns promises into milestones."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from diaodu.actions.conference import call, call_off, lines, minute
from diaodu.actions.conference_reminding import remind_of_conferences
from diaodu.actions.conference_words import NotCalled
from diaodu.actions.meeting import NotRecorded, Promise, Talk
from diaodu.rules.access import Role
from diaodu.rules.briefing import BriefingAct
from diaodu.rules.conference import Call, Preparation, Readiness
from diaodu.rules.meeting import MeetingKind
from diaodu.storage.holiday import workdays
from diaodu.storage.meeting import meetings
from diaodu.storage.replan import in_force
from models.conference import Conference
from models.delivery import Delivery
from tests.drafting import CHECKER, SIGNER, WRITER, Drafting
from tests.small_office import OCT

P, R = Preparation, Readiness
MEETING = date(2023, 11, 15)  # a Wednesday; out on the 14th, signed off on the 13th, drafted on the 10th
CALLED = datetime(2023, 11, 8, 0, tzinfo=UTC)
CALL = Call(MEETING, OCT, 1, WRITER, CHECKER, SIGNER)


@pytest.fixture
def desk(session: Session, tmp_path: Path) -> Drafting:
    desk = Drafting(session, tmp_path)
    for name in (WRITER, CHECKER):
        desk.office.person(name, None, Role.OFFICE, mail=f"{name}@example.cn")
    return desk


@pytest.fixture
def meeting(desk: Drafting) -> Conference:
    return call(desk.session, desk.scheme_id, "十月调度会", "三楼会议室", CALL, "考核办", CALLED)


def _stands(desk: Drafting, meeting: Conference, today: date) -> dict[Preparation, Readiness]:
    return {line.step: line.stands for line in lines(desk.session, meeting, today, workdays(desk.session))}


def _remind(desk: Drafting, day: date) -> list[tuple[str, str]]:
    """Whom a day's reminders go to, and what they say."""
    at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    before = len(desk.session.exec(select(Delivery)).all())
    remind_of_conferences(desk.session, desk.office.issuer(OCT, at))
    sent = desk.session.exec(select(Delivery).order_by(Delivery.id)).all()[before:]  # type: ignore[arg-type]
    return [(delivery.address, delivery.subject) for delivery in sent]


def test_it_is_prepared_step_by_step(desk: Drafting, meeting: Conference) -> None:
    days = [line.due for line in lines(desk.session, meeting, MEETING, workdays(desk.session))]
    assert days == [date(2023, 11, day) for day in (9, 10, 10, 13, 14, 15)]
    assert _stands(desk, meeting, date(2023, 11, 10))[P.CLOSE] is R.LATE
    briefing = desk.draft().briefing
    stands = _stands(desk, meeting, date(2023, 11, 10))
    assert [stands[step] for step in (P.CHECK, P.DRAFT, P.APPROVE, P.OUT)] == [R.DONE, R.DONE, R.AHEAD, R.BLOCKED]
    desk.act(briefing, BriefingAct.REVIEW)
    assert _stands(desk, meeting, date(2023, 11, 14))[P.OUT] is R.DUE
    desk.sign(briefing)
    assert _stands(desk, meeting, MEETING)[P.HOLD] is R.DUE


def test_whoever_is_to_move_is_reminded_once_a_working_day(desk: Drafting, meeting: Conference) -> None:
    assert _remind(desk, date(2023, 11, 8)) == []
    assert [to for to, _subject in _remind(desk, date(2023, 11, 9))] == [
        f"{WRITER}@example.cn",
        f"{CHECKER}@example.cn",
    ]
    briefing = desk.draft().briefing
    first, again = _remind(desk, date(2023, 11, 13)), _remind(desk, date(2023, 11, 13))
    assert first == [(f"{CHECKER}@example.cn", "十月调度会（2023年11月15日）：审核今日到期")]
    assert again == []
    assert _remind(desk, date(2023, 11, 14))[0][1].endswith("审核逾期1个工作日")
    desk.act(briefing, BriefingAct.REVIEW)
    desk.sign(briefing)
    assert _remind(desk, MEETING) == []


def test_nobody_is_reminded_on_a_rest_day_or_of_what_was_called_off(desk: Drafting, meeting: Conference) -> None:
    assert _remind(desk, date(2023, 11, 11)) == []
    call_off(desk.session, desk.scheme_id, meeting.id or 0, "考核办", "改为视频会", CALLED)
    assert _remind(desk, date(2023, 11, 13)) == []
    with pytest.raises(NotCalled, match="已取消"):
        call_off(desk.session, desk.scheme_id, meeting.id or 0, "考核办", "再取消", CALLED)


def test_what_is_promised_there_becomes_a_milestone(desk: Drafting, meeting: Conference) -> None:
    promise = Promise("重点项目投资", "主体封顶", date(2023, 12, 20), 70_000_000, "王某")
    talk = Talk(MeetingKind.CONFERENCE, "西区", MEETING, "赵某", "西某", "加快进度", None, [promise])
    with pytest.raises(NotCalled, match="还没有开"):
        minute(desk.session, desk.scheme_id, meeting.id or 0, talk, "考核办", CALLED)
    held = datetime(2023, 11, 15, 8, tzinfo=UTC)
    minuted = minute(desk.session, desk.scheme_id, meeting.id or 0, talk, "考核办", held)
    assert (minuted.conference_id, minuted.day) == (meeting.id, MEETING)
    steps = in_force(desk.session, desk.office.plan.invested[desk.office.plan.west], held)
    assert [(step["name"], step["due"], step["planned"]) for step in steps] == [
        ("主体封顶", date(2023, 12, 20), 70_000_000)
    ]
    ((_known, commitments),) = meetings(desk.session, desk.scheme_id, MeetingKind.CONFERENCE, held)
    assert [commitment.name for commitment in commitments] == ["主体封顶"]
    assert set(_stands(desk, meeting, MEETING).values()) == {R.DONE}
    with pytest.raises(NotRecorded, match="同名或同日"):
        minute(desk.session, desk.scheme_id, meeting.id or 0, talk, "考核办", held + timedelta(hours=1))


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (replace(CALL, reviewer=WRITER), "拟稿人不能审核"),
        (replace(CALL, signer=" "), "请写明拟稿人、审核人和签发人"),
        (replace(CALL, day=date(2023, 11, 18)), "2023-11-18 是休息日"),
        (replace(CALL, lead=21), "1 到 20 个工作日"),
        (replace(CALL, day=date(2023, 11, 10)), "2023-11-06 就该报送截止"),
        (replace(CALL, as_of=date(2023, 11, 30)), "晚于报送截止日 2023-11-09"),
    ],
)
def test_it_says_why_a_meeting_cannot_be_called(desk: Drafting, wanted: Call, said: str) -> None:
    with pytest.raises(NotCalled, match=said):
        call(desk.session, desk.scheme_id, "", "", wanted, "考核办", CALLED)
