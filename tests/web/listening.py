"""Our site on a port of its own, with an empty application where Prefect's would be: up in milliseconds."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx
import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine

from diaodu.settings import Settings
from diaodu.storage.run import Lease
from diaodu.web.app import build
from diaodu.web.site import Site
from flows.dispatcher import Dispatcher
from flows.machine import Machine
from flows.scheduler import Clock

NOW = datetime(2023, 10, 20, 1, tzinfo=UTC)
"""What the site's clock says unless a test moves it."""


def nothing(_lease: Lease) -> None:
    pass


def site(engine: Engine, now: Callable[[], datetime] = lambda: NOW) -> Site:
    """A site whose machine stands still until a test starts it; who makes one stops its machine."""
    wake = threading.Event()
    dispatcher = Dispatcher(engine, nothing, now, 1, wake.set)
    machine = Machine(Clock(engine, now, wake.set), dispatcher, lambda: None, wake, now)
    return Site(engine, Settings(), machine, now)


@contextmanager
def listening(site: Site) -> Iterator[httpx.Client]:
    """A client that speaks to the site over the loopback."""
    with socket.create_server(("127.0.0.1", 0)) as port:
        server = uvicorn.Server(uvicorn.Config(build(site, FastAPI()), log_level="warning"))
        thread = threading.Thread(target=server.run, args=([port],))
        thread.start()
        with httpx.Client(base_url=f"http://127.0.0.1:{port.getsockname()[1]}", timeout=30) as client:
            yield client
        server.should_exit = True
        thread.join()
