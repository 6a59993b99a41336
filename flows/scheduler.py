"""The clock: APScheduler waits for the next time a scheme's timetable names, and all it does is write fires."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from operator import itemgetter

from apscheduler.executors.base import BaseExecutor  # type: ignore[import-untyped]
from apscheduler.job import Job  # type: ignore[import-untyped]
from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped]
from sqlalchemy import Engine

from diaodu.clock import OFFICE_ZONE
from diaodu.rules.schedule import Origin, caught_up
from diaodu.storage import fire as fires
from diaodu.storage.session import transaction
from flows.agenda import Line, agenda
from models.fire import Fire

log = logging.getLogger(__name__)


NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""After a line's last time. A job without a next time is removed, at which a scheduler that is ending stumbles."""


class Times(BaseTrigger):  # type: ignore[misc]
    """The times of a line that are not settled."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        after = previous or self._line.after
        return next((time for time, _ in self._line.times if time > after), NEVER)


class FireWriter(BaseExecutor):  # type: ignore[misc]
    """Runs nothing: writes the fires of the times that have come, all of them or none, and says so."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], written: Callable[[], None]) -> None:
        super().__init__()
        self._engine, self._now, self._written = engine, now, written
        self.lost = threading.Event()

    def submit_job(self, job: Job, run_times: Sequence[datetime]) -> None:
        """Write fires; a failure is kept in `lost`, because APScheduler goes on to the next time regardless."""
        try:
            self._do_submit_job(job, run_times)
        except Exception:
            self.lost.set()
            log.exception("the fires of %s could not be written and will be tried again", job.id)
        else:
            self._written()

    def _do_submit_job(self, job: Job, run_times: Sequence[datetime]) -> None:
        (line,) = job.args
        self.write(line, run_times)

    def write(self, line: Line, run_times: Sequence[datetime]) -> None:
        """Write the fires of those times of a line that have come and are to be made good."""
        now, days = self._now(), dict(line.times)
        come = [time for time in run_times if time <= now]
        with transaction(self._engine) as session:
            for time in caught_up(come, line.catch_up, now):
                for as_of in days[time]:
                    fires.put(session, _fire(line, as_of, time, now))


class Clock:
    """All lines of all schemes, kept in step with the database."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], written: Callable[[], None]) -> None:
        self._engine, self._now = engine, now
        self._writer = FireWriter(engine, now, written)
        self._scheduler = BackgroundScheduler(executors={"default": self._writer}, timezone=OFFICE_ZONE)
        self._lines: list[Line] = []

    @property
    def lost(self) -> threading.Event:
        """Set when fires could not be written; the next refresh tries them again."""
        return self._writer.lost

    def start(self) -> None:
        self._scheduler.start()
        self.refresh()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def refresh(self) -> None:
        """Read the timetable again; what changed, or could not be written, is scheduled anew."""
        with transaction(self._engine) as session:
            lines = agenda(session, self._now())
        if _without_after(lines) == _without_after(self._lines) and not self.lost.is_set():
            return
        self.lost.clear()
        self._lines = lines
        self._scheduler.remove_all_jobs()
        for line in lines:
            name = f"{line.scheme_id}/{line.job}"
            self._scheduler.add_job(_nothing, Times(line), [line], id=name, coalesce=False, misfire_grace_time=None)

    def upcoming(self) -> list[tuple[datetime, Line]]:
        """The next time of every line that has one, soonest first."""
        now = self._now()
        ahead = [(next((time for time, _ in line.times if time > now), None), line) for line in self._lines]
        return sorted(((time, line) for time, line in ahead if time), key=itemgetter(0))


def _fire(line: Line, as_of: date, time: datetime, now: datetime) -> Fire:
    return Fire(
        scheme_id=line.scheme_id, job=line.job, as_of=as_of, scheduled_for=time, origin=Origin.CLOCK, created_at=now
    )


def _without_after(lines: list[Line]) -> list[Line]:
    """Lines as the office sees them: a fire written is no change of the timetable."""
    return [replace(line, after=datetime.min) for line in lines]  # noqa: DTZ901  (never compared with a moment)


def _nothing(_line: Line) -> None:
    """What APScheduler believes to run."""
