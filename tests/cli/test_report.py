"""`diaodu report`: reports in from files, and the sheet a unit fills in."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from diaodu.cli.app import app
from tests.plan_file import SOUND, csv_bytes, write_folder


@pytest.fixture
def workspace(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace that knows the sound plan; commands run in its folder."""
    home = tmp_path / ".diaodu"
    home.mkdir()
    shutil.copy(migrated_file, home / "diaodu.db")
    monkeypatch.setenv("DIAODU_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)
    path = write_folder(tmp_path / "plan", SOUND)
    assert diaodu("plan", "import", path, "--recorded-at", "2023-11-03").exit_code == 0
    return tmp_path


def diaodu(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_reports_are_imported_and_counted(workspace: Path) -> None:
    rows = [
        ["invest", "east", "2023-11-09", "110"],
        ["invest", "west", "2023-10-31", "51"],
        ["air", "east", "2023-11-09", ""],
    ]
    (workspace / "r.csv").write_bytes(csv_bytes([["指标", "单位", "截至日", "累计完成"], *rows]))
    result = diaodu("report", "import", "r.csv", "--recorded-at", "2023-11-10")
    assert result.exit_code == 0, result.stderr
    (line,) = [line for line in result.stdout.splitlines() if "填报" in line]
    assert [cell.strip() for cell in line.strip("│ ").split("│")] == ["填报", "1", "1", "0", "1"]


def test_faults_end_with_exit_code_2(workspace: Path) -> None:
    rows = [["invest", "east", "2023-11-09", "110"], ["invest", "东曲", "2023-11-09", "很多"]]
    (workspace / "r.csv").write_bytes(csv_bytes([["指标", "单位", "截至日", "累计完成"], *rows]))
    result = diaodu("report", "import", "r.csv", "--recorded-at", "2023-11-10")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "r.csv · 第 3 行 · B 单位：读到“东曲”，没有这个单位；相近的有：东区",
        "r.csv · 第 3 行 · D 累计完成：读到“很多”，应为数字，如 1234.5",
        "差错已逐格批注，改好可直接交回：r_批注.xlsx",
        "共 2 处差错，一行也没有入库。",
    ]


def test_a_units_sheet_is_written_filled_in_and_imported(workspace: Path) -> None:
    result = diaodu("report", "template", "east.xlsx", "--unit", "东区", "--as-of", "2023-11-09")
    assert (result.exit_code, result.stdout) == (0, "已写出：east.xlsx\n")
    book = load_workbook("east.xlsx")
    sheet = book["填报"]
    headings = [cell.value for cell in sheet[4]]
    sheet.cell(5, headings.index("累计完成") + 1, 110)
    sheet.cell(5, headings.index("进展") + 1, "=完工")
    book.save("filled.xlsx")
    faults = diaodu("report", "import", "filled.xlsx", "--recorded-at", "2023-11-10")
    assert faults.exit_code == 2
    assert "公式没有保存结果" in faults.stderr
    sheet.cell(5, headings.index("进展") + 1, "完工")
    book.save("filled.xlsx")
    assert diaodu("report", "import", "filled.xlsx", "--recorded-at", "2023-11-10").exit_code == 0


def test_a_sheet_for_a_unit_nobody_knows_is_refused_with_the_known_ones(workspace: Path) -> None:
    result = diaodu("report", "template", "x.xlsx", "--unit", "北区", "--as-of", "2023-11-09")
    assert (result.exit_code, result.stderr) == (2, "北区：没有这个单位；相近的有：西区、东区\n")


def test_before_the_plan_began_nobody_is_asked_anything(workspace: Path) -> None:
    result = diaodu("report", "template", "x.xlsx", "--unit", "east", "--as-of", "2022-11-09")
    assert result.exit_code == 2
    assert "没有这个单位；现有：无" in result.stderr


def test_a_unit_without_targets_is_asked_nothing(workspace: Path) -> None:
    new = write_folder(workspace / "new", {"units": [["编码", "名称"], ["north", "北区"]]})
    assert diaodu("plan", "import", new, "--recorded-at", "2023-11-08").exit_code == 0
    result = diaodu("report", "template", "x.xlsx", "--unit", "north", "--as-of", "2023-11-09")
    assert (result.exit_code, result.stderr) == (2, "这个单位在这一天没有待报的指标：north\n")


def test_every_unit_gets_its_form_in_a_folder(workspace: Path) -> None:
    result = diaodu("report", "template", "--all", "forms", "--as-of", "2023-11-09")
    assert (result.exit_code, result.stdout) == (0, "已写出 3 份：forms\n")
    assert sorted(path.name for path in (workspace / "forms").iterdir()) == [
        "东区_east_2023-11-09.xlsx",
        "合计_total_2023-11-09.xlsx",
        "西区_west_2023-11-09.xlsx",
    ]


def test_one_form_or_all_of_them_must_be_asked_for(workspace: Path) -> None:
    for words in ((), ("x.xlsx",), ("--unit", "east"), ("x.xlsx", "--unit", "east", "--all", "forms")):
        result = diaodu("report", "template", *words, "--as-of", "2023-11-09")
        assert (result.exit_code, result.stderr) == (2, "写 --unit 单位 和文件名，或写 --all 文件夹。\n")


def test_forms_for_nobody_are_refused(workspace: Path) -> None:
    result = diaodu("report", "template", "--all", "forms", "--as-of", "2022-11-09")
    assert (result.exit_code, result.stderr) == (2, "这一天考核方案尚未生效，或在已知时点尚未入库。\n")
    assert not (workspace / "forms").exists()


def test_an_annotated_copy_never_overwrites_a_file(workspace: Path) -> None:
    (workspace / "r.csv").write_bytes(csv_bytes([["指标", "单位", "截至日", "累计完成"], ["invest", "east", "x", "1"]]))
    (workspace / "r_批注.xlsx").write_bytes(b"mine")
    refused = diaodu("report", "import", "r.csv")
    assert refused.exit_code == 2
    assert "没有写批注件，已经有这个文件：r_批注.xlsx" in refused.stderr
    assert (workspace / "r_批注.xlsx").read_bytes() == b"mine"
    assert diaodu("report", "import", "r.csv", "--annotated", "elsewhere.xlsx").exit_code == 2
    assert load_workbook("elsewhere.xlsx")["填报"]["C2"].comment.text == "应为日期，如 2023-11-30"


def test_what_cannot_be_read_is_not_annotated(workspace: Path) -> None:
    (workspace / "r.xlsx").write_bytes(b"PK\x03\x04junk")
    assert diaodu("report", "import", "r.xlsx").exit_code == 2
    assert not (workspace / "r_批注.xlsx").exists()
