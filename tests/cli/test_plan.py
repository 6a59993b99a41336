"""`diaodu plan`: what people see, and the exit codes scripts rely on."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from diaodu.cli.app import app
from diaodu.sources.columns import SHEETS
from diaodu.sources.wording import WORDS
from tests.plan_file import SOUND, edited, write_book, write_folder


@pytest.fixture
def workspace(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with an empty database; commands run in its folder."""
    home = tmp_path / ".diaodu"
    home.mkdir()
    shutil.copy(migrated_file, home / "diaodu.db")
    monkeypatch.setenv("DIAODU_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def diaodu(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def table(result: Result) -> dict[str, list[str]]:
    """The numbers beside each noun."""
    lines = [line.strip("│ ").split("│") for line in result.stdout.splitlines() if line.startswith("│")]
    return {line[0].strip(): [number.strip() for number in line[1:]] for line in lines}


def test_a_plan_is_imported_once(workspace: Path) -> None:
    path = write_folder(workspace / "plan", SOUND)
    first = diaodu("plan", "import", path, "--recorded-at", "2023-11-03")
    assert first.exit_code == 0, first.stderr
    assert table(first) == {
        "方案": ["1", "0", "0", "0"],
        "单位": ["3", "0", "0", "0"],
        "联系人": ["1", "0", "0", "0"],
        "指标": ["3", "0", "0", "0"],
        "目标": ["5", "0", "0", "0"],
        "节点": ["3", "0", "0", "0"],
        "填报": ["2", "0", "0", "0"],
    }
    again = diaodu("plan", "import", path, "--recorded-at", "2023-11-04")
    assert again.exit_code == 0
    assert "已经导入过，没有变化" in again.stdout
    assert {numbers[0] + numbers[1] for numbers in table(again).values()} == {"00"}


def test_too_little_lead_time_is_remarked_on(workspace: Path) -> None:
    scheme = {"scheme": [*SOUND["scheme"], ["最短提前量", "5"]]}
    new = [["编码", "名称", "报送周期", "报送时限"], ["weekly", "专项周报", "按周", "每周二前"]]
    path = write_folder(workspace / "plan", scheme | {"collections": new})
    result = diaodu("plan", "import", path, "--recorded-at", "2023-11-10")
    assert result.exit_code == 0
    assert table(result)["报送安排"] == ["1", "0", "0", "0"]
    assert "提示：plan/collections.csv · 第 2 行 · D 报送时限：读到“每周二前”，截至 2023-11-12 的一期" in result.stderr
    strict = {"scheme": [*scheme["scheme"], ["提前量不足", "拒绝"]]}
    other = [new[0], ["weekly2", "另一周报", "按周", "每周二前"]]
    refused = write_folder(workspace / "refused", strict | {"collections": other})
    result = diaodu("plan", "import", refused, "--recorded-at", "2023-11-10")
    assert result.exit_code == 2
    assert "共 1 处差错，一行也没有入库" in result.stderr


def test_faults_are_listed_one_a_line_and_the_exit_code_is_2(workspace: Path) -> None:
    spoilt = edited(lambda s: (s["targets"][1].__setitem__(2, "两百"), s["units"][2].__setitem__(3, "也许")))
    result = diaodu("plan", "import", write_folder(workspace / "plan", spoilt), "--recorded-at", "2023-11-03")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "plan/targets.csv · 第 2 行 · C 目标值：读到“两百”，请用阿拉伯数字，如 200",
        "plan/units.csv · 第 3 行 · D 参与排名：读到“也许”，应为 是 或 否",
        "共 2 处差错，一行也没有入库。",
    ]
    assert diaodu("plan", "export", workspace / "out").exit_code == 2


def test_the_future_cannot_be_recorded(workspace: Path) -> None:
    result = diaodu("plan", "import", write_folder(workspace / "plan", SOUND), "--recorded-at", "2199-01-01")
    assert (result.exit_code, result.stderr) == (2, "入库时点不能晚于此刻：2199-01-01\n")


def test_without_a_workspace_the_office_is_told_what_to_do(workspace: Path) -> None:
    (workspace / ".diaodu" / "diaodu.db").unlink()
    result = diaodu("plan", "import", write_folder(workspace / "plan", SOUND))
    assert result.exit_code == 2
    assert "diaodu init" in result.stderr


