"""A sender in a process of its own, for tests that kill it."""

from datetime import datetime
from pathlib import Path

import httpcore  # noqa: F401  (loaded before the fork, as the driver is)
import psycopg  # noqa: F401

from diaodu.storage.engine import open_engine
from notifications.outbox import Outbox
from notifications.webhook import Webhook


def drain(database: str, holder: str, now: datetime) -> None:
    """Send whatever is due by webhook, as of `now`."""
    engine = open_engine(database)
    Outbox(engine, {"webhook": Webhook("secret")}, Path(), holder, lambda: now).drain()
    engine.dispose()
