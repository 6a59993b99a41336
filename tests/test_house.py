"""The house keeps its own rules, and each rule is shown a file that breaks it."""

import importlib.metadata
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from diaodu.sources.registry import SOURCES
from notifications.registry import CHANNELS
from tests import house
from tests.house import ROOMS, ROOT, Module

FILES_OF_THE_ROOMS = house.modules(*ROOMS)
FILES_OF_ALL = [*FILES_OF_THE_ROOMS, *house.modules("tests", "benchmarks")]


@pytest.mark.parametrize("rule", house.OF_ALL, ids=lambda rule: rule.__name__)
def test_no_file(rule: Callable[[Module], Iterable[str]]) -> None:
    assert [f"{m.path}: {fault}" for m in FILES_OF_ALL for fault in rule(m)] == []


@pytest.mark.parametrize("rule", house.OF_THE_ROOMS, ids=lambda rule: rule.__name__)
def test_no_file_of_the_rooms(rule: Callable[[Module], Iterable[str]]) -> None:
    assert [f"{m.path}: {fault}" for m in FILES_OF_THE_ROOMS for fault in rule(m)] == []


BROKEN = (
    (house.is_too_long, "diaodu/long.py", "x = 1\n" * 301),
    (house.has_a_long_function, "flows/check.py", "def f():\n" + "    x = 1\n" * 50),
    (house.does_not_say_what_it_is_for, "models/unit.py", "x = 1\n"),
    (house.does_not_say_what_it_is_for, "models/unit.py", '"""   """\n'),
    (house.bears_a_library_name, "notifications/email.py", ""),
    (house.bears_a_library_name, "models/calendar.py", ""),
    (house.has_a_vague_name, "diaodu/storage/utils.py", ""),
    (house.has_a_vague_name, "diaodu/helpers/unit.py", ""),
    (house.imports_late, "flows/warn.py", "def f():\n    import json\n"),
    (house.imports_late, "diaodu/web/app.py", "async def f():\n    from models import unit\n"),
    (house.reads_the_clock, "flows/check.py", "now = datetime.now(UTC)\n"),
    (house.reads_the_clock, "diaodu/web/page.py", "day = dt.date.today()\n"),
    (house.reads_the_clock, "diaodu/cli/run.py", "import time\nt = time.time()\n"),
    (house.reads_the_clock, "diaodu/cli/run.py", "stamp = default_factory(datetime.utcnow)\n"),
    (house.reads_the_clock, "models/unit.py", "at = Column(default=func.now())\n"),
    (house.commits, "diaodu/actions/policy.py", "def f(session):\n    session.commit()\n"),
    (house.postpones_annotations, "models/unit.py", "from __future__ import annotations\n"),
    (house.lets_the_world_into_the_rules, "diaodu/rules/verdict.py", "from sqlmodel import Session\n"),
    (house.lets_the_world_into_the_rules, "diaodu/rules/verdict.py", "from pathlib import Path\n"),
    (house.lets_the_world_into_the_rules, "diaodu/rules/verdict.py", "from diaodu import clock\n"),
    (house.waits_or_skips, "tests/web/test_page.py", "def test_a():\n    time.sleep(1)\n    assert f()\n"),
    (house.waits_or_skips, "tests/web/test_page.py", "@pytest.mark.skipif(True)\ndef test_a():\n    assert f()\n"),
    (house.cannot_fail, "tests/web/test_page.py", "def test_a():\n    f()\n"),
)


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN)
def test_a_rule_finds_the_file_that_breaks_it(rule: Callable[[Module], Iterable[str]], path: str, text: str) -> None:
    assert list(rule(Module(Path(path), text)))


