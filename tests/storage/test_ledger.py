"""The run ledger: a period runs exactly once, whichever way it is started and whatever crashes, on both databases."""

import threading
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from diaodu.rules.schedule import MOST_ATTEMPTS, RETRY_AFTER, Origin, Refusal, RunState
from diaodu.storage import fire as fires
from diaodu.storage import ledger
from diaodu.storage import run as runs
from diaodu.storage.run import Job, Lease, LeaseLost
from diaodu.storage.session import transaction
from models.fire import Fire
from models.run import Run
from models.run_item import RunItem
from models.scheme import Scheme
from tests.ledger import NOON, NOVEMBER, OCTOBER, at, due, fire, history, job, make_scheme


def nothing(_lease: Lease) -> None:
    pass


def broken(_lease: Lease) -> None:
    raise OSError("disk full")


@pytest.fixture
def scheme_id(engine: Engine) -> int:
    return make_scheme(engine)


def leave_running(engine: Engine, wanted: Job, now: datetime = NOON) -> Lease:
    """What a process leaves behind that is killed inside its run."""
    with transaction(engine) as session:
        lease = runs.begin(session, wanted, "killed", now, ledger.LEASE)
    assert isinstance(lease, Lease)
    return lease


def test_a_period_is_run_and_recorded(engine: Engine, scheme_id: int) -> None:
    def work(lease: Lease) -> None:
        with ledger.held(engine, lease, at(NOON)) as session:
            runs.note(session, lease, "collect", [("水利厅", "reported", None), ("丽水", "not_reported", "3天")])

    lease = ledger.once(engine, job(scheme_id, Origin.PERSON), "me", work, now=at(NOON))
    assert history(engine) == [(1, Origin.PERSON, RunState.DONE)]
    with transaction(engine) as session:
        assert [(i.subject, i.outcome, i.detail) for i in runs.items(session, lease.run_id)] == [
            ("水利厅", "reported", None),
            ("丽水", "not_reported", "3天"),
        ]


def test_a_run_knows_what_is_known_when_it_starts_or_earlier_if_asked(engine: Engine, scheme_id: int) -> None:
    seen: list[tuple[datetime, bool]] = []

    def work(lease: Lease) -> None:
        seen.append((lease.known_at, lease.is_replay))

    for asked in (None, NOON - timedelta(days=3), NOON + timedelta(days=3)):
        wanted = Job(scheme_id, "cycle", OCTOBER, Origin.PERSON, asked)
        ledger.once(engine, wanted, "me", work, now=at(NOON))
    assert seen == [(NOON, False), (NOON - timedelta(days=3), True), (NOON, False)]  # the future is not known


def test_by_hand_a_period_done_is_run_again_visibly(engine: Engine, scheme_id: int) -> None:
    for _ in range(2):
        ledger.once(engine, job(scheme_id, Origin.PERSON), "me", nothing, now=at(NOON))
    assert history(engine) == [(1, Origin.PERSON, RunState.DONE), (2, Origin.PERSON, RunState.DONE)]
    with transaction(engine) as session:
        assert len(session.exec(select(Fire)).all()) == 1


def test_the_clock_skips_a_period_done_by_hand(engine: Engine, scheme_id: int) -> None:
    ledger.once(engine, job(scheme_id, Origin.PERSON), "me", nothing, now=at(NOON))
    assert fire(engine, scheme_id) is False
    assert due(engine) == []
    with pytest.raises(ledger.NotRun) as refused:
        ledger.once(engine, job(scheme_id, Origin.CLOCK), "clock", nothing, now=at(NOON))
    assert refused.value.why is Refusal.ALREADY_DONE


def test_the_clock_finishes_what_was_begun_by_hand_and_failed(engine: Engine, scheme_id: int) -> None:
    with pytest.raises(OSError, match="disk full"):
        ledger.once(engine, job(scheme_id, Origin.PERSON), "me", broken, now=at(NOON))
    assert due(engine, NOON + timedelta(days=1)) == []  # nobody asked the clock
    assert fire(engine, scheme_id) is True
    assert due(engine, NOON + RETRY_AFTER) == [OCTOBER]


def test_a_fire_is_written_once_however_many_clocks_there_are(engine: Engine, scheme_id: int) -> None:
    assert [fire(engine, scheme_id) for _ in range(3)] == [True, False, False]
    assert due(engine) == [OCTOBER]


