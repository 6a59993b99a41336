"""The clock writes fires: each missed time as the timetable says, none twice, and none lost to a stumble."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from diaodu.rules.schedule import CatchUp, Origin
from diaodu.storage.holiday import seed
from diaodu.storage.ledger import once
from diaodu.storage.run import Job
from diaodu.storage.session import transaction
from flows.scheduler import Clock
from models.fire import Fire
from models.schedule import Schedule
from tests.plan import SmallPlan

SINCE = datetime(2023, 8, 15, 1, tzinfo=UTC)
AUGUST, SEPTEMBER, OCTOBER = date(2023, 8, 31), date(2023, 9, 30), date(2023, 10, 31)
BACK = datetime(2023, 11, 10, 1, tzinfo=UTC)
"""When the clock starts again: August, September and October were due on 8 September, 12 October and 8 November."""


@pytest.fixture
def scheme_id(engine: Engine) -> int:
    """A scheme whose only job runs monthly, scheduled since August."""
    with transaction(engine) as session:
        seed(session, [2023, 2024])
        plan = SmallPlan(session)
        for job, paused in (("cycle", False), ("collect", True)):
            session.add(
                Schedule(
                    scheme_id=plan.scheme_id,
                    job=job,
                    trigger="due +1 08:30",
                    catch_up=CatchUp.EACH,
                    paused=paused,
                    since=SINCE,
                )
            )
        return plan.scheme_id


def fired(engine: Engine) -> list[date]:
    with transaction(engine) as session:
        return [fire.as_of for fire in session.exec(select(Fire).order_by("scheduled_for"))]


def set_catch_up(engine: Engine, catch_up: CatchUp) -> None:
    with transaction(engine) as session:
        for schedule in session.exec(select(Schedule)):
            schedule.catch_up = catch_up


class Ticking:
    """A clock of ours that runs once; `written` tells of every batch of fires."""

    def __init__(self, engine: Engine, now: datetime) -> None:
        self.written = threading.Event()
        self.moment = now
        self.clock = Clock(engine, lambda: self.moment, self.written.set)

    def wait(self) -> None:
        assert self.written.wait(30)
        self.written.clear()


@pytest.fixture
def ticking(engine: Engine, scheme_id: int) -> Iterator[Ticking]:
    found = Ticking(engine, BACK)
    yield found
    found.clock.stop()


def test_every_missed_period_is_fired_for_itself(engine: Engine, ticking: Ticking) -> None:
    ticking.clock.start()
    ticking.wait()
    assert fired(engine) == [AUGUST, SEPTEMBER, OCTOBER]
    with transaction(engine) as session:
        assert {fire.origin for fire in session.exec(select(Fire))} == {Origin.CLOCK}


def test_the_newest_missed_period_is_fired_once_where_once_is_enough(engine: Engine, ticking: Ticking) -> None:
    set_catch_up(engine, CatchUp.ONCE)
    ticking.clock.start()
    ticking.wait()
    assert fired(engine) == [OCTOBER]


def test_missed_periods_are_skipped_where_they_are_to_be(engine: Engine, ticking: Ticking) -> None:
    set_catch_up(engine, CatchUp.SKIP)
    ticking.clock.start()
    ticking.wait()
    assert fired(engine) == []


def test_two_clocks_and_a_restart_write_nothing_twice(engine: Engine, ticking: Ticking) -> None:
    ticking.clock.start()
    ticking.wait()
    again = Ticking(engine, BACK)
    again.clock.start()
    again.wait()
    again.clock.stop()
    assert fired(engine) == [AUGUST, SEPTEMBER, OCTOBER]


def test_a_period_done_by_hand_stays_the_persons(engine: Engine, ticking: Ticking, scheme_id: int) -> None:
    job = Job(scheme_id, "cycle", SEPTEMBER, Origin.PERSON)
    once(engine, job, "me", lambda _lease: None, now=lambda: BACK)
    ticking.clock.start()
    ticking.wait()
    with transaction(engine) as session:
        by = {fire.as_of: fire.origin for fire in session.exec(select(Fire))}
    assert by == {AUGUST: Origin.CLOCK, SEPTEMBER: Origin.PERSON, OCTOBER: Origin.CLOCK}


def test_fires_that_could_not_be_written_are_written_later(engine: Engine, ticking: Ticking) -> None:
    with transaction(engine) as session:
        session.execute(text("ALTER TABLE fire RENAME TO elsewhere"))
    ticking.clock.lost.clear()
    ticking.clock.start()
    assert ticking.clock.lost.wait(30)
    with transaction(engine) as session:
        session.execute(text("ALTER TABLE elsewhere RENAME TO fire"))
    ticking.clock.refresh()
    ticking.wait()
    assert fired(engine) == [AUGUST, SEPTEMBER, OCTOBER]


def test_a_timetable_that_has_not_changed_is_left_alone(engine: Engine, ticking: Ticking) -> None:
    ticking.clock.start()
    ticking.wait()
    ticking.clock.refresh()
    assert not ticking.written.is_set()


def test_the_next_time_of_every_line_can_be_shown(ticking: Ticking) -> None:
    ticking.clock.start()
    ((time, line),) = ticking.clock.upcoming()
    assert time == datetime(2023, 12, 8, 0, 30, tzinfo=UTC)
    assert dict(line.times)[time] == (date(2023, 11, 30),)
