"""A process for files nobody has checked: little memory and time, bytes in, bytes out; its death is not ours."""

import subprocess
import sys
from pathlib import Path

MEMORY = 1 << 30
SECONDS = 30
_ROOT = str(Path(__file__).parents[1])
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); import runpy; runpy.run_module(sys.argv[2], run_name='__main__')"

if sys.platform == "linux":
    import resource

    def limit() -> None:
        """Give this process bounds it cannot lift again."""
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
else:

    def limit() -> None:
        """Elsewhere only the archive's size and the time are bounded."""


class Died(Exception):
    """The process used more memory or time than it has, or broke."""


class TookTooLong(Died):
    """It was still at work when its time was over."""


def ask(module: str, payload: bytes) -> bytes:
    """What `module`, run alone, writes when it is given `payload`; raises Died, or TookTooLong."""
    command = [sys.executable, "-I", "-c", _CHILD, _ROOT, module]
    try:
        done = subprocess.run(  # noqa: S603  (our own interpreter and code; contents go through a pipe)
            command, input=payload, capture_output=True, check=False, timeout=SECONDS + 5
        )
    except subprocess.TimeoutExpired:
        raise TookTooLong from None
    if done.returncode != 0:
        raise Died
    return done.stdout
