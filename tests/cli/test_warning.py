"""`diaodu warning` lists what stands open, tells the life of each, and does what people decide."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from diaodu.cli.app import app
from diaodu.settings import Settings
from diaodu.storage.engine import open_engine
from diaodu.storage.migrate import upgrade
from diaodu.storage.session import transaction
from tests.small_office import OCT, POLICY, Office

IN_TIME = "2023-11-09T09:00"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in which the west district's red lamp awaits review."""
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path))
    monkeypatch.delenv("DIAODU_DATABASE_URL", raising=False)
    engine = open_engine(f"sqlite:///{tmp_path / 'diaodu.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        office = Office(session, tmp_path, POLICY.replace('notice = "sup', 'points = 2\nnotice = "sup', 1))
        office.settings = Settings(home=tmp_path)
        office.report(office.plan.west, OCT, "20", datetime(2023, 11, 1, tzinfo=UTC))
        office.warn()
    engine.dispose()
    return tmp_path


def _say(*words: str) -> Result:
    return CliRunner().invoke(app, ["warning", *words])


@pytest.mark.usefixtures("home")
def test_it_lists_what_stands_open() -> None:
    (row,) = json.loads(_say("list", "--format", "json").output)
    assert (row["id"], row["unit"], row["level"], row["level_name"], row["state"]) == (
        1,
        "west",
        "red",
        "红灯",
        "proposed",
    )
    assert "西区" in _say("list").output
    assert json.loads(_say("list", "--known-at", "2023-11-01", "--format", "json").output) == []


@pytest.mark.usefixtures("home")
def test_points_are_listed_with_the_name_of_the_level_that_costs_them() -> None:
    _say("decide", "1", "issue", "--by", "李某", "--recorded-at", IN_TIME)
    (row,) = json.loads(_say("points", "--unit", "west", "--format", "json").output)
    assert (row["points"], row["level"], row["level_name"], row["warning_id"]) == ("2", "red", "红灯", 1)
    assert "红灯" in _say("points", "--detail").output


def test_a_decision_is_done_told_and_remembered(home: Path) -> None:
    done = _say("decide", "1", "issue", "--by", "李某", "--recorded-at", IN_TIME)
    assert (done.exit_code, done.stdout) == (0, "预警 1：已发出\n")
    life = json.loads(_say("show", "1", "--format", "json").output)
    assert [(step["cause"], step["actor"], step["to_state"]) for step in life["life"]] == [
        ("opened", "系统", "proposed"),
        ("by_person", "李某", "issued"),
    ]
    assert life["life"][1]["at"] == "2023-11-09 09:00"
    assert life["reply_due"] == "2023-11-16"
    (letter,) = life["deliveries"]
    assert (letter["channel"], letter["address"], letter["state"]) == ("inbox", "west", "sent")
    assert (home / letter["file"]).read_bytes().startswith(b"PK")
    assert "某考办督办〔2023〕1号" in _say("show", "1").output
    before = json.loads(_say("show", "1", "--known-at", "2023-11-09T08:59", "--format", "json").output)
    assert ([step["cause"] for step in before["life"]], before["state"], before["deliveries"]) == (
        ["opened"],
        "proposed",
        [],
    )


@pytest.mark.usefixtures("home")
def test_acts_may_be_named_in_chinese() -> None:
    assert _say("decide", "1", "撤回", "--reason", "项目核减", "--recorded-at", IN_TIME).stdout == "预警 1：已撤回\n"
    assert json.loads(_say("list", "--format", "json").output) == []
    (over,) = json.loads(_say("list", "--all", "--format", "json").output)
    assert over["state"] == "withdrawn"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ["decide", "1", "close"],
            1,
            "预警 1 现为“待审核”，不能销号；此时可以：审核发出、改级发出、暂缓、不予升级、豁免、撤回。",
        ),
        (["decide", "1", "withdraw"], 1, "撤回须写明理由或内容。"),
        (["decide", "9", "issue"], 1, "没有编号为 9 的预警。"),
        (["decide", "1", "burn"], 2, "没有“burn”这种办理；可以写：issue、"),
        (["decide", "one", "issue"], 2, "预警编号应为数字"),
        (["show", "9"], 2, "没有编号为 9 的预警。"),
    ],
)
def test_what_cannot_be_done_is_said(words: list[str], code: int, said: str) -> None:
    refused = _say(*words)
    assert refused.exit_code == code
    assert said in refused.stderr
    assert json.loads(_say("list", "--format", "json").output)[0]["state"] == "proposed"


@pytest.mark.usefixtures("home")
def test_the_queue_tells_what_to_decide_and_what_was_put_off() -> None:
    (row,) = json.loads(_say("queue", "--format", "json").output)
    assert (row["id"], row["level_name"], row["held"], row["decide_by"]) == (1, "红灯", None, "2023-11-10")
    assert row["words"].startswith("截至10月31日完成重点项目投资20.0亿元")
    put_off = _say("decide", "1", "暂缓", "--until", "2199-01-04", "--reason", "待核实", "--by", "李某")
    assert put_off.exit_code == 0
    assert json.loads(_say("queue", "--format", "json").output) == []
    (row,) = json.loads(_say("queue", "--postponed", "--format", "json").output)
    assert row["postponed_until"] == "2199-01-04"
    (before,) = json.loads(_say("queue", "--known-at", "2023-11-09", "--format", "json").output)
    assert (before["id"], before["postponed_until"], before["decide_by"]) == (1, None, "2023-11-10")
    assert json.loads(_say("queue", "--known-at", "2023-11-07", "--format", "json").output) == []


@pytest.mark.usefixtures("home")
def test_an_exemption_is_shown_with_its_ground_and_who_approved_it() -> None:
    words = ("decide", "1", "豁免", "--reason", "暴雨", "--by", "李某", "--recorded-at", IN_TIME)
    assert "豁免须写明类型：不可抗力、延期、其他。" in _say(*words).stderr
    assert "没有“大雨”这种豁免" in _say(*words, "--ground", "大雨").stderr
    assert _say(*words, "--ground", "不可抗力", "--approver", "赵某", "--until", "2023-12-31").exit_code == 0
    step = json.loads(_say("show", "1", "--format", "json").output)["life"][-1]
    said = [step[name] for name in ("act", "exemption", "approver", "until", "note")]
    assert said == ["exempt", "force_majeure", "赵某", "2023-12-31", "不可抗力，豁免至2023-12-31，赵某批准：暴雨"]
    assert step["cause_name"] == "豁免"
