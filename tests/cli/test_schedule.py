"""`diaodu schedule`: what runs by itself, changed without touching a table."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from diaodu.cli.app import app
from tests.plan_file import SOUND, write_folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a plan that no clock has run."""
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path / "office"))
    monkeypatch.setenv("COLUMNS", "200")
    diaodu("init")
    diaodu("plan", "import", str(write_folder(tmp_path / "plan", SOUND)), "--recorded-at", "2023-11-03")
    return tmp_path


def diaodu(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result


def listed() -> dict[str, dict[str, object]]:
    return {line["job"]: line for line in json.loads(diaodu("schedule", "list", "--format", "json").stdout)}


def test_the_usual_timetable_is_shown_before_any_clock_has_run(home: Path) -> None:
    found = listed()
    assert found["collect"]["said"] == "每个工作日 08:00"
    assert (found["cycle"]["said"], found["cycle"]["catch_up"]) == ("单位时限后第 1 个工作日 08:30", "each")
    assert listed() == found


def test_a_line_is_changed_and_shown_as_it_is(home: Path) -> None:
    said = diaodu("schedule", "change", "cycle", "--trigger", " due  17:30 ", "--catch-up", "once", "--pause").stdout
    assert said == "已改：cycle\n"
    cycle = listed()["cycle"]
    assert (cycle["trigger"], cycle["said"]) == ("due 17:30", "单位时限当日 17:30")
    assert (cycle["catch_up"], cycle["paused"], cycle["next"]) == ("once", True, None)
    table = diaodu("schedule", "list").stdout
    assert "已暂停" in table
    assert "补一次" in table
    assert diaodu("schedule", "change", "cycle", "--resume").stdout == "已改：cycle\n"
    assert diaodu("schedule", "change", "cycle", "--resume").stdout == "原来就是这样，没有变化。\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("cycle", "--trigger", "每天八点"), "due +1 08:30 或 period +2 09:00，读到：每天八点"),
        (("cycle", "--trigger", "workdays 25:00"), "读到：workdays 25:00"),
        (("tea", "--pause"), "没有这项任务；现有：collect、cycle"),
        (("cycle",), "没有写要改什么：--trigger、--catch-up、--pause 或 --resume"),
        (("cycle", "--catch-up", "twice"), "'twice'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_exit_code_2(home: Path, words: tuple[str, ...], message: str) -> None:
    before = listed()
    assert message in diaodu("schedule", "change", *words, code=2).stderr
    assert listed() == before
