"""The rules of the house as functions over one file: each says what it found, so a bad file can be shown to it."""

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("diaodu", "flows", "models", "notifications", "templates")
LONGEST_FILE = 300
LONGEST_FUNCTION = 50
VAGUE = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "misc"})
WORLD = """
    asyncio ftplib glob http io locale logging mmap multiprocessing os pathlib pickle platform random secrets select
    shelve shutil signal smtplib socket sqlite3 ssl subprocess sys tempfile threading time urllib uuid zoneinfo
"""
"""Standard library that reaches for files, network, processes, chance or the clock."""
RULES_MAY_IMPORT = (sys.stdlib_module_names - set(WORLD.split())) | {"polars", "sqlglot"}
CLOCKS = re.compile(
    r"^(datetime|date|dt)(\.(datetime|date))?\.(now|today|utcnow)$|^time\.(time|time_ns|localtime|gmtime)$"
)


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file: its path inside the project, and its text."""

    path: Path
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    def is_under(self, folder: str) -> bool:
        return self.path.is_relative_to(folder)


def modules(*folders: str) -> list[Module]:
    """Every Python file of the project under `folders`, written migrations left out."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    kept = (path.relative_to(ROOT) for path in found if "versions" not in path.parts)
    return [Module(path, (ROOT / path).read_text(encoding="utf-8")) for path in kept]


def is_too_long(module: Module) -> Iterator[str]:
    lines = module.text.count("\n")
    if lines > LONGEST_FILE:
        yield f"{lines} lines"


def has_a_long_function(module: Module) -> Iterator[str]:
    for function in _functions(module.tree):
        size = (function.end_lineno or function.lineno) - function.lineno + 1
        if size > LONGEST_FUNCTION:
            yield f"{function.name}: {size} lines"


def does_not_say_what_it_is_for(module: Module) -> Iterator[str]:
    if not (ast.get_docstring(module.tree) or "").strip():
        yield "no module docstring"


def bears_a_library_name(module: Module) -> Iterator[str]:
    """Only files directly in a room: `import calendar` must never find ours."""
    if len(module.path.parts) == 2 and module.path.stem in sys.stdlib_module_names:
        yield module.path.stem


def has_a_vague_name(module: Module) -> Iterator[str]:
    yield from VAGUE & {*module.path.parts[:-1], module.path.stem}


def imports_late(module: Module) -> Iterator[str]:
    if module.is_under("diaodu/cli"):
        return
    for function in _functions(module.tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield f"{function.name}, line {node.lineno}"


def reads_the_clock(module: Module) -> Iterator[str]:
    if module.path == Path("diaodu/clock.py"):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and CLOCKS.match(ast.unparse(node)):
            yield f"{ast.unparse(node)}, line {node.lineno}"
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "func.now":
            yield f"the database's clock, line {node.lineno}"


def commits(module: Module) -> Iterator[str]:
    if module.path == Path("diaodu/storage/session.py"):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
            yield f"line {node.lineno}"


def postpones_annotations(module: Module) -> Iterator[str]:
    """Breaks SQLModel tables, and only when they are first used."""
    if module.is_under("models") and any(name == "__future__" for name, _ in _imports(module.tree)):
        yield "from __future__ import annotations"


def lets_the_world_into_the_rules(module: Module) -> Iterator[str]:
    if not module.is_under("diaodu/rules"):
        return
    for name, line in _imports(module.tree):
        if not name.startswith("diaodu.rules") and name.split(".")[0] not in RULES_MAY_IMPORT:
            yield f"{name}, line {line}"


def waits_or_skips(module: Module) -> Iterator[str]:
    """A test neither sleeps nor stands aside."""
    if not module.path.name.startswith("test_"):
        return
    for node in ast.walk(module.tree):
        words = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
        if re.match(r"^(time\.sleep|pytest\.(mark\.)?(skip|skipif|xfail|importorskip))$", words):
            yield f"{words}, line {node.lineno}"  # type: ignore[attr-defined]


def cannot_fail(module: Module) -> Iterator[str]:
    """A test that asserts nothing, by itself or through a function called expect, assert or check something."""
    if not module.path.name.startswith("test_"):
        return
    for function in _functions(module.tree):
        if function.name.startswith("test_") and not any(_expects(node) for node in ast.walk(function)):
            yield function.name


def _expects(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return True
    if not isinstance(node, ast.Call):
        return False
    name = ast.unparse(node.func).split(".")[-1]
    return name == "raises" or name.startswith(("assert", "expect", "check"))


OF_ALL: Sequence[Callable[[Module], Iterable[str]]] = (
    is_too_long,
    does_not_say_what_it_is_for,
    has_a_vague_name,
    waits_or_skips,
    cannot_fail,
)
OF_THE_ROOMS: Sequence[Callable[[Module], Iterable[str]]] = (
    has_a_long_function,
    bears_a_library_name,
    imports_late,
    reads_the_clock,
    commits,
    postpones_annotations,
    lets_the_world_into_the_rules,
)


def strangers(owners: Mapping[str, list[str]], names: Sequence[str] = ROOMS) -> list[str]:
    """Installed distributions that bring a package by one of our names; `owners` is package → distributions."""
    return [f"{name}: {owner}" for name in names for owner in owners.get(name, []) if owner != "diaodu"]


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "." * node.level, node.lineno
