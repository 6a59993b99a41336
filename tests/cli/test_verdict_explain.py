"""`diaodu verdict explain`, unit verdicts and judgements: what a person reads who asks why, in 80 columns."""

import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from diaodu.cli.app import app

EXAMPLES = Path(__file__).parents[2] / "examples" / "zhejiang-water-2023"
ONE = ("中央水利投资", "中型灌区改造")
SILENT = ("中央水利投资", "水土流失治理")


def _run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result.stderr if code else result.stdout


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """浙江's October and November under the rules of 三亚; October was judged when it was known."""
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path / "office"))
    monkeypatch.setenv("COLUMNS", "80")
    _run("init")
    _run("plan", "import", str(EXAMPLES / "2023-10"), "--recorded-at", "2023-11-03")
    _run("plan", "import", str(EXAMPLES / "2023-11"), "--recorded-at", "2023-12-05")
    apply(tmp_path, _run("policy", "preset", "sanya"))
    _run("check", "--as-of", "2023-10-31", "--known-at", "2023-11-04")
    return tmp_path


def apply(folder: Path, text: str, *words: str) -> None:
    (folder / "rules.toml").write_text(text, encoding="utf-8")
    _run("policy", "apply", str(folder / "rules.toml"), "--recorded-at", "2023-11-03", *words)


def data(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_run("verdict", "explain", *words, "--format", "json"))
    return found


def test_a_recovered_target_is_laid_open_from_its_file_to_its_warning() -> None:
    said = _run("verdict", "explain", *ONE, "--as-of", "2023-11-30", "--known-at", "2023-12-06")
    assert "40941万元，截至 2023-11-30" in said
    assert "出处：2023-11/reports.csv · reports · 第 6 行" in said
    assert "按月均衡，2023-01-01 至 2023-12-31" in said
    assert "项目·红牌：否　欠进度比例>0.5\n        否　欠进度比例>0.5　（实为 约-9.090909%）" in said
    assert "是　上期等级轻重为1、2之一　（实为 1）" in said
    assert "与序时差距（个百分点）≥0)　← 据此研判" in said
    assert "2023-10-31　黄牌" in said
    assert "rules 第1版，2023-01-01 起施行" in said
    assert "按现有数据：无需预警\n    这项任务从未预警" in said


def test_the_figures_stand_in_columns_that_fit_80() -> None:
    said = _run("verdict", "explain", *ONE, "--as-of", "2023-11-30").splitlines()
    table = said[said.index("【测度】") + 1 : said.index("【各等级】") - 2]
    assert len(table) > 20
    assert max(cell_len(line) for line in table) <= 80
    assert {cell_len(line) - cell_len(line.split()[-1]) for line in table} == {52}


def test_programs_get_exact_values_and_every_answer() -> None:
    found = data(*ONE, "--as-of", "2023-11-30", "--known-at", "2023-12-06")
    assert (found["level"], found["values"]["expected"], found["values"]["shortfall"]) == ("green", "11/12", "-1/11")
    assert found["values"]["overdue_days"] is None
    assert [(each["level"], each["holds"]) for each in found["tried"]] == [
        ("red", False),
        ("yellow_again", False),
        ("yellow", False),
        ("green", True),
    ]
    assert [(each["period"], each["level"]) for each in found["past"]] == [("2023-10-31", "yellow")]
    assert (found["policy"]["revision"], found["cause"], found["warning"]) == (1, "fine", None)


def test_the_answer_of_that_day_can_still_be_had() -> None:
    then = data(*ONE, "--as-of", "2023-10-31", "--known-at", "2023-11-04")
    assert (then["level"], then["values"]["target"], then["past"]) == ("yellow", "41144", [])
    assert then["cause"] == "opened"


def test_a_silent_unit_is_told_why_nothing_is_judged() -> None:
    said = _run("verdict", "explain", *SILENT, "--as-of", "2023-11-30")
    assert "本期没有数据，各等级都不判" in said
    assert "数据未报，暂不研判" in said
    assert "10715万元，截至 2023-10-31" in said


