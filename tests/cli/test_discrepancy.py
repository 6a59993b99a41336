"""`diaodu discrepancy` and `report list`: two sources differ, the office settles, every number says whence."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from diaodu.cli.app import app
from tests.plan_file import SOUND, csv_bytes, write_folder

HEADINGS = ["指标", "单位", "截至日", "累计完成", "核实说明"]


@pytest.fixture
def workspace(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace that knows the sound plan; a source has contradicted both its reports, one within reason."""
    home = tmp_path / ".diaodu"
    home.mkdir()
    shutil.copy(migrated_file, home / "diaodu.db")
    monkeypatch.setenv("DIAODU_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)
    path = write_folder(tmp_path / "plan", SOUND)
    assert diaodu("plan", "import", path, "--recorded-at", "2023-11-03").exit_code == 0
    (tmp_path / "drop").mkdir()
    rows = [["invest", "east", "2023-10-31", "106.5", ""], ["invest", "west", "2023-10-31", "48", ""]]
    rows += [["invest", "east", "2023-11-30", "100", ""]]
    (tmp_path / "drop" / "局.csv").write_bytes(csv_bytes([HEADINGS, *rows]))
    assert diaodu("source", "add", "统计局", "folder", tmp_path / "drop").exit_code == 0
    return tmp_path


def diaodu(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def listed(*words: str) -> list[dict[str, object]]:
    result = diaodu(*words, "--format", "json")
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_the_run_says_what_is_doubtful_and_what_was_asked(workspace: Path) -> None:
    result = diaodu("collect", "--as-of", "2023-11-30")
    assert result.exit_code == 0, result.stderr
    assert "请单位核实 2" in result.stdout
    assert "数据存疑 3" in result.stdout


def test_a_discrepancy_is_listed_shown_and_settled(workspace: Path) -> None:
    diaodu("collect", "--as-of", "2023-11-30")
    one, two = listed("discrepancy", "list")
    assert (one["unit"], one["kept"], one["value"], one["source"]) == ("east", 105.5, 106.5, "统计局")
    assert (one["kept_origin"], one["origin"]) == ("plan/reports.csv · reports · 第 2 行", "局.csv · 局 · 第 2 行")
    shown = diaodu("discrepancy", "show", 1).stdout
    assert "局.csv · 局 · 第 2 行" in shown
    assert "待核实" in shown
    done = diaodu("discrepancy", "settle", 1, "--replace", "--reason", "以局为准", "--by", "李某")
    assert (done.exit_code, done.stdout) == (0, "编号 1：改用新数\n")
    assert [row["id"] for row in listed("discrepancy", "list")] == [two["id"]]
    assert [row["result"] for row in listed("discrepancy", "list", "--all")] == ["改用新数", "待核实"]
    refused = diaodu("discrepancy", "settle", 1, 2, "--keep", "--reason", "口径不同")
    assert (refused.exit_code, refused.stderr) == (1, "编号 1 已有结果，不能再办。\n")
    assert diaodu("discrepancy", "show", 9).exit_code == 2


def test_every_value_says_where_it_came_from(workspace: Path) -> None:
    diaodu("collect", "--as-of", "2023-11-30")
    (mine,) = listed("report", "list", "--as-of", "2023-11-30", "--unit", "east")
    about = {key: mine[key] for key in ("indicator", "as_of", "value", "source", "origin", "recorded_by", "in_force")}
    assert about == {
        "indicator": "invest",
        "as_of": "2023-11-30",
        "value": 100,
        "source": "统计局",
        "origin": "局.csv · 局 · 第 4 行",
        "recorded_by": "考核办",
        "in_force": True,
    }
    every = listed("report", "list", "--as-of", "2023-11-30", "--indicator", "invest", "--revisions")
    assert [(row["unit"], row["as_of"], row["value"], row["in_force"]) for row in every] == [
        ("east", "2023-11-30", 100, True),
        ("east", "2023-10-31", 105.5, False),
        ("west", "2023-10-31", 50, True),
    ]
    assert [row["note"] for row in every] == [None, "按期推进", None]
    assert [row["blocker"] for row in every] == [None, None, "征地未完"]
    assert len(listed("report", "list", "--as-of", "2023-11-30", "--known-at", "2023-11-05")) == 2
    assert diaodu("report", "list", "--as-of", "2023-11-30", "--unit", "north").exit_code == 2


def test_a_hint_is_printed_with_the_outcome(workspace: Path) -> None:
    (workspace / "r.csv").write_bytes(csv_bytes([HEADINGS, ["invest", "west", "2023-11-30", "49", "审计核减"]]))
    result = diaodu("report", "import", "r.csv", "--recorded-at", "2023-12-04")
    assert result.stderr.splitlines()[-1] == (
        "提示：r.csv · 第 2 行 · D 累计完成：读到“49”，"
        "较 2023-10-31 的 50 减少 1，累计数不应减少；已附核实说明：审计核减"
    )
