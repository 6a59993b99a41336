"""`diaodu briefing` lists what was issued, shows what it said, and writes its files again byte by byte."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from diaodu.cli.app import app
from diaodu.storage.engine import open_engine
from diaodu.storage.migrate import upgrade
from diaodu.storage.session import transaction
from flows.brief import brief
from tests.plan import SmallPlan

KNOWN = datetime(2023, 11, 9, 4, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with the briefing of October."""
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path))
    monkeypatch.delenv("DIAODU_DATABASE_URL", raising=False)
    engine = open_engine(f"sqlite:///{tmp_path / 'diaodu.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        plan = SmallPlan(session)
        brief(session, tmp_path, plan.scheme_id, date(2023, 10, 31), KNOWN, None, KNOWN, "考核办")
    engine.dispose()
    return tmp_path


def _say(*words: str) -> Result:
    return CliRunner().invoke(app, ["briefing", *words])


def test_it_lists_what_was_issued(home: Path) -> None:
    (issue,) = json.loads(_say("list", "--format", "json").output)
    assert (issue["number"], issue["as_of"], issue["known_at"]) == ("第1期", "2023-10-31", "2023-11-09T12:00:00+08:00")


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        (["--as-of", "2023-10-31"], 1),
        (["--as-of", "2023-10-30"], 0),
        (["--known-at", "2023-11-09T12:00"], 1),
        (["--known-at", "2023-11-09T11:59"], 0),
    ],
)
def test_it_lists_what_there_was_by_a_day_and_a_moment(home: Path, words: list[str], listed: int) -> None:
    assert len(json.loads(_say("list", "--format", "json", *words).output)) == listed


def test_it_shows_what_was_said_and_what_it_rests_on(home: Path) -> None:
    assert "一、总体情况" in _say("show", "1").output
    assert json.loads(_say("show", "1", "--format", "json").output)["as_of"] == "2023-10-31"


def test_it_writes_the_files_again_as_they_were(home: Path, tmp_path: Path) -> None:
    written = _say("export", "1", str(tmp_path / "again"))
    assert written.exit_code == 0
    assert written.output.count("与印发时一致") == 3
    issued = {path.name: path.read_bytes() for path in (home / "briefings").rglob("*.*") if path.is_file()}
    again = {path.name: path.read_bytes() for path in (tmp_path / "again").rglob("*.*") if path.is_file()}
    assert again == issued
    assert len(again) == 3


def test_it_says_when_a_file_is_no_longer_what_was_issued(home: Path, tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{home / 'diaodu.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE briefing_file SET digest = 'other' WHERE format = 'pdf'")
    engine.dispose()
    written = _say("export", "1", str(tmp_path / "again"))
    assert written.exit_code == 1
    assert written.output.count("与印发时不同") == 1


def test_an_unknown_number_is_wrong_input(home: Path) -> None:
    said = _say("show", "7")
    assert said.exit_code == 2
    assert "没有这一期简报：7" in said.stderr