def test_a_name_does_as_well_as_a_code_and_a_wrong_one_is_told_what_there_is() -> None:
    assert "中央水利投资" in _run("verdict", "explain", "中央水利投资计划完成投资", ONE[1], "--as-of", "2023-11-30")
    wrong = _run("verdict", "explain", "中央水利投资", "灌区", "--as-of", "2023-11-30", code=2)
    assert "灌区" in wrong
    assert ONE[1] in wrong
    assert "还没有生效的方案" in _run("verdict", "explain", *ONE, "--as-of", "2022-11-30", code=2)


def test_what_a_person_said_counts_and_is_listed(home: Path) -> None:
    apply(home, _run("policy", "preset", "sanming"), "--effective-from", "2023-11-01")
    words = ["judgement", "add", *ONE, "--weight", "2", "--reason", "省级批示件", "--author", "督查室"]
    assert "已登记" in _run(*words, "--since", "2023-11-01")
    found = data(*ONE, "--as-of", "2023-11-30")
    assert (found["level"], found["values"]["judgement"]) == ("orange", "2")
    (listed,) = json.loads(_run("judgement", "list", "--format", "json"))
    assert (listed["weight"], listed["author"], listed["since"], listed["until"]) == (2, "督查室", "2023-11-01", None)
    assert _run(*words[:4], "--weight", "0", *words[6:], "--since", "2023-11-20")
    assert data(*ONE, "--as-of", "2023-11-30")["level"] == "normal"


def test_all_that_is_wrong_with_a_judgement_is_told_at_once() -> None:
    words = ["judgement", "add", "中央水利投资", "x", "--weight", "100", "--reason", " ", "--author", ""]
    said = _run(*words, "--since", "2023-11-02", "--until", "2023-11-01", code=2)
    for part in ("0 至 99", "没有写理由", "没有写由谁", "早于首日", "没有这项目标任务"):
        assert part in said
    assert json.loads(_run("judgement", "list", "--format", "json")) == []


def test_units_get_levels_of_their_own(home: Path) -> None:
    refused = _run("verdict", "list", "--as-of", "2023-11-30", "--scope", "unit", code=2)
    assert "没有单位等级" in refused
    apply(home, _run("policy", "preset", "songyang"), "--effective-from", "2023-10-01")
    words = ["verdict", "list", "--as-of", "2023-10-31", "--known-at", "2023-11-04", "--scope", "unit"]
    listed = {row["unit"]: row for row in json.loads(_run(*words, "--format", "json"))}
    assert len(listed) == 12
    card = listed[ONE[1]]
    assert (card["level"], card["items"], card["share_warned"]) == ("yellow_card", 1, 1.0)
    assert card["explanation"] == "目标任务1项，黄灯1项（中央水利投资计划完成投资），预警占比100.0%，亮黄牌。"
    assert {row["level"] for unit, row in listed.items() if unit != ONE[1]} == {"none"}
    assert "黄牌" in _run(*words)
    whole = ("verdict", "explain", ONE[1], "--as-of", "2023-10-31", "--known-at", "2023-11-04")
    said = _run(*whole)
    for part in (
        "亮黄牌。",
        "黄牌：是　等级为2的任务数（个）≥1或预警任务占比>0.5　← 据此研判\n",
        "        否　等级为2的任务数（个）≥1　（实为 0个）",
        "各项数据已齐",
        "按现有数据：新发\n    这个单位从未作为整体预警",
    ):
        assert part in said
    found = json.loads(_run(*whole, "--format", "json"))
    assert (found["level"], found["cause"], found["items"][0]["level"]) == ("yellow_card", "opened", "黄灯")
    assert "没有这个编码或名称：灌区" in _run(*whole[:2], "灌区", *whole[3:], code=2)
