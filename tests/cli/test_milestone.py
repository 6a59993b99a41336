"""`diaodu milestone`, `interview` and `visit`: what is asked, decided, promised and shown."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from diaodu.cli.app import app
from diaodu.storage import audit
from diaodu.storage.engine import open_engine
from diaodu.storage.migrate import upgrade
from diaodu.storage.session import transaction
from tests.small_office import Office

MOVE = ("milestone", "extend", "request", "开工项目", "西区", "节点2", "--due", "2023-11-30", "--reason", "汛期停工")
TALK = ("--day", "2023-11-08", "--hosts", "赵某、李某", "--guests", "王某", "--outcome", "限期开工")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in which the west district has started nothing."""
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path))
    monkeypatch.delenv("DIAODU_DATABASE_URL", raising=False)
    engine = open_engine(f"sqlite:///{tmp_path / 'diaodu.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        Office(session, tmp_path).warn()
    engine.dispose()
    return tmp_path


def _say(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def _steps() -> dict[str, tuple[str, str, int]]:
    listed = json.loads(_say("milestone", "list", "projects", "west", "--format", "json").stdout)
    return {row["name"]: (row["original_due"], row["due"], row["moves"]) for row in listed}


def test_a_step_moves_once_another_person_approves(home: Path) -> None:
    assert _say(*MOVE, "--by", "王某").stdout == "已提出延期申请 1，待批。\n"
    assert _steps()["节点2"] == ("2023-09-30", "2023-09-30", 0)
    own = _say("milestone", "extend", "approve", "1", "--reason", "同意", "--by", "王某")
    assert (own.exit_code, own.stderr) == (1, "不能审批本人提出的申请。\n")
    assert _say("milestone", "extend", "approve", "1", "--reason", "属实", "--by", "李某").exit_code == 0
    assert _steps() == {
        "节点1": ("2023-04-30", "2023-04-30", 0),
        "节点2": ("2023-09-30", "2023-11-30", 1),
        "节点3": ("2023-12-31", "2023-12-31", 0),
    }
    (row,) = json.loads(_say("milestone", "extend", "list", "--format", "json").stdout)
    assert (row["state"], row["unit_name"], row["due"], row["new_due"]) == (
        "approved",
        "西区",
        "2023-09-30",
        "2023-11-30",
    )
    assert (row["requested_by"], row["decided_by"], row["decision"]) == ("王某", "李某", "属实")
    with transaction(open_engine(f"sqlite:///{home / 'diaodu.db'}")) as session:
        assert audit.verify(session) is None


@pytest.mark.usefixtures("home")
def test_a_refused_step_stays() -> None:
    _say(*MOVE, "--by", "王某")
    assert (
        _say("milestone", "extend", "refuse", "1", "--reason", "不足", "--by", "李某").stdout == "延期申请 1：未批准\n"
    )
    assert _steps()["节点2"] == ("2023-09-30", "2023-09-30", 0)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("milestone", "list", "开工", "西区"), 2, "开工：没有这个指标；相近的有：开工项目"),
        (("milestone", "list", "projects", "total"), 2, "total没有“projects”这项目标。"),
        ((*MOVE, "--planned", "八"), 2, "应为数字，如 1234.5：八"),
        (("milestone", "extend", "refuse", "7", "--reason", "x"), 1, "没有编号为 7 的延期申请。"),
        (
            ("visit", "add", "西区", *TALK, "--promise", "开工项目|开工"),
            2,
            "承诺应写成 指标|事项|日期|计划累计值|责任人",
        ),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[str, ...], code: int, said: str) -> None:
    result = _say(*words)
    assert result.exit_code == code
    assert said in result.stderr


@pytest.mark.usefixtures("home")
def test_every_fault_of_a_talk_is_said_at_once_and_nothing_is_kept() -> None:
    promises = ("开工项目|开工|2023-09-30|8|王某", "开工项目|完工|2024-01-05|9|", "没有|开工|2023-12-01|8|王某")
    asked = [word for promise in promises for word in ("--promise", promise)]
    talk = ("--day", "2023-11-08", "--hosts", " ", "--guests", "王某", "--outcome", "限期开工", "--warning", "9")
    result = _say("interview", "add", "西区", *talk, *asked)
    assert result.exit_code == 2
    for said in (
        "请写明主持人。",
        "没有编号为 9 的预警。",
        "开工：承诺的日期应在当天之后、目标期内（至2023-12-31）。",
        "开工：已有同名或同日的节点",
        "完工：承诺的日期应在当天之后",
        "完工：请写明承诺事项和责任人。",
        "开工：没有：没有这个指标",
    ):
        assert said in result.stderr
    assert json.loads(_say("interview", "list", "--format", "json").stdout) == []
    assert "开工" not in _steps()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("kind", "other"), [("interview", "visit"), ("visit", "interview")])
def test_a_promise_made_in_a_talk_is_a_milestone(kind: str, other: str) -> None:
    promise = ("--promise", "开工项目|桩基开工|2023-12-10|10|王某", "--warning", "1")
    assert _say(kind, "add", "西区", *TALK, *promise, "--by", "李某").stdout == "已登记，编号 1。\n"
    (row,) = json.loads(_say(kind, "list", "--format", "json").stdout)
    assert (row["unit_name"], row["day"], row["hosts"], row["warning_id"]) == ("西区", "2023-11-08", "赵某、李某", 1)
    assert row["promised"] == "2023-12-10 桩基开工 10（王某）"
    assert json.loads(_say(other, "list", "--format", "json").stdout) == []
    assert _steps()["桩基开工"] == (None, "2023-12-10", 0)
