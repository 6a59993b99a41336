"""Servers of other people's making, started as somebody who may do nothing else, in a folder that goes away."""

import os
import pwd
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 600
"""Tenths of a second a server may take to answer on a machine that is doing much else."""


def user() -> str:
    """Whom the servers run as: never root."""
    return "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


@contextmanager
def folder() -> Iterator[Path]:
    """A short-named folder that the server's user owns."""
    place = Path(tempfile.mkdtemp(prefix="diaodu-peer-"))
    given(place)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def given(place: Path) -> None:
    """Hand a file or folder over to the server's user."""
    if os.geteuid() == 0:
        entry = pwd.getpwnam(user())
        os.chown(place, entry.pw_uid, entry.pw_gid)


def run(command: Sequence[str | Path], place: Path) -> None:
    """Run a program to its end; raises with what it said when it failed."""
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, **_who())
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


@contextmanager
def running(command: Sequence[str | Path], place: Path, answers: Callable[[], bool]) -> Iterator[None]:
    """A server from the moment it answers to the end of the block."""
    with (place / "said.txt").open("w") as said:
        process = subprocess.Popen(command, cwd=place, stdout=said, stderr=said, **_who())
    try:
        for _ in range(PATIENCE):
            if answers():
                break
            if process.poll() is not None:
                raise RuntimeError((place / "said.txt").read_text())
            threading.Event().wait(0.1)
        else:
            raise RuntimeError((place / "said.txt").read_text())
        yield
    finally:
        process.terminate()
        process.wait(60)


def _who() -> dict[str, Any]:
    """How a process of the server's user is started."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(user())
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
