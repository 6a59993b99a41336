"""A collect run in a process of its own, for tests that kill it."""

import os
import signal
from dataclasses import dataclass
from datetime import date, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psycopg  # noqa: F401  (loaded before the fork, as the driver is)
from sqlalchemy import Engine, event

from diaodu.rules.schedule import Origin
from diaodu.settings import Settings
from diaodu.storage import ledger
from diaodu.storage.engine import open_engine
from diaodu.storage.run import Job, Lease
from flows.cycle import steps
from flows.desk import Desk


@dataclass(frozen=True)
class Order:
    """What to run where and when; `fuse` names the commit at which the process kills itself: -3 before the third."""

    database: str
    home: Path
    scheme_id: int
    as_of: date
    now: datetime
    fuse: int = 0


def collect(order: Order, begun: Connection | None = None) -> None:
    """Do the job as the dispatcher does, with an engine of its own; `begun` is told when the work begins."""
    engine = open_engine(order.database)
    if order.fuse:
        light(engine, order.fuse)
    collect_with(engine, order, begun)
    engine.dispose()


def collect_with(engine: Engine, order: Order, begun: Connection | None = None) -> None:
    """The same with an engine that has run before, and need not put every statement together again."""

    def work(lease: Lease) -> None:
        for _name, step in steps(Desk(engine, Settings(home=order.home), lease, lambda: order.now)):
            step()

    if begun is not None:
        begun.send(None)
    job = Job(order.scheme_id, "collect", order.as_of, Origin.CLOCK)
    ledger.once(engine, job, ledger.new_holder(), work, now=lambda: order.now)


def light(engine: Engine, fuse: int) -> None:
    """SIGKILL right before a commit, or between it and the next transaction."""
    left = abs(fuse)

    @event.listens_for(engine, "commit")
    def _commit(_connection: Any) -> None:
        nonlocal left
        left -= 1
        if left == 0 and fuse < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(engine, "begin", insert=True)
    def _begin(_connection: Any) -> None:
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
