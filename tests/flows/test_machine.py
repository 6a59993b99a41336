"""The machine goes on whatever stumbles, shows what stumbled, and stops when told."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from diaodu.rules.schedule import CatchUp, RunState
from diaodu.storage.holiday import seed
from diaodu.storage.run import Lease
from diaodu.storage.session import transaction
from flows.dispatcher import Dispatcher
from flows.machine import Machine
from flows.scheduler import Clock
from models.run import Run
from models.schedule import Schedule
from tests.plan import SmallPlan

SINCE = datetime(2023, 11, 1, tzinfo=UTC)
NOW = datetime(2023, 11, 10, 1, tzinfo=UTC)


class Work:
    """Counts the periods run and the rounds of the outbox, and waits for them."""

    def __init__(self) -> None:
        self.seen: list[date] = []
        self.ran, self.drained = threading.Event(), threading.Event()
        self.fault: Exception | None = None

    def run(self, lease: Lease) -> None:
        self.seen.append(lease.as_of)
        self.ran.set()

    def drain(self) -> None:
        self.drained.set()
        if self.fault:
            raise self.fault


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def machine(engine: Engine, work: Work) -> Iterator[Machine]:
    wake = threading.Event()
    dispatcher = Dispatcher(engine, work.run, lambda: NOW, 2, wake.set)
    made = Machine(Clock(engine, lambda: NOW, wake.set), dispatcher, work.drain, wake, lambda: NOW)
    yield made
    made.stop()


def schedule(engine: Engine) -> None:
    with transaction(engine) as session:
        seed(session, [2023, 2024])
        scheme_id = SmallPlan(session).scheme_id
        for job, paused in (("cycle", False), ("collect", True)):
            line = {"trigger": "due +1 08:30", "catch_up": CatchUp.EACH, "since": SINCE, "paused": paused}
            session.add(Schedule(scheme_id=scheme_id, job=job, **line))


def test_a_missed_period_is_run_as_soon_as_the_machine_starts(engine: Engine, machine: Machine, work: Work) -> None:
    schedule(engine)
    machine.start()
    assert work.ran.wait(30)
    assert work.seen == [date(2023, 10, 31)]
    assert machine.troubles == {}


def test_the_outbox_is_emptied_from_the_start(machine: Machine, work: Work) -> None:
    machine.start()
    assert work.drained.wait(30)


def test_a_stumble_is_shown_and_does_not_stop_the_rest(engine: Engine, machine: Machine, work: Work) -> None:
    schedule(engine)
    work.fault = ConnectionError("mail server gone")
    machine.start()
    assert work.ran.wait(30)
    assert work.drained.wait(30)
    machine.stop()
    assert machine.troubles == {"outbox": "ConnectionError: mail server gone"}


def test_a_run_under_way_is_waited_for(engine: Engine, machine: Machine, work: Work) -> None:
    schedule(engine)
    machine.start()
    assert work.ran.wait(30)
    machine.stop()
    with transaction(engine) as session:
        assert session.exec(select(Run.state)).all() == [RunState.DONE]


def test_a_database_that_fails_is_shown_until_it_is_back(engine: Engine, machine: Machine, work: Work) -> None:
    schedule(engine)
    rename(engine, "run", "elsewhere")
    machine.start()
    until(lambda: "machine" in machine.troubles)
    assert work.seen == []
    rename(engine, "elsewhere", "run")
    assert work.ran.wait(30)
    until(lambda: machine.troubles == {})


def rename(engine: Engine, old: str, new: str) -> None:
    with transaction(engine) as session:
        session.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


def until(holds: Callable[[], bool]) -> None:
    """Give the machine's threads half a minute."""
    for _ in range(300):
        if holds():
            return
        threading.Event().wait(0.1)
    raise AssertionError
