"""The loop by hand: what people are told, and the exit codes scripts rely on."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from typer.testing import CliRunner, Result

from diaodu import clock
from diaodu.actions.policy import apply_policy, presets
from diaodu.cli.app import app
from diaodu.rules.schedule import Origin
from diaodu.storage import ledger, run
from diaodu.storage.engine import open_engine
from diaodu.storage.holiday import seed
from diaodu.storage.run import Job
from diaodu.storage.session import transaction
from models.report import Report
from models.run import Run
from tests.plan import RECORDED, SmallPlan

OCTOBER = ["--as-of", "2023-10-31", "--quiet"]


@pytest.fixture
def home(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "office"
    home.mkdir()
    shutil.copy(migrated_file, home / "diaodu.db")
    monkeypatch.setenv("DIAODU_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "200")
    return home


@pytest.fixture
def database(home: Path) -> Engine:
    """With a small plan, reports of October, and the rules of 银川."""
    engine = open_engine(f"sqlite:///{home / 'diaodu.db'}")
    with transaction(engine) as session:
        seed(session, [2023, 2024])
        plan = SmallPlan(session)
        rules = presets()["yinchuan"]
        apply_policy(session, plan.scheme_id, "yinchuan", rules, date(2023, 1, 1), "考核办", RECORDED)
    return engine


def diaodu(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_a_cycle_says_what_was_done_and_where_its_files_are(home: Path, database: Engine) -> None:
    result = diaodu("cycle", *OCTOBER)
    assert result.exit_code == 0, result.output
    for words in ("数据报送：", "已报送 1", "未报送 1", "指标研判：", "提醒预警：", "情况通报：", "完成：一轮调度"):
        assert words in result.stdout
    paths = [Path(line.strip()) for line in result.stdout.splitlines() if line.startswith(f"  {home}")]
    assert {path.suffix for path in paths} == {".docx", ".pdf", ".html"}
    assert all(path.is_file() for path in paths)


def test_a_second_cycle_says_it_is_the_second(database: Engine) -> None:
    diaodu("cycle", *OCTOBER)
    again = diaodu("cycle", *OCTOBER)
    assert again.exit_code == 0
    assert "（第 2 次运行）" in again.stdout
    assert "没有变化" in again.stdout
    assert "新研判 0" in again.stdout


@pytest.mark.parametrize("command", ["collect", "check", "warn", "brief"])
def test_each_step_is_a_command(database: Engine, command: str) -> None:
    result = diaodu(command, *OCTOBER)
    assert result.exit_code == 0, result.output
    assert "完成：" in result.stdout


def test_a_scheme_that_is_busy_is_refused_with_1(database: Engine) -> None:
    with transaction(database) as session:
        job = Job(1, "cycle", date(2023, 10, 31), Origin.CLOCK)
        run.begin(session, job, "another", clock.now(), ledger.LEASE)
    result = diaodu("cycle", *OCTOBER)
    assert result.exit_code == 1
    assert "另有任务正在进行" in result.stderr


def test_a_failure_ends_with_1_and_names_the_log(home: Path, database: Engine) -> None:
    (home / "briefings").write_text("a file where the folder should be")
    result = diaodu("cycle", *OCTOBER)
    assert result.exit_code == 1
    assert "失败：" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" in (home / "diaodu.log").read_text(encoding="utf-8")
    with transaction(database) as session:
        assert "briefings" in (session.exec(select(Run.error)).one() or "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as-of", "2023-10-31", "--scheme", "2099"], "没有这个考核方案；现有：2023"),
        (["--as-of", "2022-10-31"], "尚未生效"),
        (["--as-of", "2199-10-31"], "不能晚于今天"),
        (["--as-of", "2023-10-31", "--known-at", "2022-01-01"], "尚未入库"),
        (["--as-of", "2023-10-31", "--known-at", "昨天"], "时间应写成"),
        (["--as-of", "31.10.2023"], "--as-of"),
        ([], "--as-of"),
    ],
)
def test_wrong_input_ends_with_2_and_leaves_no_run(database: Engine, words: list[str], said: str) -> None:
    result = diaodu("cycle", *words)
    assert result.exit_code == 2
    assert said in result.stderr
    with transaction(database) as session:
        assert session.exec(select(Run)).all() == []


def test_without_a_workspace_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path / "nowhere"))
    result = diaodu("cycle", *OCTOBER)
    assert result.exit_code == 2
    assert "diaodu init" in result.stderr


def test_a_run_with_the_knowledge_of_the_past_says_so_in_the_ledger(database: Engine) -> None:
    result = diaodu("check", *OCTOBER, "--known-at", "2023-11-03")
    assert result.exit_code == 0, result.output
    with transaction(database) as session:
        known_at = session.exec(select(Run.known_at)).one()
    assert known_at == datetime(2023, 11, 3, 15, 59, 59, 999_999, UTC)  # the end of that day in the office


def test_a_source_is_registered_tried_out_and_collected(home: Path, database: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    drop = folder / "填报.csv"
    drop.write_text("指标,单位,截至日,累计完成\nprojects,west,2023-10-31,四\n", encoding="utf-8")
    assert diaodu("source", "add", "统计局", "folder", str(folder)).exit_code == 0
    tried = diaodu("source", "test", "统计局")
    assert tried.exit_code == 2
    assert "四" in tried.stderr
    assert "文件有差错 1" in diaodu("collect", *OCTOBER).stdout
    drop.write_text("指标,单位,截至日,累计完成\nprojects,west,2023-10-31,4\n", encoding="utf-8")
    assert "新增" in diaodu("source", "test", "统计局").stdout
    collected = diaodu("collect", *OCTOBER)
    assert "数据源已读取 1" in collected.stdout
    assert "未报送" not in collected.stdout
    with transaction(database) as session:
        assert session.exec(select(Report.value).where(Report.source_id == 1)).all() == [4_000_000]


def test_sources_are_listed(database: Engine, tmp_path: Path) -> None:
    diaodu("source", "add", "统计局", "folder", str(tmp_path))
    listed = diaodu("source", "list", "--format", "csv")
    assert listed.exit_code == 0
    assert listed.stdout.splitlines()[1].startswith(f"统计局,folder,{tmp_path},")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "统计局", "folder", "/drop"], "已有同名数据源"),
        (["add", "财政局", "telegraph", "/drop"], "没有这种数据源；现有：folder"),
        (["test", "财政局"], "没有这个数据源"),
    ],
)
def test_a_source_that_cannot_be_is_wrong_input(database: Engine, words: list[str], said: str) -> None:
    diaodu("source", "add", "统计局", "folder", "/nowhere")
    result = diaodu("source", *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_source_that_cannot_be_reached_ends_with_1(database: Engine) -> None:
    diaodu("source", "add", "统计局", "folder", "/nowhere")
    result = diaodu("source", "test", "统计局")
    assert result.exit_code == 1
    assert "读不到" in result.stderr
