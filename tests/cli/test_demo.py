"""The demonstration runs to its end in an empty folder, leaves every file it promises, and touches nobody else's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from diaodu.cli import demo
from diaodu.cli.office import WrongInput
from tests.house import ROOT


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Its workspace, and what it printed."""
    home = tmp_path_factory.mktemp("demo") / "here"
    return home, _run(home)


def _run(home: Path) -> str:
    program = [Path(sys.executable).with_name("diaodu"), "demo", "--home", home]
    env = os.environ | {"PYTHONUTF8": "1", "COLUMNS": "100", "DIAODU_LANG": "zh"}
    done = subprocess.run(program, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_both_briefings_are_there_in_three_formats(shown: tuple[Path, str]) -> None:
    home, text = shown
    files = sorted(path for path in (home / "briefings").rglob("*") if path.is_file())
    assert len(files) == 6
    assert {path.suffix for path in files} == {".docx", ".pdf", ".html"}
    assert [path for path in files if str(path) not in text] == []
    assert [path for path in files if path.stat().st_size < 2_000] == []


def test_the_unit_that_lagged_in_october_is_told_and_recovers_in_november(shown: tuple[Path, str]) -> None:
    home, text = shown
    october, november = (text.split("$ diaodu cycle")[i] for i in (1, 2))
    (line,) = (line.split() for line in october.splitlines() if "中型灌区改造" in line and "41,144" in line)
    assert line == ["12", "—", "中型灌区改造", "41,144", "33,959", "82.5%", "-0.8", "黄牌"]
    (line,) = (line.split() for line in november.splitlines() if "中型灌区改造" in line and "40,941" in line)
    assert line == ["4", "↑8", "中型灌区改造", "40,941", "40,941", "100.0%", "8.3", "绿牌"]
    assert [path.name for path in (home / "notices").rglob("*约谈*中型灌区改造*.docx")]


def test_who_did_not_report_is_not_judged_and_looking_back_chases_nobody(shown: tuple[Path, str]) -> None:
    home, text = shown
    november = text.split("$ diaodu cycle")[2]
    (line,) = (line.split() for line in november.splitlines() if "水土流失治理" in line and "12,718" in line)
    assert line[0] == "—"
    assert line[-2:] == ["—", "未报送"]
    assert not list((home / "notices").rglob("*催报*"))


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_what_the_readme_shows_is_printed(shown: tuple[Path, str], page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    table = text.split("<!-- demo -->\n```\n")[1].split("```")[0]
    printed = {" ".join(line.split()) for line in shown[1].splitlines()}
    lines = [" ".join(line.split()) for line in table.splitlines() if line.strip("… ")]
    assert len(lines) == 10
    assert [line for line in lines if line not in printed] == []


def test_only_a_workspace_of_an_earlier_demonstration_is_emptied(
    shown: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIAODU_HOME", "")
    copy = tmp_path / "copy"
    shutil.copytree(shown[0], copy)
    demo.empty_workspace(copy)
    assert [path.name for path in copy.iterdir()] == [demo.MARK]


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "diaodu.db").write_text("precious")
    with pytest.raises(WrongInput):
        demo.empty_workspace(tmp_path)
    assert (tmp_path / "diaodu.db").read_text() == "precious"


@pytest.mark.parametrize("lost", ["briefings/a/2023-10-31-1.pdf", "briefings/a/2023-11-30-2.docx", "notices/a/1.docx"])
def test_a_missing_or_empty_file_fails_the_demonstration(tmp_path: Path, lost: str) -> None:
    names = [
        f"briefings/a/{day}-{n}.{form}" for n, day in ((1, "2023-10-31"), (2, "2023-11-30")) for form in demo.FORMATS
    ]
    for name in [*names, "notices/a/1.docx"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("written")
    demo.show_files(tmp_path)
    (tmp_path / lost).write_text("")
    with pytest.raises(typer.Exit):
        demo.show_files(tmp_path)
    (tmp_path / lost).unlink()
    with pytest.raises(typer.Exit):
        demo.show_files(tmp_path)
