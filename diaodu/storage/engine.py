"""The database behind one address: SQLite in the workspace, or PostgreSQL."""

from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import create_engine

import diaodu.storage.tables  # noqa: F401  (a foreign key must find its table, whoever asks first)

READS_ONLY = "reads_only"
"""Execution option of SQLite connections that never write."""


def open_engine(url: str) -> Engine:
    """An engine for `url`; SQLite gets foreign keys, a write-ahead log, and transactions that take the lock at once.

    Those that only read (the option `READS_ONLY`) take none, and are held to it.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 30000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        reads_only = bool(connection.get_execution_options().get(READS_ONLY))
        connection.connection.driver_connection.execute(f"PRAGMA query_only = {'ON' if reads_only else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    return engine
