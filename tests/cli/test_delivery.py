"""`diaodu delivery`: messages with their reasons, sent again by hand, and channels tried before they are relied on."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from typer.testing import CliRunner, Result

from diaodu.actions.wording import DELIVERY_REASONS
from diaodu.cli.app import app
from diaodu.cli.delivery import CHANNELS as NAMED
from diaodu.rules.routing import DeliveryReason, DeliveryState, NoticeKind
from diaodu.settings import Settings
from diaodu.storage.engine import open_engine
from diaodu.storage.session import transaction
from models.audit import Audit
from models.delivery import Delivery
from models.person import Person
from notifications.registry import CHANNELS
from tests.notifications.post import Clock, Post
from tests.notifications.provider import PostOffice, smtp
from tests.notifications.robots import WeComRobots, running


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A workspace with one message of each fate."""
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path / "office"))
    assert run("init").exit_code == 0
    engine = open_engine(Settings().database)
    with transaction(engine) as session:
        _write(session)
    yield engine
    engine.dispose()


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "250"})


def _write(session: Session) -> None:
    post = Post(session)
    person = post.person("gone@example.cn", office=True)
    for about in ("lost", "waiting", "told"):
        post.letter(about, "mail", person, "gone@example.cn")
    lost, waiting, told = session.exec(select(Delivery).order_by(Delivery.id)).all()  # type: ignore[arg-type]
    lost.state, lost.reason, lost.error_code, lost.error = (
        DeliveryState.FAILED,
        DeliveryReason.NOBODY,
        "550",
        "no such user",
    )
    waiting.reason = DeliveryReason.QUIET_HOURS
    told.state, told.sent_at = DeliveryState.SENT, told.created_at


def test_every_message_is_listed_with_what_became_of_it(engine: Engine) -> None:
    rows = json.loads(run("delivery", "list", "--format", "json").stdout)
    assert [(row["state_name"], row["reason_name"], row["error"]) for row in rows] == [
        ("已送达", None, None),
        ("待发送", "静默时段，下一工作日早上再发", None),
        ("未送达", "无处可达，需要人工处理", "no such user"),
    ]


@pytest.mark.parametrize(
    ("options", "states"),
    [(["--failed"], ["failed"]), (["--waiting"], ["pending"]), (["--failed", "--waiting"], ["pending", "failed"])],
)
def test_a_listing_can_be_narrowed(engine: Engine, options: list[str], states: list[str]) -> None:
    rows = json.loads(run("delivery", "list", *options, "--format", "json").stdout)
    assert [row["state"] for row in rows] == states


def test_a_table_shows_people_what_they_ask(engine: Engine) -> None:
    shown = run("delivery", "list", "--failed").stdout
    for words in ("邮件", "gone@example.cn", "未送达", "无处可达", "no such user"):
        assert words in shown


def test_what_reached_nobody_makes_doctor_complain_until_it_is_sent_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaint = run("doctor")
    assert complaint.exit_code == 1
    assert "✗ 送达：1 条消息无处可达" in complaint.stdout
    office = PostOffice()
    with smtp(office) as (host, port):
        monkeypatch.setenv("DIAODU_MAIL_HOST", host)
        monkeypatch.setenv("DIAODU_MAIL_PORT", str(port))
        with transaction(engine) as session:
            session.exec(select(Person)).one().mail = "wang@example.cn"
        sent = run("delivery", "resend", "1")
    assert (sent.exit_code, sent.stdout) == (0, "消息 1 改由邮件发往 wang@example.cn\n")
    assert "wang@example.cn" in {letter["To"] for letter in office.letters}
    assert run("doctor").exit_code == 0
    with transaction(engine) as session:
        assert session.exec(select(Audit.action)).all() == ["delivery.resend"]


@pytest.mark.parametrize(("number", "words"), [("9", "没有编号为 9 的消息"), ("3", "不必再发")])
def test_only_what_reached_nobody_is_sent_again(engine: Engine, number: str, words: str) -> None:
    refused = run("delivery", "resend", "1", number)
    assert refused.exit_code == 1
    assert words in refused.stderr
    with transaction(engine) as session:
        assert len(session.exec(select(Delivery)).all()) == 3


def test_the_office_itself_always_has_its_console(engine: Engine) -> None:
    sent = run("delivery", "resend", "1")
    assert sent.exit_code == 0
    assert "消息 1 改由控制台发往 console" in sent.stdout


def test_a_channel_is_tried_before_it_is_relied_on(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    server = WeComRobots(Clock())
    with running(server) as url:
        robots = {
            name: {"kind": "wecom", "url": f"{url}/send?key={key}"} for name, key in (("好", "key"), ("坏", "gone"))
        }
        monkeypatch.setenv("DIAODU_ROBOTS", json.dumps(robots))
        well, ill = run("delivery", "try", "wecom_robot", "好"), run("delivery", "try", "wecom_robot", "坏")
        unknown = run("delivery", "try", "sms", "13800138000")
    assert (well.exit_code, well.stdout) == (0, "已送达\n")
    assert ill.exit_code == 1
    assert ill.stderr.startswith("未送达 93000 机器人的地址无效")
    assert (unknown.exit_code, "没有开通这个渠道" in unknown.stderr) == (2, True)
    assert [text for _, text in server.said] == ["调度试发\n\n这是一条试发的消息，收到即说明渠道已通，不必回复。"]


def test_a_robot_that_contacts_name_and_the_settings_do_not_is_found(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(engine) as session:
        session.exec(select(Person)).one().webhook = "西区群"
    assert "✗ 群机器人：联系人表里写了，配置里没有：西区群" in run("doctor").stdout
    monkeypatch.setenv("DIAODU_ROBOTS", json.dumps({"西区群": {"kind": "feishu", "url": "https://example.cn/hook"}}))
    assert "群机器人：联系人表" not in run("doctor").stdout


def test_every_channel_reason_and_kind_of_notice_has_its_word() -> None:
    assert set(NAMED) == set(CHANNELS)
    assert set(DELIVERY_REASONS) == set(DeliveryReason)
    urgent = Settings.model_fields["urgent"].annotation
    assert set(urgent.__args__[0].__args__) == {kind.value for kind in NoticeKind}  # type: ignore[union-attr]