def test_a_fire_is_not_due_before_its_time(engine: Engine, scheme_id: int) -> None:
    fire(engine, scheme_id, scheduled_for=NOON + timedelta(hours=1))
    assert due(engine) == []
    assert due(engine, NOON + timedelta(hours=1)) == [OCTOBER]


def test_missed_periods_wait_their_turn(engine: Engine, scheme_id: int) -> None:
    fire(engine, scheme_id, NOVEMBER, NOON - timedelta(minutes=1))
    fire(engine, scheme_id, OCTOBER, NOON - timedelta(minutes=2))
    assert due(engine) == [OCTOBER]
    with pytest.raises(OSError, match="disk full"):
        ledger.once(engine, job(scheme_id, Origin.CLOCK), "clock", broken, now=at(NOON))
    assert due(engine) == []  # November does not overtake October, which is tried again in five minutes
    later = NOON + RETRY_AFTER
    ledger.once(engine, job(scheme_id, Origin.CLOCK), "clock", nothing, now=at(later))
    assert due(engine, later) == [NOVEMBER]


def test_a_failure_says_why_and_is_tried_three_times_at_most(engine: Engine, scheme_id: int) -> None:
    fire(engine, scheme_id)
    now = NOON
    for _ in range(MOST_ATTEMPTS):
        assert due(engine, now) == [OCTOBER]
        with pytest.raises(OSError, match="disk full"):
            ledger.once(engine, job(scheme_id, Origin.CLOCK), "clock", broken, now=at(now))
        assert due(engine, now + RETRY_AFTER - timedelta(seconds=1)) == []
        now += RETRY_AFTER
    assert due(engine, now) == []
    with pytest.raises(ledger.NotRun) as refused:
        ledger.once(engine, job(scheme_id, Origin.CLOCK), "clock", nothing, now=at(now))
    assert refused.value.why is Refusal.GIVEN_UP
    with transaction(engine) as session:
        assert [run.error for run in session.exec(select(Run))] == ["OSError: disk full"] * MOST_ATTEMPTS
    ledger.once(engine, job(scheme_id, Origin.PERSON), "me", nothing, now=at(now))  # a person may, once it is mended
    assert history(engine)[-1] == (4, Origin.PERSON, RunState.DONE)


def test_given_up_periods_do_not_hold_up_later_ones(engine: Engine, scheme_id: int) -> None:
    fire(engine, scheme_id, OCTOBER, NOON - timedelta(minutes=1))
    for n in range(MOST_ATTEMPTS):
        leave_running(engine, job(scheme_id, Origin.CLOCK), NOON + n * timedelta(hours=1))
    fire(engine, scheme_id, NOVEMBER)
    later = NOON + timedelta(days=1)
    with transaction(engine) as session:
        runs.reap(session, later)
    assert due(engine, later) == [NOVEMBER]


def test_a_crash_is_noticed_when_the_lease_expires_and_made_good(engine: Engine, scheme_id: int) -> None:
    fire(engine, scheme_id)
    leave_running(engine, job(scheme_id, Origin.CLOCK))
    assert due(engine) == []
    with transaction(engine) as session:
        assert runs.reap(session, NOON + ledger.LEASE) == []
        assert len(runs.reap(session, NOON + ledger.LEASE + timedelta(seconds=1))) == 1
    assert due(engine) == [OCTOBER]
    ledger.once(engine, job(scheme_id, Origin.CLOCK), "clock", nothing, now=at(NOON + timedelta(minutes=3)))
    assert history(engine) == [(1, Origin.CLOCK, RunState.CRASHED), (2, Origin.CLOCK, RunState.DONE)]


def test_one_run_at_a_time_for_a_scheme_whichever_job(engine: Engine, scheme_id: int) -> None:
    leave_running(engine, job(scheme_id, Origin.CLOCK))
    with pytest.raises(ledger.NotRun) as refused:
        ledger.once(engine, job(scheme_id, Origin.PERSON, NOVEMBER, "check"), "me", nothing, now=at(NOON))
    assert refused.value.why is Refusal.BUSY
    with transaction(engine) as session:
        assert len(session.exec(select(Fire)).all()) == 1  # a run refused leaves nothing behind


def test_other_schemes_do_not_wait(engine: Engine, scheme_id: int) -> None:
    leave_running(engine, job(scheme_id, Origin.CLOCK))
    with transaction(engine) as session:
        session.add(Scheme(id=99, code="roads"))
    ledger.once(engine, job(99, Origin.PERSON), "me", nothing, now=at(NOON))
    assert history(engine)[-1] == (1, Origin.PERSON, RunState.DONE)


