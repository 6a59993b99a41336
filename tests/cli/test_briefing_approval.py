"""From a draft to an issue, its correction and its end, as three people of an office type it."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner, Result

from diaodu.cli.app import app
from diaodu.rules.access import Role
from diaodu.rules.level import Issue
from diaodu.storage.engine import open_engine
from diaodu.storage.migrate import upgrade
from diaodu.storage.session import transaction
from models.report import Report
from models.scheme_version import SchemeVersion
from tests.plan import SmallPlan

OCTOBER = date(2023, 10, 31)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose scheme approves its briefings; the leader's messages lie in the inbox."""
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path))
    monkeypatch.delenv("DIAODU_DATABASE_URL", raising=False)
    engine = open_engine(f"sqlite:///{tmp_path / 'diaodu.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        plan = SmallPlan(session)
        session.exec(select(SchemeVersion)).one().issue = Issue.AFTER_REVIEW
        plan.person("赵某", None, Role.LEADER)
        plan.person("西某", plan.west, Role.REPORTER)
    engine.dispose()
    return tmp_path


def _say(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "250"})


def _ok(*words: str) -> str:
    said = _say(*words)
    assert said.exit_code == 0, said.output
    return said.output


def _rows(*words: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(_ok(*words, "--format", "json"))
    return rows


def test_an_office_drafts_checks_signs_corrects_and_withdraws(home: Path, tmp_path: Path) -> None:
    _ok("briefing", "distribution", "add", "全本", "--role", "领导")
    assert "已拟草稿，待审核 1" in _ok("brief", "--as-of", "2023-10-31", "--quiet")
    (draft,) = _rows("briefing", "drafts")
    assert (draft["id"], draft["state"], draft["next_step"]) == (1, "drafted", "审核：diaodu briefing review 1")
    assert "[1] 根据各单位报送情况" in _ok("briefing", "text", "1")
    edited = _say("briefing", "edit", "1", "1", "--text", "西区完成99.9亿元。", "--by", "王某", "--reason", "补充")
    assert (edited.exit_code, "99.9" in edited.stderr) == (0, True)
    refused = _say("briefing", "review", "1", "--by", "李某")
    assert (refused.exit_code, "没有依据的数字" in refused.stderr) == (2, True)
    _ok("briefing", "edit", "1", "1", "--text", "现将情况通报如下。", "--by", "王某", "--reason", "改回")
    assert _say("briefing", "review", "1", "--by", "王某").exit_code == 2
    _ok("briefing", "review", "1", "--by", "李某")
    assert "已印发第1期，分发 1 份" in _ok("briefing", "issue", "1", "--by", "张某")
    assert "现将情况通报如下。" in _ok("briefing", "show", "1")
    assert _ok("briefing", "export", "1", str(tmp_path / "again")).count("与印发时一致") == 3
    kept = {str(row["what"]): row for row in _rows("briefing", "archive", "1")}
    assert all(len(str(kept[name]["digest"])) == 64 for name in ("事实", "数据版本", "full"))
    assert [row["name"] for row in _rows("briefing", "distribution", "copies", "1")] == ["赵某"]
    _correct_and_withdraw(home)


def _correct_and_withdraw(home: Path) -> None:
    nothing = _say("briefing", "correct", "1", "--reason", "西区漏报", "--by", "王某")
    assert (nothing.exit_code, "数据没有变化" in nothing.stderr) == (2, True)
    engine = open_engine(f"sqlite:///{home / 'diaodu.db'}")
    with transaction(engine) as session:
        west = session.exec(select(Report).where(Report.value == 50_000_000)).one()
        later = datetime(2024, 1, 1, tzinfo=UTC)
        more = {"origin": "test", "recorded_by": "test", "recorded_at": later}
        session.add(Report(target_id=west.target_id, as_of=OCTOBER, value=70_000_000, **more))
    engine.dispose()
    assert "更正稿编号 2" in _ok("briefing", "correct", "1", "--reason", "西区漏报", "--by", "王某")
    _ok("briefing", "review", "2", "--by", "李某")
    _ok("briefing", "issue", "2", "--by", "张某")
    assert "本期更正" in _ok("briefing", "show", "2")
    assert "已撤回第2期，告知 0 人" in _ok("briefing", "withdraw", "2", "--reason", "误发", "--by", "张某")
    assert [row["state"] for row in _rows("briefing", "list")] == ["withdrawn", "issued"]
    assert [row["act"] for row in _rows("briefing", "history", "2")] == ["draft", "review", "issue", "withdraw"]
