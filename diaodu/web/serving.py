"""One process for everything: the site listens, the machine runs, and both end in order."""

import logging
import signal
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType

import uvicorn
from sqlalchemy import Engine

from diaodu.settings import Settings
from diaodu.storage.run import Lease
from diaodu.web.app import build
from diaodu.web.site import Site
from flows import engine as prefect
from flows.cycle import steps
from flows.desk import Desk
from flows.dispatcher import Dispatcher
from flows.machine import Machine
from flows.scheduler import Clock
from flows.warn import drain

log = logging.getLogger(__name__)


def serve(settings: Settings, engine: Engine, now: Callable[[], datetime]) -> None:
    """Listen, run what is due, and return after SIGTERM or SIGINT once what is under way has ended.

    Raises SystemExit(1) when the machine could not be started.
    """
    site = Site(engine, settings, _machine(settings, engine, now), now)
    app = build(site, prefect.server())
    config = uvicorn.Config(
        app, settings.serve_host, settings.serve_port, log_level="warning", timeout_graceful_shutdown=5
    )
    server = Server(config, site.machine)
    server.run()
    if server.failed:
        raise SystemExit(1)


def _machine(settings: Settings, engine: Engine, now: Callable[[], datetime]) -> Machine:
    at_once = prefect.lock_at_once()
    if at_once == prefect.ONE:
        log.warning("this Prefect is not the one we know: flows run one at a time")

    def work(lease: Lease) -> None:
        prefect.run_as_flow(lease, steps(Desk(engine, settings, lease, now)))

    wake = threading.Event()
    length = timedelta(seconds=settings.lease_seconds)
    dispatcher = Dispatcher(engine, work, now, at_once, wake.set, length)
    return Machine(Clock(engine, now, wake.set), dispatcher, lambda: drain(engine, settings, now), wake, now)


class Server(uvicorn.Server):
    """Starts the machine once the site can be reached, and on a signal stops it before the site goes."""

    def __init__(self, config: uvicorn.Config, machine: Machine) -> None:
        super().__init__(config)
        self._machine = machine
        self._starting = threading.Thread(target=self._start_machine, name="start")
        self._ending: threading.Thread | None = None
        self.failed = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._starting.start()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal lets runs end, for they need the site; a second one does not wait."""
        if self._ending:
            self.should_exit = self.force_exit = True
            return
        log.warning("%s: ending after what is under way", signal.Signals(sig).name)
        self._ending = threading.Thread(target=self._stop_machine, name="stop")
        self._ending.start()

    def _start_machine(self) -> None:
        try:
            buried = prefect.bury_the_dead()
            if buried:
                log.warning("%s flow runs of a process that was killed are marked as crashed", buried)
            self._machine.start()
        except Exception:
            log.exception("the machine could not be started")
            self.failed = self.should_exit = True

    def _stop_machine(self) -> None:
        if self._starting.ident:
            self._starting.join()
            self._machine.stop()
        self.should_exit = True
