"""The engine's guard: the patch that lets flows run side by side is put on only where Prefect is as we know it.

Flows themselves are run for real by `tests/cli/test_serve.py`.
"""

import os
import subprocess
import sys
from pathlib import Path

from flows.embedding import environment

ASSERTED = """
import asyncio
from prefect.server.database import configurations as C
from flows import engine
assert engine.lock_at_once() == engine.MANY
assert engine.lock_at_once() == engine.MANY  # twice is no harm
seen = []
class Session:
    def begin(self):
        seen.append(C.SQLITE_BEGIN_MODE.get())
        return self
    async def __aenter__(self): return self
    async def __aexit__(self, *_): return None
async def main():
    async with C.AioSqliteConfiguration.begin_transaction(None, Session()):
        pass
asyncio.run(main())
assert seen == ["IMMEDIATE"], seen
assert C.SQLITE_BEGIN_MODE.get() is None
"""
CHANGED = """
from prefect.server.database import configurations as C
from flows import engine
changes = {
    "another signature": (C.AioSqliteConfiguration, "begin_transaction", lambda self, session, mode: None),
    "no such method": (C.AioSqliteConfiguration, "begin_transaction", None),
    "no such class": (C, "AioSqliteConfiguration", None),
    "no such mode": (C, "SQLITE_BEGIN_MODE", None),
}
for change, (owner, name, instead) in changes.items():
    was = vars(owner)[name]
    setattr(owner, name, instead) if instead else delattr(owner, name)
    assert engine.lock_at_once() == engine.ONE, change
    assert vars(owner).get(name) is instead, change
    setattr(owner, name, was)
assert engine.lock_at_once() == engine.MANY
"""


def run(program: str, home: Path) -> str:
    """What a process of its own says that imports Prefect the way `serve` does; empty when all is well."""
    (home / "prefect").mkdir()
    told = os.environ | environment(home, "127.0.0.1", 1)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=told, check=False)
    return done.stderr if done.returncode else ""


def test_the_installed_prefect_is_as_we_know_it(tmp_path: Path) -> None:
    assert run(ASSERTED, tmp_path) == ""


def test_another_prefect_is_left_alone_and_runs_one_flow_at_a_time(tmp_path: Path) -> None:
    assert run(CHANGED, tmp_path) == ""
