"""The served machine in simulated time: the same agenda, fires, dispatcher and steps, told what time it is."""

from collections.abc import Callable
from concurrent.futures import wait
from datetime import datetime, timedelta
from time import process_time

from sqlalchemy import Engine

from diaodu.settings import Settings
from diaodu.storage.run import Lease
from diaodu.storage.session import transaction
from flows.agenda import Line, agenda
from flows.cycle import steps
from flows.desk import Desk
from flows.dispatcher import Dispatcher
from flows.scheduler import FireWriter, Times


class Clockwork:
    """Turns when told to; nothing waits for real time."""

    def __init__(self, engine: Engine, settings: Settings, now: datetime) -> None:
        self._engine, self._settings, self.moment = engine, settings, now
        self._writer = FireWriter(engine, self.now, lambda: None)
        self._dispatcher = Dispatcher(engine, self._work, self.now, 1, lambda: None)
        self.spent: list[float] = []
        """Seconds of processor time of every turn in which anything ran."""

    def now(self) -> datetime:
        return self.moment

    def turn(self, now: datetime) -> None:
        """What `serve` does between two wakings: write the fires that are due, and run all of them to their end."""
        self.moment, began = now, process_time()
        with transaction(self._engine) as session:
            lines = agenda(session, now)
        for line in lines:
            self._writer.write(line, come(line, now))
        while running := self._dispatcher.turn():
            wait(running)
            self.moment += timedelta(seconds=1)
        if self.moment > now:
            self.spent.append(process_time() - began)

    def stop(self) -> None:
        self._dispatcher.stop()

    def _work(self, lease: Lease) -> None:
        for _name, step in steps(Desk(self._engine, self._settings, lease, self.now)):
            step()


def come(line: Line, now: datetime) -> list[datetime]:
    """The times that have come, asked for one by one as APScheduler asks."""
    trigger: Callable[[datetime | None, datetime], datetime] = Times(line).get_next_fire_time
    found: list[datetime] = []
    time = trigger(None, now)
    while time <= now:
        found.append(time)
        time = trigger(time, now)
    return found
