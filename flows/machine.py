"""What `serve` keeps going: the clock that writes fires, the dispatcher that runs them, and the outbox."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from flows.dispatcher import Dispatcher
from flows.scheduler import Clock

log = logging.getLogger(__name__)

TICK = timedelta(seconds=5)
"""How soon a fire that another process wrote is seen."""
LOOK_AGAIN = timedelta(minutes=1)
"""How often the timetable is read for changes, and the outbox for messages to be sent again."""


class Machine:
    """One thread that wakes when a fire is written or a run ends, and every `TICK` in any case."""

    def __init__(
        self,
        clock: Clock,
        dispatcher: Dispatcher,
        drain: Callable[[], object],
        wake: threading.Event,
        now: Callable[[], datetime],
    ) -> None:
        self.clock, self._dispatcher, self._drain, self._wake, self._now = clock, dispatcher, drain, wake, now
        self.troubles: dict[str, str] = {}
        """What the machine, the clock and the outbox stumbled over in their last round: shown until one goes well."""
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="machine")
        self._post = threading.Thread(target=self._deliver, name="outbox")

    def start(self) -> None:
        self.clock.start()
        self._thread.start()
        self._post.start()

    def stop(self) -> None:
        """Begin nothing new, and wait for what is under way."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._wake.set()
        for thread in (self._thread, self._post):
            if thread.ident:
                thread.join()
        self.clock.stop()
        self._dispatcher.stop()

    def _go_on(self) -> None:
        looked = self._now()
        while not self._stopping.is_set():
            self._try("machine", self._dispatcher.turn)
            if self._now() - looked >= LOOK_AGAIN:
                looked = self._now()
                self._try("clock", self.clock.refresh)
            self._wake.wait(TICK.total_seconds())
            self._wake.clear()

    def _deliver(self) -> None:
        while not self._stopping.is_set():
            self._try("outbox", self._drain)
            self._stopping.wait(LOOK_AGAIN.total_seconds())

    def _try(self, part: str, work: Callable[[], object]) -> None:
        """A database gone for a minute must not end the machine, nor go unseen."""
        try:
            work()
        except Exception as error:
            self.troubles[part] = f"{type(error).__name__}: {error}"
            log.exception("the %s stumbled and goes on", part)
        else:
            self.troubles.pop(part, None)
