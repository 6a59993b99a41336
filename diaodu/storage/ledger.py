"""Doing a job exactly once, whatever crashes in between: under a lease that lives only while the process does."""

import logging
import os
import platform
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from diaodu.rules.schedule import Refusal, RunState
from diaodu.storage.run import Job, Lease, LeaseLost, begin, finish, renew
from diaodu.storage.session import transaction

LEASE = timedelta(minutes=2)
"""A process that stops renewing is taken for dead after so long; machines' clocks must agree better than that."""
Now = Callable[[], datetime]

_log = logging.getLogger(__name__)


def new_holder() -> str:
    """A name for this process in leases, which no other bears, though numbers of processes come again."""
    return f"{platform.node()}/{os.getpid()}/{secrets.token_hex(4)}"


class NotRun(Exception):
    """The job was not run; `why` says whether it is done, under way elsewhere, or given up."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


def once(
    engine: Engine, job: Job, holder: str, work: Callable[[Lease], None], *, now: Now, length: timedelta = LEASE
) -> Lease:
    """Do `work` for `job` under a lease; raises NotRun. A failure is recorded and raised again."""
    with transaction(engine) as session:
        lease = begin(session, job, holder, now(), length)
    if isinstance(lease, Refusal):
        raise NotRun(lease)
    try:
        with _heartbeat(engine, lease, now):
            work(lease)
    except LeaseLost:
        raise
    except BaseException as error:
        _end(engine, lease, RunState.FAILED, now, f"{type(error).__name__}: {error}")
        raise
    _end(engine, lease, RunState.DONE, now)
    return lease


@contextmanager
def held(engine: Engine, lease: Lease, now: Now) -> Iterator[Session]:
    """A transaction that commits only while the lease is ours; raises LeaseLost otherwise."""
    with transaction(engine) as session:
        renew(session, lease, now())
        yield session
        renew(session, lease, now())


def _end(engine: Engine, lease: Lease, state: RunState, now: Now, error: str | None = None) -> None:
    with transaction(engine) as session:
        finish(session, lease, state, now(), error)


@contextmanager
def _heartbeat(engine: Engine, lease: Lease, now: Now) -> Iterator[None]:
    """Renew the lease from a thread four times in its length, until the work ends or the lease is lost."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(lease.length.total_seconds() / 4):
            try:
                with transaction(engine) as session:
                    renew(session, lease, now())
            except LeaseLost:
                return  # the work learns it from `held`
            except SQLAlchemyError as busy:
                _log.warning("run %s could not renew its lease and tries again: %s", lease.run_id, busy)

    thread = threading.Thread(target=beat, name=f"lease-{lease.run_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
