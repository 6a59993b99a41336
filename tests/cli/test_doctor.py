"""`diaodu doctor` tells what is set, hides what is secret, and ends with 1 when something is wrong."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner, Result

from diaodu.cli.app import app
from diaodu.cli.doctor import calendar_findings, masked
from diaodu.settings import Robot, Settings
from diaodu.storage import audit
from diaodu.storage.engine import open_engine
from diaodu.storage.holiday import seed
from diaodu.storage.session import transaction
from models.audit import Audit
from tests.plan import RECORDED


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path / "office"))
    return tmp_path / "office"


def doctor() -> Result:
    return CliRunner().invoke(app, ["doctor"])


def test_before_init_it_says_what_to_do(home: Path) -> None:
    result = doctor()
    assert result.exit_code == 1
    assert "diaodu init" in result.stdout


def test_a_sound_workspace_is_sound(home: Path) -> None:
    CliRunner().invoke(app, ["init"])
    result = doctor()
    assert result.exit_code == 0, result.stdout
    for words in ("✓ 数据库：结构与本版一致", "✓ 审计链：完整", "✓ 字体", "· 邮件：未设", "工作日历"):
        assert words in result.stdout
    assert all(f"  {name} = " in result.stdout for name in Settings.model_fields)


def test_an_audit_that_was_tampered_with_is_found(home: Path) -> None:
    CliRunner().invoke(app, ["init"])
    engine = open_engine(f"sqlite:///{home / 'diaodu.db'}")
    with transaction(engine) as session:
        audit.record(session, "考核办", "test", "subject", {}, RECORDED)
        session.exec(select(Audit)).one().actor = "别人"
    engine.dispose()
    result = doctor()
    assert result.exit_code == 1
    assert "✗ 审计链：从第 1 条起对不上" in result.stdout


def test_a_database_from_another_release_is_found(home: Path) -> None:
    home.mkdir()
    open_engine(f"sqlite:///{home / 'diaodu.db'}").connect().close()
    result = doctor()
    assert result.exit_code == 1
    assert "需要升级" in result.stdout


def test_a_database_that_does_not_answer_is_found(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIAODU_DATABASE_URL", "postgresql+psycopg://diaodu:hidden@127.0.0.1:1/diaodu")
    result = doctor()
    assert result.exit_code == 1
    assert "连不上" in result.stdout
    assert "hidden" not in result.stdout


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("mail_password", "hunter2", "******"),
        ("webhook_secret", "hunter2", "******"),
        ("mail_password", "", "（未设）"),
        ("webhook_secret", None, "（未设）"),
        ("database_url", "postgresql+psycopg://me:hunter2@db/x", "postgresql+psycopg://me:***@db/x"),
        ("mail_port", 25, "25"),
        ("wecom_secret", "hunter2", "******"),
        ("sms_url", "https://gateway/?password=hunter2&to=$phone", "******"),
        ("sms_headers", {"X-Token": "hunter2"}, "******"),
        ("robots", {}, "（未设）"),
        ("robots", {"西区群": Robot(kind="wecom", url="https://x/?key=hunter2")}, "西区群（wecom）"),
    ],
)
def test_secrets_are_stars(name: str, value: object, shown: str) -> None:
    assert masked(name, value) == shown


@pytest.mark.parametrize(
    ("today", "told"), [(date(2060, 10, 31), False), (date(2060, 11, 1), True), (date(2060, 12, 31), True)]
)
def test_from_november_on_it_says_that_next_year_is_still_to_be_announced(
    session: Session, today: date, told: bool
) -> None:
    seed(session, [2061])
    found = list(calendar_findings(session, today))
    assert (None, "工作日历", "2061 年放假安排未公布，暂按推算") in found
    assert any(words.startswith("2061 年放假安排还没有入库") for _, _, words in found) is told


def test_a_year_that_is_announced_is_not_missed(session: Session) -> None:
    seed(session, [2025, 2026])
    assert list(calendar_findings(session, date(2025, 11, 20))) == [(True, "工作日历", "各年放假安排均已公布")]