INNOCENT = (
    (house.is_too_long, "diaodu/long.py", "x = 1\n" * 300),
    (house.has_a_long_function, "flows/check.py", "def f():\n" + "    x = 1\n" * 49),
    (house.bears_a_library_name, "diaodu/web/calendar.py", ""),
    (house.imports_late, "diaodu/cli/run.py", "def f():\n    import json\n"),
    (house.reads_the_clock, "diaodu/clock.py", "now = datetime.now(UTC)\n"),
    (house.reads_the_clock, "flows/check.py", "now = clock.now()\n"),
    (house.commits, "diaodu/storage/session.py", "session.commit()\n"),
    (house.lets_the_world_into_the_rules, "diaodu/rules/verdict.py", "import polars as pl\nfrom enum import StrEnum\n"),
    (house.cannot_fail, "tests/a/test_a.py", "def test_a():\n    with pytest.raises(ValueError):\n        f()\n"),
)


@pytest.mark.parametrize(("rule", "path", "text"), INNOCENT)
def test_a_rule_leaves_alone_what_is_allowed(rule: Callable[[Module], Iterable[str]], path: str, text: str) -> None:
    assert not list(rule(Module(Path(path), text)))


def test_every_rule_has_been_shown_a_file_that_breaks_it() -> None:
    assert {*house.OF_ALL, *house.OF_THE_ROOMS} == {rule for rule, _, _ in BROKEN}


def test_no_dependency_owns_a_name_of_ours() -> None:
    assert house.strangers(importlib.metadata.packages_distributions()) == []


def test_a_dependency_that_owns_a_name_of_ours_is_found() -> None:
    assert house.strangers({"models": ["somebody-models"], "flows": ["diaodu"]}) == ["models: somebody-models"]


BREACHES = {
    "Down the stairs, never up": ("diaodu/storage/breach.py", "import diaodu.actions\n"),
    "Rules know nothing of the world": ("diaodu/rules/breach.py", "import diaodu.clock\n"),
    "Leaves hang free": ("diaodu/clock.py", "import diaodu.storage\n"),
    "Texts carry no code": ("templates/breach.py", "import diaodu.rules\n"),
    "Tables do not know each other": ("models/unit.py", "import models.scheme\n"),
    "Only the engine knows Prefect": ("flows/breach.py", "import prefect\n"),
    "Channels do not know each other": ("notifications/mail.py", "import notifications.inbox\n"),
    "Sources do not know each other": ("diaodu/sources/folder.py", "import diaodu.sources.mailbox\n"),
    "The four flows do not know each other": ("flows/check.py", "import flows.warn\n"),
    "Document formats do not know each other": ("diaodu/briefing/as_pdf.py", "import diaodu.briefing.as_word\n"),
}


def _lint(folder: Path) -> str:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(folder)},
        check=False,
    )
    return done.stdout + done.stderr


def _said(report: str, word: str) -> set[str]:
    return set(re.findall(rf"^(.+) {word}(?: \(.*\))?$", report, re.MULTILINE))


def test_imports_keep_every_contract() -> None:
    report = _lint(ROOT)
    assert (_said(report, "KEPT"), _said(report, "BROKEN")) == (set(BREACHES), set()), report


def test_a_new_channel_source_or_format_is_in_its_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    named = {contract["name"]: contract.get("modules") for contract in contracts}
    assert set(named["Channels do not know each other"]) == {f"notifications.{name}" for name in CHANNELS}
    assert set(named["Sources do not know each other"]) == {f"diaodu.sources.{name}" for name in SOURCES}
    formats = {f"diaodu.briefing.{path.stem}" for path in (ROOT / "diaodu/briefing").glob("as_*.py")}
    assert set(named["Document formats do not know each other"]) == formats


def test_every_contract_breaks_when_its_rule_is_broken(tmp_path: Path) -> None:
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for path, line in BREACHES.values():
        with (tmp_path / path).open("a", encoding="utf-8") as module:
            module.write(line)
    report = _lint(tmp_path)
    assert (_said(report, "BROKEN"), _said(report, "KEPT")) == (set(BREACHES), set()), report
