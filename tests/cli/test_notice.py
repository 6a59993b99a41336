"""`diaodu notice`: the ledger, and what people put into it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from diaodu.cli.app import app
from diaodu.settings import Settings
from diaodu.storage.engine import open_engine
from diaodu.storage.migrate import upgrade
from diaodu.storage.session import transaction
from flows.warn import drain
from tests.small_office import IN_NOVEMBER, Office

AT = "2023-11-09T09:00"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in which the west district's yellow lamp was told of."""
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path))
    monkeypatch.delenv("DIAODU_DATABASE_URL", raising=False)
    engine = open_engine(f"sqlite:///{tmp_path / 'diaodu.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        office = Office(session, tmp_path)
        office.settings = Settings(home=tmp_path)
        office.warn()
    drain(engine, office.settings, lambda: IN_NOVEMBER)
    engine.dispose()
    return tmp_path


def _say(*words: str) -> Result:
    return CliRunner().invoke(app, ["notice", *words])


def test_it_lists_how_far_each_notice_has_come() -> None:
    (row,) = json.loads(_say("list", "--format", "json").output)
    assert (row["number"], row["unit"], row["delivered"]) == ("某考办预警〔2023〕1号", "west", "1/1")
    assert (row["read"], row["signed"]) == (None, None)
    assert _say("read", "1", "--by", "王某", "--recorded-at", AT).output == "已登记。\n"
    assert _say("sign", "1", "--by", "李某", "--recorded-at", AT).output == "已登记。\n"
    assert _say("sign", "1", "--by", "李某", "--recorded-at", AT).output == "此前已登记，未重复。\n"
    (row,) = json.loads(_say("list", "--format", "json", "--unit", "西区").output)
    assert (row["read"], row["signed"]) == ("王某 2023-11-09 09:00", "李某 2023-11-09 09:00")
    (before,) = json.loads(_say("list", "--known-at", "2023-11-08T23:00", "--format", "json").output)
    assert (before["delivered"], before["signed"]) == ("1/1", None)
    assert json.loads(_say("list", "--known-at", "2023-11-01", "--format", "json").output) == []


def test_it_shows_words_grounds_recipients_and_receipts() -> None:
    _say("sign", "1", "--by", "李某", "--recorded-at", AT)
    found = json.loads(_say("show", "1", "--format", "json").output)
    assert found["body"]["items"][0]["words"].endswith("亮黄灯。")
    assert found["policy_versions"] == [1]
    assert found["warnings"][0]["verdict_id"] is not None
    assert [(d["channel"], d["state"]) for d in found["deliveries"]] == [("inbox", "sent")]
    assert [(r["act"], r["person"]) for r in found["receipts"]] == [("signed", "李某")]
    assert "依据：规则版本 1" in _say("show", "1").output


def test_it_writes_the_files_again_and_compares_them(home: Path, tmp_path: Path) -> None:
    told = _say("export", "1", str(tmp_path / "out"))
    assert told.exit_code == 0
    assert "与发出时一致" in told.output
    assert [p.suffix for p in sorted((tmp_path / "out").rglob("*.*"))] == [".docx", ".pdf"]
    exported = CliRunner().invoke(app, ["template", "export", "预警通知单", str(tmp_path / "w.docx")])
    assert exported.exit_code == 0
    (home / "templates" / "notices").mkdir(parents=True)
    CliRunner().invoke(app, ["template", "export", "督办单", str(home / "templates" / "notices" / "warning.docx")])
    told = _say("export", "1", str(tmp_path / "out"))
    assert (told.exit_code, "与发出时不同" in told.output) == (1, True)


@pytest.mark.parametrize(
    "words", [("show", "9"), ("export", "9"), ("read", "9", "--by", "王某"), ("sign", "9", "--by", "王某")]
)
def test_a_notice_that_is_not_there_is_wrong_input(words: tuple[str, ...]) -> None:
    told = _say(*words)
    assert (told.exit_code, "没有编号为 9 的文书" in told.stderr) == (2, True)


def test_a_name_is_needed() -> None:
    assert _say("sign", "1", "--by", " ").exit_code == 1
    assert _say("read", "1", "--by", " ").exit_code == 1