@pytest.mark.parametrize("out", ["out.xlsx", "out"])
def test_what_is_exported_is_what_was_imported(workspace: Path, out: str) -> None:
    assert (
        diaodu("plan", "import", write_book(workspace / "plan.xlsx", SOUND), "--recorded-at", "2023-11-03").exit_code
        == 0
    )
    result = diaodu("plan", "export", out, "--as-of", "2023-12-31")
    assert (result.exit_code, result.stdout) == (0, f"已写出：{out}\n")
    again = diaodu("plan", "import", out)
    assert again.exit_code == 0, again.stderr
    assert {numbers[0] + numbers[1] for numbers in table(again).values()} == {"00"}


def test_the_plan_as_it_was_known_earlier_can_be_exported(workspace: Path) -> None:
    diaodu("plan", "import", write_folder(workspace / "plan", SOUND), "--recorded-at", "2023-11-03")
    change = {"targets": [["指标", "单位", "目标值", "生效日"], ["invest", "east", "130", "2023-01-01"]]}
    assert (
        diaodu("plan", "import", write_folder(workspace / "new", change), "--recorded-at", "2023-11-10").exit_code == 0
    )
    diaodu("plan", "export", "then", "--as-of", "2023-12-31", "--known-at", "2023-11-05")
    diaodu("plan", "export", "now", "--as-of", "2023-12-31")
    assert "invest,east,120," in (workspace / "then" / "targets.csv").read_text(encoding="utf-8-sig")
    assert "invest,east,130," in (workspace / "now" / "targets.csv").read_text(encoding="utf-8-sig")


def test_nothing_is_overwritten(workspace: Path) -> None:
    (workspace / "out.xlsx").write_text("mine")
    result = diaodu("plan", "template", "out.xlsx")
    assert result.exit_code == 2
    assert (workspace / "out.xlsx").read_text() == "mine"


def test_a_workbook_goes_by_no_other_name(workspace: Path) -> None:
    for command in (["plan"], ["report", "--unit", "east", "--as-of", "2023-11-09"]):
        result = diaodu(command[0], "template", "out.docx", *command[1:])
        assert (result.exit_code, result.stderr) == (2, "文件名应以 .xlsx 结尾：out.docx\n")
    assert not (workspace / "out.docx").exists()


def test_the_template_names_every_column_explains_it_and_offers_every_choice(workspace: Path) -> None:
    assert diaodu("plan", "template", "plan.xlsx").exit_code == 0
    book = load_workbook("plan.xlsx")
    assert book.sheetnames == [kind.chinese for kind in SHEETS]
    for kind in SHEETS:
        sheet = book[kind.chinese]
        cells = [line[0] for line in list(sheet.iter_rows())[1:]] if kind.settings else list(sheet[1])
        assert [cell.value for cell in cells] == [column.chinese for column in kind.columns]
        assert all(cell.comment and cell.comment.text for cell in cells)
    offered = {v.formula1 for sheet in book for v in sheet.data_validations.dataValidation if v.type == "list"}
    words = {word for choice in offered for word in choice.strip('"').split(",")}
    assert words >= {names[0] for kind in WORDS.values() for names in kind.values()} | {"是", "否"}


def test_an_untouched_template_asks_for_what_is_missing(workspace: Path) -> None:
    diaodu("plan", "template", "plan.xlsx")
    result = diaodu("plan", "import", "plan.xlsx")
    assert result.exit_code == 2
    assert "plan.xlsx · 方案 · 第 2 行 · 编码：不能空" in result.stderr


def test_a_filled_template_is_a_plan(workspace: Path) -> None:
    diaodu("plan", "template", "plan.xlsx")
    book = load_workbook("plan.xlsx")
    for row, (_key, value) in enumerate(SOUND["scheme"][1:5], 2):
        book["方案"].cell(row, 2, value)
    issuer = [column.key for column in SHEETS[0].columns].index("issuer")
    book["方案"].cell(issuer + 2, 2, "某区考核办")
    for kind in (kind for kind in SHEETS[1:] if kind.key in SOUND):
        sheet = book[kind.chinese]
        headings = [cell.value for cell in sheet[1]]
        for number, row in enumerate(SOUND[kind.key][1:], 2):
            for heading, value in zip(SOUND[kind.key][0], row, strict=True):
                sheet.cell(number, headings.index(heading) + 1, value or None)
    book.save("filled.xlsx")
    result = diaodu("plan", "import", "filled.xlsx", "--recorded-at", "2023-11-03")
    assert result.exit_code == 0, result.stderr
    assert table(result)["目标"] == ["5", "0", "0", "0"]
