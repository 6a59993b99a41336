"""`diaodu source`: what a person sees of a source from its registration to its silence."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from diaodu.cli.app import app
from tests.plan_file import SOUND, write_folder
from tests.sources.website import as_json, website

HEADING = "指标,单位,截至日,累计完成\n"
PATHS = ("--option", "indicator=zb", "--option", "unit=dw", "--option", "value=sz", "--option", "as_of=rq")


@pytest.fixture
def workspace(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace that knows the sound plan; commands run in its folder."""
    home = tmp_path / ".diaodu"
    home.mkdir()
    shutil.copy(migrated_file, home / "diaodu.db")
    monkeypatch.setenv("DIAODU_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    assert (
        diaodu("plan", "import", write_folder(tmp_path / "plan", SOUND), "--recorded-at", "2023-11-03").exit_code == 0
    )
    return tmp_path


def diaodu(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def shown(*words: object) -> list[dict[str, object]]:
    result = diaodu(*words, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return list(json.loads(result.stdout))


def test_a_trial_shows_every_number_with_its_origin_and_what_would_become_of_it(workspace: Path) -> None:
    drop = workspace / "drop"
    drop.mkdir()
    (drop / "a.csv").write_text(HEADING + "invest,east,2023-11-09,110\n", encoding="utf-8")
    assert diaodu("source", "add", "投放", "folder", "drop").exit_code == 0
    (row,) = shown("source", "test", "投放")
    assert row == {
        "indicator": "invest",
        "unit": "east",
        "as_of": "2023-11-09",
        "value": "110",
        "origin": "a.csv · a · 第 2 行",
        "effect": "new",
    }
    assert "新增" in diaodu("source", "test", "投放").stdout
    (drop / "b.csv").write_text(HEADING + "invest,东曲,2023-11-09,很多\n", encoding="utf-8")
    result = diaodu("source", "test", "投放")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == "共 2 处差错；有差错的整份不会入库。"
    assert diaodu("verdict", "list", "--as-of", "2023-11-09").exit_code == 0


def test_a_source_is_listed_with_what_it_was_told_and_no_secret(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIAODU_SECRET_STATS", "hunter2")
    item = {"zb": "invest", "dw": "east", "rq": "2023-11-09", "sz": 110}
    with website(lambda _asked: as_json([item])) as site:
        result = diaodu("source", "add", "统计", "http", site.url, *PATHS, "--secret", "stats", "--supplies", "invest")
        assert result.exit_code == 0, result.stderr
        assert [row["value"] for row in shown("source", "test", "统计", "--as-of", "2023-11-09")] == ["110"]
        assert diaodu("collect", "--as-of", "2023-11-09", "--quiet").exit_code == 0
    assert site.asked[0].headers["authorization"] == "Bearer hunter2"
    (row,) = shown("source", "list")
    assert (row["supplies"], row["active"], row["last_outcome"]) == (["invest"], True, "source_read")
    assert "│ 是" in diaodu("source", "list").stdout
    assert row["options"] == {"indicator": "zb", "unit": "dw", "value": "sz", "as_of": "rq", "secret": "stats"}
    for file in (workspace / ".diaodu").rglob("*"):
        assert not file.is_file() or b"hunter2" not in file.read_bytes()


def test_everything_wrong_with_a_source_is_said_at_once(workspace: Path) -> None:
    (workspace / "o.toml").write_text('query = "DROP TABLE x"\ncolour = "red"\n', encoding="utf-8")
    result = diaodu("source", "add", "库", "sql", "sqlite:///x.db", "--options", "o.toml", "--supplies", "invst")
    assert result.exit_code == 2
    assert [line.partition("：")[0] for line in result.stderr.splitlines()] == [
        "库 · query",
        "库 · colour",
        "库 · supplies",
        "共 3 处差错，没有登记。",
    ]
    assert shown("source", "list") == []


def test_a_source_that_is_down_says_so(workspace: Path) -> None:
    assert diaodu("source", "add", "投放", "folder", workspace / "nowhere").exit_code == 0
    result = diaodu("source", "test", "投放")
    assert (result.exit_code, result.stderr) == (1, f"读不到：没有这个文件夹：{workspace}/nowhere\n")


def test_a_source_is_changed_paused_resumed_and_handed_over(workspace: Path) -> None:
    down = ("http", "http://127.0.0.1:9/", *PATHS, "--option", "attempts=1")
    assert diaodu("source", "add", "统计", *down, "--supplies", "invest").exit_code == 0
    assert diaodu("source", "change", "统计", "--option", "pages=7", "--option", "as_of=").exit_code == 0
    (row,) = shown("source", "list")
    assert row["options"] == {"indicator": "zb", "unit": "dw", "value": "sz", "attempts": 1, "pages": 7}
    assert diaodu("source", "ask-units", "统计", "--reason", "停用").exit_code == 2
    assert diaodu("source", "pause", "统计", "--reason", "停用").exit_code == 0
    assert shown("source", "list")[0]["active"] is False
    assert diaodu("source", "resume", "统计", "--reason", "好了").exit_code == 0
    assert diaodu("source", "pause", "没有", "--reason", "停用").exit_code == 2
