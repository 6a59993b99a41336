"""Promises made at meetings, as they were known at a moment."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from diaodu.rules.meeting import MeetingKind
from diaodu.storage.promise import Promise, promises
from models.commitment import Commitment
from models.meeting import Meeting
from tests.plan import SmallPlan

DAY, KNOWN = date(2023, 11, 1), datetime(2023, 11, 2, tzinfo=UTC)


def test_a_promise_is_known_from_the_day_it_was_made_and_written_down(session: Session) -> None:
    plan = SmallPlan(session)
    meeting = Meeting(
        unit_id=plan.west, kind=MeetingKind.INTERVIEW, day=DAY, hosts="甲", guests="乙", outcome="丙",
        recorded_by="丁", recorded_at=KNOWN,
    )  # fmt: skip
    session.add(meeting)
    session.flush()
    target = plan.invested[plan.west]
    for position, due in enumerate((date(2023, 12, 31), date(2023, 11, 30)), 1):
        session.add(
            Commitment(
                meeting_id=meeting.id or 0, position=position, target_id=target, name=f"第{position}项", due=due,
                planned=position, owner="戊", revision=1,
            )
        )  # fmt: skip
    session.flush()
    told = promises(session, plan.scheme_id, DAY, KNOWN)
    assert told == [
        Promise(target, "第2项", date(2023, 11, 30), 2),
        Promise(target, "第1项", date(2023, 12, 31), 1),
    ]
    assert promises(session, plan.scheme_id, DAY - timedelta(days=1), KNOWN) == []
    assert promises(session, plan.scheme_id, DAY, KNOWN - timedelta(hours=1)) == []
    assert promises(session, plan.scheme_id + 1, DAY, KNOWN) == []
