"""The dispatcher takes what is due, one run at a time for a scheme, and survives what its work does."""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from diaodu.rules.schedule import RETRY_AFTER, Origin, RunState
from diaodu.storage import fire as fires
from diaodu.storage import ledger, run
from diaodu.storage.run import Job, Lease
from diaodu.storage.session import transaction
from flows.dispatcher import Dispatcher
from models.fire import Fire
from models.run import Run
from models.scheme import Scheme

NOON = datetime(2023, 11, 8, 4, tzinfo=UTC)
SEPTEMBER, OCTOBER = date(2023, 9, 30), date(2023, 10, 31)

Start = Callable[[Callable[[Lease], None]], Dispatcher]


class Watch:
    """The time of day, as the test sets it."""

    def __init__(self) -> None:
        self.moment = NOON

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def ended() -> threading.Semaphore:
    """Released at every end of a run."""
    return threading.Semaphore(0)


@pytest.fixture
def start(engine: Engine, watch: Watch, ended: threading.Semaphore) -> Iterator[Start]:
    with transaction(engine) as session:
        session.add_all(Scheme(id=number, code=str(number)) for number in (1, 2))
    made: list[Dispatcher] = []

    def begin(work: Callable[[Lease], None]) -> Dispatcher:
        made.append(Dispatcher(engine, work, watch, 4, lambda: ended.release() and None))
        return made[-1]

    yield begin
    for dispatcher in made:
        dispatcher.stop()


def fire(engine: Engine, *wanted: tuple[int, date]) -> None:
    with transaction(engine) as session:
        for minutes, (scheme_id, as_of) in enumerate(wanted, -60):
            fires.put(
                session,
                Fire(
                    scheme_id=scheme_id,
                    job="cycle",
                    as_of=as_of,
                    scheduled_for=NOON + timedelta(minutes=minutes),
                    origin=Origin.CLOCK,
                    created_at=NOON,
                ),
            )


def states(engine: Engine) -> list[RunState]:
    with transaction(engine) as session:
        return [row.state for row in session.exec(select(Run).order_by("id"))]


def test_what_is_due_is_run_period_after_period(engine: Engine, start: Start, ended: threading.Semaphore) -> None:
    seen: list[date] = []
    dispatcher = start(lambda lease: seen.append(lease.as_of))
    fire(engine, (1, SEPTEMBER), (1, OCTOBER))
    assert len(dispatcher.turn()) == 1
    assert ended.acquire(timeout=30)
    assert seen == [SEPTEMBER]
    dispatcher.turn()
    assert ended.acquire(timeout=30)
    assert seen == [SEPTEMBER, OCTOBER]
    assert dispatcher.turn() == []
    assert states(engine) == [RunState.DONE, RunState.DONE]


def test_schemes_run_side_by_side_and_each_alone(engine: Engine, start: Start, ended: threading.Semaphore) -> None:
    together, seen = threading.Barrier(3), []

    def work(lease: Lease) -> None:
        seen.append((lease.scheme_id, lease.as_of))
        together.wait(30)

    dispatcher = start(work)
    fire(engine, (1, SEPTEMBER), (1, OCTOBER), (2, SEPTEMBER))
    assert len(dispatcher.turn()) == 2
    assert len(dispatcher.turn()) == 2  # nothing more while both are under way
    together.wait(30)
    assert ended.acquire(timeout=30)
    assert ended.acquire(timeout=30)
    assert sorted(seen) == [(1, SEPTEMBER), (2, SEPTEMBER)]


def test_a_failure_is_logged_and_tried_again_after_a_while(
    engine: Engine, start: Start, ended: threading.Semaphore, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    failures = iter([OSError("no paper"), None])

    def work(_lease: Lease) -> None:
        if failure := next(failures):
            raise failure

    dispatcher = start(work)
    fire(engine, (1, OCTOBER))
    with caplog.at_level(logging.ERROR):
        dispatcher.turn()
        assert ended.acquire(timeout=30)
    assert "no paper" in caplog.text
    assert dispatcher.turn() == []
    watch.moment += RETRY_AFTER
    dispatcher.turn()
    assert ended.acquire(timeout=30)
    assert states(engine) == [RunState.FAILED, RunState.DONE]


def test_a_run_left_by_a_dead_process_is_buried_and_run_again(
    engine: Engine, start: Start, ended: threading.Semaphore, watch: Watch
) -> None:
    dispatcher = start(lambda _lease: None)
    fire(engine, (1, OCTOBER))
    with transaction(engine) as session:
        run.begin(session, Job(1, "cycle", OCTOBER, Origin.CLOCK), "killed", NOON, ledger.LEASE)
    assert dispatcher.turn() == []
    watch.moment += ledger.LEASE + timedelta(seconds=1)
    dispatcher.turn()
    assert ended.acquire(timeout=30)
    assert states(engine) == [RunState.CRASHED, RunState.DONE]


def test_what_a_person_is_running_is_left_alone(engine: Engine, start: Start, ended: threading.Semaphore) -> None:
    seen: list[date] = []
    dispatcher = start(lambda lease: seen.append(lease.as_of))
    fire(engine, (1, OCTOBER))
    with transaction(engine) as session:
        run.begin(session, Job(1, "check", OCTOBER, Origin.PERSON), "me", NOON, ledger.LEASE)
    dispatcher.turn()
    assert ended.acquire(timeout=30)
    assert seen == []
    assert states(engine) == [RunState.RUNNING]


def test_stopping_waits_for_what_is_under_way(engine: Engine, start: Start) -> None:
    begun, go = threading.Event(), threading.Event()

    def work(_lease: Lease) -> None:
        begun.set()
        assert go.wait(30)

    dispatcher = start(work)
    fire(engine, (1, OCTOBER))
    dispatcher.turn()
    assert begun.wait(30)
    stopper = threading.Thread(target=dispatcher.stop)
    stopper.start()
    assert states(engine) == [RunState.RUNNING]
    go.set()
    stopper.join(30)
    assert states(engine) == [RunState.DONE]
