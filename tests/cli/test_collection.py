"""Asking, chasing, rounds and burden by command: what is said, in which format, and with which exit code."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from diaodu import clock
from diaodu.cli.app import app
from diaodu.rules.access import Role
from diaodu.settings import Settings
from diaodu.storage.engine import open_engine
from diaodu.storage.migrate import upgrade
from diaodu.storage.session import transaction
from tests.small_office import Office

NOW = datetime(2023, 11, 9, 1, tzinfo=UTC)
ASK = ["request", "ask", "--as-of", "2023-11-05", "--reason", "市里专项督查"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace on 9 November: October's round is open, and the west is silent on projects, two working days late."""
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "220")
    monkeypatch.delenv("DIAODU_DATABASE_URL", raising=False)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    engine = open_engine(f"sqlite:///{tmp_path / 'diaodu.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        office = Office(session, tmp_path, policy=None)
        office.settings = Settings(home=tmp_path)
        office.person("王某", office.plan.west, Role.REPORTER, phone="0951-1")
        office.report(office.plan.east, date(2023, 11, 5), "101.5", datetime(2023, 11, 6, tzinfo=UTC))
        office.remind(date(2023, 11, 2))
    engine.dispose()
    return tmp_path


def say(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def told(*words: str) -> Any:
    return json.loads(say(*words, "--format", "json").stdout)


def test_the_chase_list_says_who_owes_what_and_what_comes_next() -> None:
    (row,) = told("chase", "list")
    assert {key: row[key] for key in ("unit", "as_of", "indicators", "due", "late_workdays", "reminders")} == {
        "unit": "west",
        "as_of": "2023-10-31",
        "indicators": ["开工项目"],
        "due": "2023-11-07",
        "late_workdays": 2,
        "reminders": 1,
    }
    assert (row["next_on"], row["is_due"], row["contact"]) == ("2023-11-06", True, "王某 0951-1")
    table = say("chase", "list").stdout
    for words in ("西区", "逾期2个工作日", "现在：提醒本单位", "王某 0951-1"):
        assert words in table
    assert told("chase", "list", "--as-of", "2023-09-30") == []
    assert told("chase", "list", "--unit", "east") == []
    head, line = say("chase", "list", "--format", "csv").stdout.splitlines()
    assert head.startswith("calendar,as_of,unit,")
    assert ",开工项目,开工项目," in line


def test_one_command_sends_what_is_due_and_a_second_time_nothing() -> None:
    assert say("chase", "send", "--unit", "east").stdout == "今天没有要发的提醒。\n"
    first = say("chase", "send")
    assert (first.exit_code, first.stdout) == (0, "已提醒 0，催报函 1，已报上级 0，顺延 0。\n")
    assert say("chase", "send").stdout == "今天没有要发的提醒。\n"
    assert [(row["reminders"], row["is_due"]) for row in told("chase", "list")] == [(2, False)]


def test_a_unit_nobody_knows_is_wrong_input() -> None:
    for command in ("list", "send"):
        done = say("chase", command, "--unit", "weast")
        assert (done.exit_code, done.stderr) == (2, "没有这些单位：weast；现有：east、total、west\n")


def test_rounds_are_listed_and_one_is_shown_unit_by_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = told("period", "list")
    assert (row["as_of"], row["asked"], row["overdue"], row["spared"], row["closed_on"]) == (
        "2023-10-31",
        1,
        1,
        3,
        None,
    )
    shown = told("period", "show", str(row["id"]))
    assert [(unit["unit"], unit["overdue"], unit["spared"]) for unit in shown["units"]] == [
        ("east", 0, 2),
        ("west", 1, 1),
    ]
    assert "西区" in say("period", "show", str(row["id"])).stdout
    monkeypatch.setenv("COLUMNS", "80")
    for words in (["list"], ["show", str(row["id"])]):
        assert "│ 2023-10-31 │ 2023-11-07 │ 应报1 已报0 逾期1 " in say("period", *words).stdout
    missing = say("period", "show", "99")
    assert (missing.exit_code, missing.stderr) == (2, "没有编号为 99 的期次。\n")


def test_the_meter_shows_a_week_or_several() -> None:
    rows = told("burden", "--week", "2023-11-05", "--unit", "west")
    assert rows == [
        {
            "week": "2023-10-30",
            "unit": "west",
            "unit_name": "西区",
            "requests": 1,
            "fields": 1,
            "messages": 1,
            "deliveries": 1,
            "over_requests": False,
            "over_messages": False,
            "over": None,
        }
    ]
    assert {row["week"] for row in told("burden", "--weeks", "2")} == {"2023-10-30", "2023-11-06"}
    assert say("burden", "--unit", "weast").exit_code == 2


def test_a_number_that_is_known_is_refused_with_its_source_and_the_rest_is_asked() -> None:
    done = say(*ASK, "--indicator", "investment", "--due", "2023-11-16")
    assert done.exit_code == 0
    assert "已有该日数据：101.5亿元，来自test，2023-11-06入库" in done.stdout
    again = told(*ASK, "--indicator", "investment")
    assert [(row["unit"], row["asked"], row["reasons"], row["known_value"]) for row in again] == [
        ("东区", False, ["known"], "101.5"),
        ("西区", False, ["owed"], None),
    ]
    assert say(*ASK, "--indicator", "investment").exit_code == 1


def test_wrong_names_and_wrong_days_are_all_said_at_once() -> None:
    names = say(*ASK, "--indicator", "investmnet", "--indicator", "projects", "--unit", "weast")
    assert names.exit_code == 2
    assert ("investmnet" in names.stderr, "weast" in names.stderr) == (True, True)
    days = say(
        "request", "ask", "--as-of", "2023-11-05", "--reason", " ", "--indicator", "projects", "--due", "2023-11-01"
    )
    assert days.exit_code == 1
    for words in ("未写理由", "时限已过", "时限早于截至日"):
        assert words in days.stderr


def test_what_was_asked_for_can_be_withdrawn_until_it_has_come() -> None:
    say(*ASK, "--indicator", "projects", "--unit", "west", "--due", "2023-11-16")
    number = next(row["id"] for row in told("period", "list") if row["as_of"] == "2023-11-05")
    assert told("period", "show", str(number))["awaited"] == 1
    refused = say("request", "withdraw", "99", "--reason", "不再需要")
    assert (refused.exit_code, refused.stderr) == (1, "报送事项 99 不能撤销：没有这个编号\n")
    assert say("request", "withdraw", "x", "--reason", "不再需要").exit_code == 2
    assert say("request", "withdraw", "5", "--reason", " ").exit_code == 2
    assert say("request", "withdraw", "5", "--reason", "不再需要").stdout == "已撤销 1 项。\n"
    assert told("period", "show", str(number))["withdrawn"] == 1
