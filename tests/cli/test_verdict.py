"""`diaodu verdict list`: live verdicts, different before and after the November file was known."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from diaodu.cli.app import app
from diaodu.cli.output import Format, show

EXAMPLES = Path(__file__).parents[2] / "examples" / "zhejiang-water-2023"
PROMISED = {
    *("indicator", "unit", "group", "as_of", "reported_as_of", "target", "planned", "actual", "completion", "expected"),
    *("gap_pp", "ratio", "state", "level", "severity", "reason", "explanation", "rank", "rank_change"),
}
SILENT = "水土流失治理"


def _run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result.stderr if code else result.stdout


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """浙江's October, recorded on 3 November 2023, its November on 5 December, and the rules of 银川."""
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path / "office"))
    monkeypatch.setenv("COLUMNS", "200")
    _run("init")
    _run("plan", "import", str(EXAMPLES / "2023-10"), "--recorded-at", "2023-11-03")
    _run("plan", "import", str(EXAMPLES / "2023-11"), "--recorded-at", "2023-12-05")
    rules = tmp_path / "yinchuan.toml"
    _run("policy", "preset", "yinchuan", "-o", str(rules))
    _run("policy", "apply", str(rules), "--recorded-at", "2023-11-03")
    return tmp_path


def _verdicts(*words: str) -> dict[str, dict[str, Any]]:
    rows = json.loads(_run("verdict", "list", "--as-of", "2023-11-30", "--format", "json", *words))
    return {row["unit"]: row for row in rows}


@pytest.mark.usefixtures("home")
def test_what_was_promised_is_there_and_agrees_with_the_published_table() -> None:
    total = _verdicts()["总计"]
    assert set(total) >= PROMISED
    assert (total["target"], total["actual"], total["planned"]) == (708315, 695475, 649288.75)
    assert total["completion"] == 695475 / 708315
    assert total["expected"] == 11 / 12
    assert (total["state"], total["level"], total["rank"]) == ("reported", "green", None)
    assert total["explanation"] == (
        "截至11月30日中央水利投资计划完成投资695475万元，完成年度目标的98.2%，高于序时进度6.5个百分点，亮绿灯。"
    )


@pytest.mark.usefixtures("home")
def test_before_the_november_file_was_known_the_verdicts_were_others() -> None:
    now, then = _verdicts(), _verdicts("--known-at", "2023-12-04")
    assert (then["总计"]["target"], then["总计"]["actual"]) == (708033, 655920)
    assert (then["总计"]["reported_as_of"], now["总计"]["reported_as_of"]) == ("2023-10-31", "2023-11-30")
    assert {row["state"] for row in then.values()} == {"awaited"}
    assert {row["level"] for row in then.values()} == {None}
    assert {row["state"] for unit, row in now.items() if unit != SILENT} == {"reported"}


@pytest.mark.usefixtures("home")
def test_a_unit_that_did_not_report_is_not_judged_on_old_numbers() -> None:
    silent = _verdicts()[SILENT]
    assert (silent["state"], silent["reason"], silent["level"]) == ("not_reported", "not_reported", None)
    assert (silent["gap_pp"], silent["ratio"], silent["rank"]) == (None, None, None)
    assert silent["explanation"].startswith("截至11月30日未报送")
    assert "最近一次数据为10月31日的10715万元" in silent["explanation"]


@pytest.mark.usefixtures("home")
def test_nothing_is_known_before_the_plan_was() -> None:
    assert "还没有生效的方案" in _run("verdict", "list", "--as-of", "2023-11-30", "--known-at", "2023-11-02", code=2)


@pytest.mark.usefixtures("home")
def test_one_unit_or_one_indicator_can_be_asked_for() -> None:
    assert list(_verdicts("--unit", SILENT, "--indicator", "中央水利投资")) == [SILENT]
    assert len(_verdicts("--indicator", "中央水利投资")) == 14
    assert SILENT in _run("verdict", "list", "--as-of", "2023-11-30", "--unit", "x", code=2)


@pytest.mark.usefixtures("home")
def test_the_ranks_of_one_unit_are_those_of_the_whole_list() -> None:
    every = _verdicts()
    assert _verdicts("--unit", "中型灌区改造")["中型灌区改造"] == every["中型灌区改造"]


@pytest.mark.usefixtures("home")
def test_the_table_is_for_people_and_csv_for_spreadsheets() -> None:
    table = _run("verdict", "list", "--as-of", "2023-11-30")
    assert "695,475万元" in table
    assert "98.2%" in table
    assert "未报送" in table
    rows = list(csv.DictReader(io.StringIO(_run("verdict", "list", "--as-of", "2023-11-30", "--format", "csv"))))
    assert {row["unit"]: row["actual"] for row in rows}["总计"] == "695475"


def test_json_numbers_keep_every_digit(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"n": Decimal("123456789012.123457"), "m": Decimal("-0.5"), "text": "12.5", "whole": Decimal(100)}]
    show(rows, {}, Format.JSON)
    text = capsys.readouterr().out
    assert '"n": 123456789012.123457,' in text
    assert json.loads(text) == [{"n": 123456789012.123457, "m": -0.5, "text": "12.5", "whole": 100}]
