"""All times of all schemes: from their own calendars, and what was fired already."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from diaodu.rules.schedule import CatchUp, Origin
from diaodu.storage import fire as fires
from diaodu.storage.holiday import seed, workdays
from flows.agenda import Line, agenda
from flows.timetable import TIMETABLE
from models.fire import Fire
from models.holiday import Holiday
from models.schedule import Schedule
from tests.plan import SmallPlan

NOW = datetime(2023, 10, 20, 1, tzinfo=UTC)
OCTOBER = date(2023, 10, 31)


@pytest.fixture
def plan(session: Session) -> SmallPlan:
    seed(session, [2023, 2024])
    return SmallPlan(session)


def lines(session: Session, now: datetime = NOW) -> dict[str, Line]:
    return {line.job: line for line in agenda(session, now)}


def when(line: Line, as_of: date) -> datetime:
    return next(time for time, days in line.times if as_of in days)


def test_a_scheme_seen_for_the_first_time_is_given_the_timetable(session: Session, plan: SmallPlan) -> None:
    assert set(lines(session)) == {job for job, _, _ in TIMETABLE}
    assert set(lines(session)) == {job for job, _, _ in TIMETABLE}
    assert len(session.exec(select(Schedule)).all()) == len(TIMETABLE)


def test_a_cycle_is_due_on_the_working_day_after_the_reports(session: Session, plan: SmallPlan) -> None:
    assert when(lines(session)["cycle"], OCTOBER) == datetime(2023, 11, 8, 0, 30, tzinfo=UTC)  # 08:30 in the office


def test_a_holiday_announced_moves_what_is_due(session: Session, plan: SmallPlan) -> None:
    session.add(Holiday(day=date(2023, 11, 3), workday=False, name="放假", provisional=False))
    session.flush()
    assert when(lines(session)["cycle"], OCTOBER) == datetime(2023, 11, 9, 0, 30, tzinfo=UTC)


def test_what_the_office_set_stays(session: Session, plan: SmallPlan) -> None:
    agenda(session, NOW)
    cycle = session.exec(select(Schedule).where(Schedule.job == "cycle")).one()
    cycle.trigger, cycle.catch_up = "due +2 09:00", CatchUp.ONCE
    session.flush()
    line = lines(session)["cycle"]
    assert when(line, OCTOBER) == datetime(2023, 11, 9, 1, tzinfo=UTC)
    assert line.catch_up is CatchUp.ONCE


def test_a_paused_line_is_never_due(session: Session, plan: SmallPlan) -> None:
    agenda(session, NOW)
    session.exec(select(Schedule).where(Schedule.job == "cycle")).one().paused = True
    session.flush()
    assert "cycle" not in lines(session)


def test_a_line_that_names_no_time_does_not_stop_the_others(
    session: Session, plan: SmallPlan, caplog: pytest.LogCaptureFixture
) -> None:
    agenda(session, NOW)
    session.exec(select(Schedule).where(Schedule.job == "cycle")).one().trigger = "sometimes"
    session.flush()
    with caplog.at_level(logging.ERROR):
        assert set(lines(session)) == {job for job, _, _ in TIMETABLE} - {"cycle"}
    assert "sometimes" in caplog.text


def test_a_scheme_not_in_force_yet_waits(session: Session, plan: SmallPlan) -> None:
    assert lines(session, datetime(2022, 12, 1, tzinfo=UTC)) == {}


def test_jobs_that_do_not_owe_each_period_go_on_after_the_newest_fire(session: Session, plan: SmallPlan) -> None:
    assert lines(session)["collect"].after == NOW
    time = NOW + timedelta(days=3)
    fires.put(session, fire(plan.scheme_id, "collect", time))
    fires.put(session, fire(plan.scheme_id, "cycle", time))
    session.flush()
    assert lines(session, NOW + timedelta(days=4))["collect"].after == time
    assert lines(session, NOW + timedelta(days=4))["cycle"].after == NOW  # each period is owed from the start


def fire(scheme_id: int, job: str, time: datetime) -> Fire:
    return Fire(scheme_id=scheme_id, job=job, as_of=OCTOBER, scheduled_for=time, origin=Origin.CLOCK, created_at=time)


def test_collecting_goes_on_until_every_ladder_of_the_year_has_ended(session: Session, plan: SmallPlan) -> None:
    weekly = plan.collection("周报", report_due="10 workdays")
    plan.indicator("weekly", collection_id=weekly)
    collect = lines(session)["collect"]
    last_due = workdays(session).after(date(2023, 12, 31), 10)
    assert collect.times[-1][1] == (workdays(session).after(last_due, 60),)


def test_a_collection_that_names_no_day_stops_none_of_the_jobs(session: Session, plan: SmallPlan) -> None:
    plan.collection("周报", report_due="sometimes")
    assert set(lines(session)) == {job for job, _, _ in TIMETABLE}
