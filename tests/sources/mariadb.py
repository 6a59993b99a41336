"""A MariaDB server of our own on a socket: somebody else's database, with a user who may write everything."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import AF_UNIX
from socket import socket as Line  # noqa: N812
from typing import Any

import pymysql

from tests.sources.unprivileged import folder, run, running, user

PROGRAM = shutil.which("mariadbd") or "/usr/sbin/mariadbd"
IS_TO_RUN = Path(PROGRAM).exists() or bool(os.environ.get("CI"))
"""Always in CI, elsewhere where the server is installed."""


@contextmanager
def mariadb() -> Iterator[Path]:
    """The running server's socket."""
    with folder() as place:
        data, socket = place / "data", place / "s"
        install = ["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--skip-test-db", f"--user={user()}"]
        run([*install, "--auth-root-authentication-method=normal"], place)
        options = [f"--datadir={data}", f"--socket={socket}", f"--pid-file={place}/pid", "--skip-networking"]
        small = ["--innodb-buffer-pool-size=8M", "--innodb-flush-log-at-trx-commit=0", "--skip-log-bin"]
        with running([PROGRAM, "--no-defaults", *options, *small], place, lambda: _answers(socket)):
            yield socket


def do(socket: Path, *statements: str) -> list[tuple[Any, ...]]:
    """Run statements as the owner of the server; the rows of the last one."""
    with pymysql.connect(unix_socket=str(socket), user="root", autocommit=True) as owner, owner.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return list(cursor.fetchall())


def _answers(socket: Path) -> bool:
    """Only a line that is there is handed to the library, which would leave another one open."""
    with Line(AF_UNIX) as line:
        return line.connect_ex(str(socket)) == 0 and bool(do(socket, "SELECT 1"))