def test_a_run_taken_for_dead_can_no_longer_write(engine: Engine, scheme_id: int) -> None:
    late = NOON + ledger.LEASE + timedelta(seconds=1)

    def work(lease: Lease) -> None:
        with transaction(engine) as session:
            assert runs.reap(session, late) == [lease.run_id]
        with ledger.held(engine, lease, at(late)) as session:
            runs.note(session, lease, "check", [("too late", "done", None)])

    with pytest.raises(LeaseLost):
        ledger.once(engine, job(scheme_id, Origin.CLOCK), "clock", work, now=at(NOON))
    assert history(engine) == [(1, Origin.CLOCK, RunState.CRASHED)]
    with transaction(engine) as session:
        assert session.exec(select(RunItem)).all() == []


def test_a_step_in_the_middle_of_writing_is_not_taken_for_dead(engine: Engine, scheme_id: int) -> None:
    late = NOON + ledger.LEASE + timedelta(seconds=1)
    reaped: list[int] = []

    def reap() -> None:
        with transaction(engine) as session:
            reaped.extend(runs.reap(session, late))

    reaper = threading.Thread(target=reap)

    def work(lease: Lease) -> None:
        ticks = iter([NOON, late])
        with ledger.held(engine, lease, lambda: next(ticks)) as session:
            reaper.start()
            runs.note(session, lease, "check", [("long", "done", None)])
        reaper.join()

    ledger.once(engine, job(scheme_id, Origin.CLOCK), "clock", work, now=at(NOON))
    assert reaped == []
    assert history(engine) == [(1, Origin.CLOCK, RunState.DONE)]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)  # SQLite's transactions see no others' changes
@pytest.mark.parametrize("asked", [1, 2, 3])
def test_a_run_that_ends_while_another_asks_is_not_repeated(engine: Engine, scheme_id: int, asked: int) -> None:
    lease, questions = leave_running(engine, job(scheme_id, Origin.CLOCK)), count(1)

    def end(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "FROM run" in statement and next(questions) == asked:
            with transaction(engine) as other:
                runs.finish(other, lease, RunState.DONE, NOON)

    event.listen(engine, "after_cursor_execute", end)
    with pytest.raises(ledger.NotRun) as refused:
        ledger.once(engine, job(scheme_id, Origin.CLOCK), "clock", nothing, now=at(NOON))
    event.remove(engine, "after_cursor_execute", end)
    assert refused.value.why in {Refusal.BUSY, Refusal.ALREADY_DONE}
    assert history(engine) == [(1, Origin.CLOCK, RunState.DONE)]


def test_the_lease_is_renewed_while_the_work_goes_on(engine: Engine, scheme_id: int) -> None:
    beaten, asked = threading.Event(), [NOON]

    def clock() -> datetime:
        asked.append(asked[-1] + timedelta(seconds=1))
        if len(asked) > 4:  # begin, then at least two beats
            beaten.set()
        return asked[-1]

    def work(lease: Lease) -> None:
        assert beaten.wait(30)
        with transaction(engine) as session:
            assert session.exec(select(Run.lease_until)).one() > lease.started_at + lease.length

    ledger.once(engine, job(scheme_id, Origin.CLOCK), "clock", work, now=clock, length=timedelta(milliseconds=40))
    assert history(engine) == [(1, Origin.CLOCK, RunState.DONE)]


def test_the_newest_fire_and_the_last_runs_can_be_shown(session: Session) -> None:
    session.add(Scheme(id=1, code="water"))
    session.flush()
    assert fires.newest(session, 1, "cycle") is None
    for day, hour in ((OCTOBER, 1), (NOVEMBER, 2)):
        time = NOON + timedelta(hours=hour)
        fires.put(
            session,
            Fire(scheme_id=1, job="cycle", as_of=day, scheduled_for=time, origin=Origin.CLOCK, created_at=NOON),
        )
    session.flush()
    assert fires.newest(session, 1, "cycle") == NOON + timedelta(hours=2)
    assert [f.as_of for f in fires.latest(session, 5)] == [NOVEMBER, OCTOBER]
    runs.begin(session, job(1, Origin.CLOCK), "clock", NOON, ledger.LEASE)
    assert [(f.as_of, r.attempt) for f, r in runs.latest(session, 5)] == [(OCTOBER, 1)]
