"""`diaodu request` lists what is asked, tells the life of each number, and does what reviewers decide."""

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
from tests.reviewing import Reviewing

ALL = ["--as-of", "2023-11-30", "--recorded-at", "2023-12-11"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in which the east's number came in time, and the west's a working day late."""
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path))
    monkeypatch.delenv("DIAODU_DATABASE_URL", raising=False)
    engine = open_engine(f"sqlite:///{tmp_path / 'diaodu.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        house = Reviewing(session, tmp_path)
        house.office.settings = Settings(home=tmp_path)
        house.take("110")
        house.take("64", "west", datetime(2023, 12, 8, 1, tzinfo=UTC), actor="孙某")
        house.check(at=datetime(2023, 12, 8, 2, tzinfo=UTC))
    engine.dispose()
    return tmp_path


def _say(*words: str, group: str = "request") -> Result:
    return CliRunner().invoke(app, [group, *words])


def _rows(*words: str, group: str = "request") -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(_say("list", *words, "--format", "json", group=group).stdout)
    return rows


def test_it_lists_who_owes_what_and_how_it_stands() -> None:
    found = [(r["unit"], r["state"], r["value"], r["timeliness"], r["workdays_late"]) for r in _rows()]
    assert found == [("east", "submitted", "110", "on_time", 0), ("west", "submitted", "64", "late", 1)]
    assert "迟报1个工" in _say("list").stdout


@pytest.mark.parametrize(
    ("words", "units"),
    [
        (["--unit", "west"], ["west"]),
        (["--state", "已报"], ["east", "west"]),
        (["--state", "confirmed"], []),
        (["--indicator", "projects"], []),
        (["--as-of", "2023-10-31"], []),
        (["--known-at", "2023-12-05"], ["east"]),
    ],
)
def test_it_lists_what_is_asked_for(words: list[str], units: list[str]) -> None:
    assert [row["unit"] for row in _rows(*words)] == units


def test_all_of_a_day_are_confirmed_at_once_and_the_life_of_each_is_told() -> None:
    done = _say("confirm", *ALL, "--by", "李某")
    assert (done.exit_code, done.stdout) == (0, "报送事项 1：考核办已定\n报送事项 2：考核办已定\n")
    whole = json.loads(_say("show", "2", "--format", "json").stdout)
    assert [(s["act"], s["actor"], s["role"], s["skipped"]) for s in whole["life"]] == [
        ("submit", "孙某", None, []),
        ("confirm", "李某", "office", ["approve", "check"]),
    ]
    (number,) = whole["numbers"]
    assert (number["value"], number["recorded_by"], number["at"]) == ("64", "孙某", "2023-12-08 09:00")
    assert "1.csv" in number["origin"]
    assert "第 2 行" in number["origin"]
    table = _say("show", "2").stdout
    assert all(title in table for title in ("始末", "数值", "单位审核、牵"))


def test_a_reviewer_and_a_lead_unit_act_for_their_own() -> None:
    assert _say("approve", *ALL, "--unit", "east", "--by", "赵某").stdout == "报送事项 1：单位已审\n"
    done = _say("check", *ALL, "--by", "钱某", "--by-unit", "total", "--recorded-at", "2023-12-12")
    assert done.stdout == "报送事项 1：牵头单位已核\n报送事项 2：牵头单位已核\n"
    refused = _say("return", "1", "--role", "reviewer", "--by-unit", "east", "--by", "赵某", "--reason", "有误")
    assert (refused.exit_code, refused.stderr.count("已进入下一环节")) == (1, 1)


def test_a_returned_number_is_told_to_its_unit_and_owed_again() -> None:
    done = _say("return", "2", "--by", "李某", "--reason", "口径不符")
    assert (done.exit_code, done.stdout) == (0, "报送事项 2：已退回\n")
    (_, west) = _rows()
    assert (west["state"], west["value"]) == ("returned", None)
    whole = json.loads(_say("show", "2", "--format", "json").stdout)
    newest, _ = whole["numbers"]
    assert (newest["value"], newest["origin"]) == (None, "退回：口径不符")
    assert whole["life"][-1]["reason"] == "口径不符"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["confirm", *ALL, "--by", "王某"], 1, "谁填报谁不审核：王某报送了这个数，不能由本人审定。"),
        (["confirm", *ALL], 1, "请写明经办人。"),
        (["approve", *ALL, "--by", "赵某", "--unit", "east", "--by-unit", "west"], 1, "单位审核只办本单位的数据。"),
        (["check", *ALL, "--by", "钱某"], 1, "只有该指标的牵头单位可以这样办。"),
        (["check", *ALL, "--by", "钱某", "--role", "office"], 1, "牵头核对不由考核办办理。"),
        (["return", "1", "--by", "李某"], 1, "退回须写明理由。"),
        (["return", "9", "--by", "李某", "--reason", "有误"], 1, "没有编号为 9 的报送事项。"),
        (["confirm", "1", "--by", "李某", "--recorded-at", "2023-12-03"], 1, "办理时间早于上一步。"),
        (["confirm", "--as-of", "2023-10-31", "--by", "李某"], 1, "没有可以这样办理的数据。"),
        (["confirm", "--by", "李某"], 2, "请写编号，或用 --as-of"),
        (["confirm", "one", "--by", "李某"], 2, "报送事项编号应为数字"),
        (["confirm", "1", "--by", "李某", "--role", "king"], 2, "没有“king”这种角色；可以写：office、"),
        (["list", "--state", "lost"], 2, "没有“lost”这种状态；可以写：awaited、"),
        (["show", "9"], 2, "没有编号为 9 的报送事项。"),
    ],
)
def test_what_cannot_be_done_is_said(words: list[str], code: int, said: str) -> None:
    refused = _say(*words)
    assert (refused.exit_code, said in refused.stderr) == (code, True)
    assert {row["state"] for row in _rows()} == {"submitted"}


CORRECTION = ["--unit", "west", "--indicator", "investment", "--as-of", "2023-11-30", "--reason", "漏计一个项目"]


def test_a_confirmed_number_is_corrected_by_two_people_and_the_effects_are_shown() -> None:
    _say("confirm", *ALL, "--by", "李某")
    asked = _say("request", *CORRECTION, "--value", "79", "--by", "李某", group="correction")
    assert (asked.exit_code, asked.stdout) == (0, "更正 1：待批\n")
    refused = _say("approve", "1", "--by", "李某", "--reason", "属实", group="correction")
    assert (refused.exit_code, refused.stderr) == (1, "谁申请谁不批准；请由考核办另一人决定。\n")
    done = _say("approve", "1", "--by", "周某", "--reason", "属实", group="correction")
    assert done.stdout == "更正 1：已批准\n影响见：diaodu correction show 1\n"
    told = _say("show", "1", group="correction").stdout
    for said in ("黄灯 → 绿灯", "64 → 79", "1 → 2", "2 → 1"):
        assert said in told
    (row,) = _rows("--state", "approved", group="correction")
    assert (row["old"], row["value"], row["decided_by"]) == ("64", "79", "周某")
    effects = json.loads(_say("show", "1", "--format", "json", group="correction").stdout)["effects"]
    assert effects["days"] == ["2023-11-30"]
    assert _say("show", "1", "--format", "csv", group="correction").stdout.count("2023-11-30") == 2
    assert [r["value"] for r in _rows()] == ["110", "79"]
    assert [r["value"] for r in _rows("--known-at", "2023-12-12")] == ["110", "64"], "as known then"


def test_a_correction_that_is_refused_changes_nothing() -> None:
    _say("confirm", *ALL, "--by", "李某")
    _say("request", *CORRECTION, "--value", "79", "--by", "李某", group="correction")
    done = _say("refuse", "1", "--by", "周某", "--reason", "佐证不足", group="correction")
    assert done.stdout == "更正 1：未批准\n"
    assert [r["value"] for r in _rows()] == ["110", "64"]
    assert "佐证不足" in _say("show", "1", "--format", "json", group="correction").stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["request", *CORRECTION, "--value", "79", "--by", "李某"], 1, "这个数还没有审定，直接重新报送即可。"),
        (["request", *CORRECTION, "--value", "多", "--by", "李某"], 2, "数值应为最多六位小数的数字"),
        (["request", *CORRECTION, "--value", "79", "--by", "李某", "--role", "king"], 2, "没有“king”这种角色"),
        (["request", *CORRECTION, "--unit", "moon", "--value", "79", "--by", "李某"], 2, "目标表里没有这个单位"),
        (["approve", "9", "--by", "周某", "--reason", "属实"], 2, "没有编号为 9 的更正。"),
        (["show", "9"], 2, "没有编号为 9 的更正。"),
        (["list", "--state", "lost"], 2, "没有“lost”这种状态；可以写：requested、"),
    ],
)
def test_what_cannot_be_corrected_is_said(words: list[str], code: int, said: str) -> None:
    refused = _say(*words, group="correction")
    assert (refused.exit_code, said in refused.stderr) == (code, True)
