"""Takes the fires that are due and has them run, one at a time for a scheme, some at once for all."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlalchemy import Engine

from diaodu.rules.schedule import Origin
from diaodu.storage import fire as fires
from diaodu.storage import ledger, run
from diaodu.storage.run import Job, Lease
from diaodu.storage.session import transaction
from models.fire import Fire

log = logging.getLogger(__name__)


class Dispatcher:
    """A reaper and a pool of threads.

    `work` does a job under the lease it is given; `ended` is called after every run, as there may be more to do.
    """

    def __init__(
        self,
        engine: Engine,
        work: Callable[[Lease], None],
        now: Callable[[], datetime],
        at_once: int,
        ended: Callable[[], None],
        length: timedelta = ledger.LEASE,
    ) -> None:
        self._engine, self._work, self._now, self._length = engine, work, now, length
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="run")
        self._holder = ledger.new_holder()
        self._taken: dict[int, Future[None]] = {}
        self._ended = ended

    def turn(self) -> list[Future[None]]:
        """Mark the dead, start what is due, and return what is under way."""
        self._taken = {scheme: future for scheme, future in self._taken.items() if not future.done()}
        now = self._now()
        with transaction(self._engine) as session:
            for dead in run.reap(session, now):
                log.warning("run %s stopped renewing its lease and counts as crashed", dead)
            wanted = fires.due(session, now)
        for fire in wanted:
            if fire.scheme_id not in self._taken:
                self._taken[fire.scheme_id] = future = self._pool.submit(self._run, fire)
                future.add_done_callback(lambda _: self._ended())
        return list(self._taken.values())

    def stop(self) -> None:
        """Wait until what is under way has ended; nothing new is begun."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, fire: Fire) -> None:
        job = Job(fire.scheme_id, fire.job, fire.as_of, Origin.CLOCK)
        try:
            ledger.once(self._engine, job, self._holder, self._work, now=self._now, length=self._length)
        except ledger.NotRun as refused:
            log.info("%s of %s is not run: %s", fire.job, fire.as_of, refused.why)
        except Exception:
            log.exception("%s of %s failed", fire.job, fire.as_of)
