"""`diaodu init` makes a workspace from nothing, and leaves what the office wrote there alone."""

import tomllib
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from typer.testing import CliRunner

from diaodu.cli.app import app
from diaodu.settings import Settings
from diaodu.storage.engine import open_engine
from diaodu.storage.migrate import is_current
from diaodu.storage.session import transaction
from diaodu.templating import SHIPPED
from models.holiday import Holiday


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path / "office"))
    return tmp_path / "office"


def years(engine: Engine) -> dict[int, bool]:
    with transaction(engine) as session:
        return {holiday.day.year: holiday.provisional for holiday in session.exec(select(Holiday))}


def test_a_workspace_is_made_from_nothing(home: Path) -> None:
    result = CliRunner().invoke(app, ["init"])
    assert result.exit_code == 0, result.output
    assert str(home) in result.stdout
    engine = open_engine(f"sqlite:///{home / 'diaodu.db'}")
    assert is_current(engine)
    known = years(engine)
    assert known[2018] is known[2026] is False
    assert known[max(known)] in {True, False}
    engine.dispose()


def test_a_second_time_changes_nothing(home: Path) -> None:
    CliRunner().invoke(app, ["init"])
    (home / "diaodu.toml").write_text('actor = "区考核办"\n', encoding="utf-8")
    engine = open_engine(f"sqlite:///{home / 'diaodu.db'}")
    with transaction(engine) as session:
        before = len(session.exec(select(Holiday)).all())
    assert CliRunner().invoke(app, ["init"]).exit_code == 0
    with transaction(engine) as session:
        assert len(session.exec(select(Holiday)).all()) == before
    engine.dispose()
    assert Settings().actor == "区考核办"


def test_the_settings_shipped_are_commented_out_and_complete() -> None:
    text = (SHIPPED / "workspace" / "diaodu.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == {}
    lines = [line.removeprefix("# ") for line in text.splitlines() if " = " in line or line.startswith("# [")]
    offered = tomllib.loads("\n".join(lines))
    assert set(offered) == set(Settings.model_fields) - {"home", "lang"}  # needed before the file is read
    assert Settings.model_validate(offered).serve_port == Settings.model_fields["serve_port"].default
