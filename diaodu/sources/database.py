"""Asking a database of each make one question: read only, with a time limit that the server itself keeps."""

import socket
import sqlite3
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg
import pymysql
import pymysql.cursors
from sqlalchemy import URL

from diaodu.language import _
from diaodu.sources.fault import Fault, Faults, SourceDown

CONNECT = 10
"""Seconds to be let in."""
GRACE = 5
"""Seconds after which we stop listening to a server that does not keep its own limit."""
TOO_SLOW = frozenset({1969, 3024, 1317, 2013})
"""MariaDB and MySQL: the statement's time was up, or the server went silent."""
WRONG_QUERY = frozenset({1054, 1064, 1146, 1052, 1305})
"""MariaDB and MySQL: no such column or table, or not understood."""
STEPS = 1000
"""SQLite is asked for the time every so many of its instructions."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long, how much, and whether only over an encrypted line."""

    seconds: int
    rows: int
    tls: bool
    ca_file: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """Column names and rows; one row more than allowed when there were more."""

    columns: list[str]
    rows: list[tuple[Any, ...]]


Asker = Callable[[URL, str, Bounds, str], Result]
"""Runs a query at an address within bounds; the last argument is for messages. Raises SourceDown, and Faults."""


def _postgresql(url: URL, query: str, bounds: Bounds, name: str) -> Result:
    told = f"-c default_transaction_read_only=on -c statement_timeout={bounds.seconds * 1000}"
    secure = {"sslmode": "verify-full", "sslrootcert": bounds.ca_file or "system"} if bounds.tls else {}
    try:
        with psycopg.connect(
            host=_socket(url, "host") or url.host,
            port=url.port,
            user=url.username,
            password=url.password,
            dbname=url.database,
            connect_timeout=CONNECT,
            options=told,
            keepalives_idle=CONNECT,
            tcp_user_timeout=(bounds.seconds + GRACE) * 1000,
            **secure,  # type: ignore[arg-type]
        ) as connection:
            connection.read_only = True
            with connection.cursor("diaodu") as cursor:
                cursor.execute(query.encode())
                rows = cursor.fetchmany(bounds.rows + 1)
                return Result([column.name for column in cursor.description or ()], rows)
    except psycopg.errors.QueryCanceled:
        raise _slow(name, bounds) from None
    except psycopg.errors.InsufficientPrivilege as wrong:
        raise SourceDown(f"{name}：{_line(wrong)}") from None
    except (psycopg.errors.ProgrammingError, psycopg.errors.DataError) as wrong:
        raise _wrong(name, wrong) from None
    except psycopg.Error as wrong:
        raise SourceDown(f"{name}：{_line(wrong)}") from None


def _socket(url: URL, key: str) -> str | None:
    found = url.query.get(key)
    return found if isinstance(found, str) else None


def _mysql(url: URL, query: str, bounds: Bounds, name: str) -> Result:
    secure = {"ssl": ssl.create_default_context(cafile=bounds.ca_file)} if bounds.tls else {}
    try:
        connection = pymysql.connect(
            host=url.host or "localhost",
            port=url.port or 3306,
            user=url.username,
            password=url.password or "",
            database=url.database,
            charset="utf8mb4",
            connect_timeout=CONNECT,
            read_timeout=bounds.seconds + GRACE,
            write_timeout=CONNECT,
            cursorclass=pymysql.cursors.SSCursor,
            defer_connect=True,
            **secure,
        )
        with _cut_off(connection):
            connection.connect(_local(_socket(url, "unix_socket")))
            return _answer(connection, query, bounds)
    except OSError as wrong:
        raise SourceDown(f"{name}：{wrong.strerror or wrong}") from None
    except pymysql.err.MySQLError as wrong:
        code = wrong.args[0] if wrong.args and isinstance(wrong.args[0], int) else None
        if code in TOO_SLOW:
            raise _slow(name, bounds) from None
        if code in WRONG_QUERY:
            raise _wrong(name, wrong) from None
        raise SourceDown(f"{name}：{_line(wrong)}") from None


def _answer(connection: Any, query: str, bounds: Bounds) -> Result:
    maria = "mariadb" in connection.get_server_info().lower()
    limit = f"max_statement_time = {bounds.seconds}" if maria else f"max_execution_time = {bounds.seconds * 1000}"
    with connection.cursor() as cursor:
        cursor.execute(f"SET SESSION {limit}")
        cursor.execute("SET SESSION TRANSACTION READ ONLY")
        cursor.execute("START TRANSACTION READ ONLY")
        cursor.execute(query)
        rows = list(cursor.fetchmany(bounds.rows + 1))
        return Result([column[0] for column in cursor.description], rows)


def _local(path: str | None) -> socket.socket | None:
    """A line to a server on this machine; the library would leave one open that leads nowhere."""
    if path is None:
        return None
    line = socket.socket(socket.AF_UNIX)
    try:
        line.settimeout(CONNECT)
        line.connect(path)
    except OSError:
        line.close()
        raise
    return line


@contextmanager
def _cut_off(connection: Any) -> Iterator[None]:
    """Cut the line in the end, whatever is still to come on it."""
    try:
        yield
    finally:
        connection._force_close()


def _sqlite(url: URL, query: str, bounds: Bounds, name: str) -> Result:
    file = Path(url.database or "")
    if not file.is_file():
        raise SourceDown(_("{name}：没有这个文件").format(name=name))
    ends = monotonic() + bounds.seconds
    try:
        connection = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=min(CONNECT, bounds.seconds)
        )
        with _closing(connection):
            connection.execute("PRAGMA query_only = ON")
            connection.set_progress_handler(lambda: monotonic() > ends, STEPS)
            connection.set_authorizer(_may)
            cursor = connection.execute(query)
            rows = cursor.fetchmany(bounds.rows + 1)
            return Result([column[0] for column in cursor.description], rows)
    except sqlite3.Error as wrong:
        if monotonic() > ends:
            raise _slow(name, bounds) from None
        if str(wrong).startswith(("no such", "near ", "ambiguous", "wrong number")):
            raise _wrong(name, wrong) from None
        raise SourceDown(f"{name}：{_line(wrong)}") from None


def _may(action: int, _what: str | None, _which: str | None, _where: str | None, _by: str | None) -> int:
    """SQLite asks before every step of a statement: reading, and nothing else."""
    allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY


@contextmanager
def _closing(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    finally:
        connection.close()


def _slow(name: str, bounds: Bounds) -> SourceDown:
    return SourceDown(_("{name}：{n} 秒内没有答完").format(name=name, n=bounds.seconds))


def _wrong(name: str, error: Exception) -> Faults:
    return Faults([Fault(name, "", None, "query", "", _("数据库不认这条语句：{why}").format(why=_line(error)))])


def _line(error: Exception) -> str:
    words = str(error.args[1]) if len(error.args) > 1 else str(error)
    return " ".join(words.split())[:300] or type(error).__name__


DATABASES: dict[str, Asker] = {"postgresql": _postgresql, "mysql": _mysql, "mariadb": _mysql, "sqlite": _sqlite}
