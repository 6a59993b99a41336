"""The office changes its timetable: in force at once, written into the audit, and never for times gone by."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from diaodu.actions.schedule import Change, UnknownJob, change_schedule
from diaodu.rules.occasion import NotATrigger
from diaodu.rules.schedule import CatchUp
from diaodu.storage import holiday
from diaodu.storage.schedule import lines
from flows.agenda import agenda
from flows.timetable import TIMETABLE
from models.audit import Audit
from tests.plan import SmallPlan

MAY_9 = datetime(2023, 5, 9, 4, tzinfo=UTC)
NOVEMBER_10 = datetime(2023, 11, 10, 4, tzinfo=UTC)


@pytest.fixture
def scheme(session: Session) -> int:
    holiday.seed(session, [2023, 2024])
    return SmallPlan(session).scheme_id


def changed(session: Session, scheme: int, job: str, change: Change, at: datetime = NOVEMBER_10) -> bool:
    return change_schedule(session, scheme, TIMETABLE, job, change, "张三", at)


def line(session: Session, scheme: int, job: str) -> tuple[str, CatchUp, bool, datetime]:
    (found,) = (one for one in lines(session, scheme) if one.job == job)
    return found.trigger, found.catch_up, found.paused, found.since


def audited(session: Session) -> list[Audit]:
    return list(session.exec(select(Audit).where(Audit.action == "schedule.change")))


def test_a_scheme_without_a_timetable_is_given_the_usual_one_first(session: Session, scheme: int) -> None:
    assert changed(session, scheme, "collect", Change(trigger="workdays 07:30"))
    assert line(session, scheme, "collect")[:3] == ("workdays 07:30", CatchUp.ONCE, False)
    assert line(session, scheme, "cycle")[:3] == ("due +1 08:30", CatchUp.EACH, False)


def test_only_what_is_said_changes(session: Session, scheme: int) -> None:
    agenda(session, MAY_9)
    assert changed(session, scheme, "cycle", Change(catch_up=CatchUp.SKIP, paused=True))
    assert line(session, scheme, "cycle") == ("due +1 08:30", CatchUp.SKIP, True, MAY_9)
    assert changed(session, scheme, "cycle", Change(paused=False))
    assert line(session, scheme, "cycle") == ("due +1 08:30", CatchUp.SKIP, False, MAY_9)


def test_the_audit_says_what_it_was_and_what_it_is(session: Session, scheme: int) -> None:
    agenda(session, MAY_9)
    changed(session, scheme, "cycle", Change(trigger="period +3 09:00"))
    (row,) = audited(session)
    assert (row.actor, row.at, row.subject) == ("张三", NOVEMBER_10, f"{scheme} cycle")
    assert json.loads(row.detail) == {
        "before": {"trigger": "due +1 08:30", "catch_up": "each", "paused": False},
        "after": {"trigger": "period +3 09:00", "catch_up": "each", "paused": False},
    }


def test_saying_what_is_so_already_leaves_no_trace(session: Session, scheme: int) -> None:
    assert not changed(session, scheme, "cycle", Change(trigger="due +1 08:30", paused=False))
    assert audited(session) == []


def test_a_new_trigger_owes_nothing_for_times_gone_by(session: Session, scheme: int) -> None:
    agenda(session, MAY_9)
    changed(session, scheme, "cycle", Change(trigger="workdays 09:00"))
    (cycle,) = (one for one in agenda(session, NOVEMBER_10) if one.job == "cycle")
    times = [time for time, _days in cycle.times if time > cycle.after]
    assert times[0] == datetime(2023, 11, 13, 1, tzinfo=UTC)


def test_what_a_paused_line_missed_is_made_up_as_it_says(session: Session, scheme: int) -> None:
    agenda(session, MAY_9)
    changed(session, scheme, "cycle", Change(paused=True), MAY_9)
    assert [one.job for one in agenda(session, NOVEMBER_10)] == ["collect"]
    changed(session, scheme, "cycle", Change(paused=False))
    (cycle,) = (one for one in agenda(session, NOVEMBER_10) if one.job == "cycle")
    first = next(days for time, days in cycle.times if time > cycle.after)
    assert first == (date(2023, 4, 30),)


def test_what_cannot_be_is_refused_and_changes_nothing(session: Session, scheme: int) -> None:
    with pytest.raises(NotATrigger):
        changed(session, scheme, "cycle", Change(trigger="每天", paused=True))
    with pytest.raises(UnknownJob) as wrong:
        changed(session, scheme, "brief", Change(paused=True))
    assert wrong.value.known == ["collect", "cycle"]
    assert [one.paused for one in lines(session, scheme)] == [False, False]
    assert audited(session) == []
