"""A real `diaodu serve` in a process of its own, for tests that watch it from outside."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx

from diaodu.templating import SHIPPED

PATIENCE = 180.0
"""Seconds for a start from nothing on a machine that is doing much else."""
PROGRAM = Path(sys.executable).with_name("diaodu")
T = TypeVar("T")


class Serving:
    """One process on a port of its own; `workspace` and `database` outlive it."""

    def __init__(self, workspace: Path, database: str, compiled: Path, **settings: str) -> None:
        self.url = f"http://127.0.0.1:{_free_port()}"
        told = {"DIAODU_HOME": str(workspace), "DIAODU_DATABASE_URL": database}
        told |= {"DIAODU_SERVE_PORT": self.url.rpartition(":")[2], "PYTHONPYCACHEPREFIX": str(compiled)}
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        workspace.mkdir(exist_ok=True)
        self.said = workspace / "said.txt"
        with self.said.open("a") as said:
            self.process = subprocess.Popen(
                [PROGRAM, "serve"], env=inherited | told | settings, cwd=SHIPPED, stdout=said, stderr=said
            )

    def health(self) -> dict[str, Any] | None:
        """What /health says; None while nobody answers."""
        try:
            return httpx.get(f"{self.url}/health", timeout=10).json()  # type: ignore[no-any-return]
        except httpx.TransportError:
            return None

    def flow_runs(self) -> list[dict[str, Any]]:
        """What Prefect knows of its runs."""
        return httpx.post(f"{self.url}/prefect/api/flow_runs/filter", json={}).json()  # type: ignore[no-any-return]

    def until(self, look: Callable[[], T | None]) -> T:
        """What `look` finds once it finds anything, as long as the process lives."""
        for _ in range(int(PATIENCE * 10)):
            if (found := look()) is not None:
                return found
            assert self.process.poll() is None, self.said.read_text()
            threading.Event().wait(0.1)
        raise AssertionError(self.said.read_text())

    def until_runs(self, *states: str) -> dict[str, Any]:
        """Health once the runs so far, oldest first, stand like this."""

        def look() -> dict[str, Any] | None:
            health = self.health()
            return health if health and [run["state"] for run in reversed(health["runs"])] == list(states) else None

        return self.until(look)

    def ask_to_end(self) -> None:
        """Send what a service manager sends."""
        self.process.send_signal(signal.SIGTERM)

    def end(self) -> int:
        """Ask it to end, and its exit code."""
        self.ask_to_end()
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """Kill it outright; no harm when it has ended."""
        self.process.kill()
        self.process.wait(60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
