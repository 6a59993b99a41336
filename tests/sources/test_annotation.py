"""The annotated copy: values as they came, faults where they are, and nothing in it can run."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from diaodu.sources.annotation import annotated, copied
from diaodu.sources.fault import Fault, Faults
from diaodu.sources.limited import read
from diaodu.sources.sheet import Cell, Sheet
from tests.plan_file import bytes_of, csv_bytes
from tests.sources.workbooks import old_workbook

ROWS: list[list[Any]] = [
    ["指标", "单位", "截至日", "累计完成", "进展"],
    ["invest", "east", date(2023, 10, 31), 105.5, "按期推进"],
    ["air", "east", date(2023, 10, 31), "约85", None],
]


def fault(row: int | None, column: str | None, right: str = "应为数字", sheet: str = "填报", found: str = "") -> Fault:
    return Fault("a.xlsx", sheet, row, column, found, right)


def workbook(rows: list[list[Any]], sheet: str = "填报") -> bytes:
    made = Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    return bytes_of(made)


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def test_every_wrong_cell_is_coloured_and_says_what_is_right() -> None:
    book = opened(
        annotated(workbook(ROWS), [fault(3, "D 累计完成"), fault(3, "D 累计完成", "不能空"), fault(2, "E 进展")])
    )
    sheet = book["填报"]
    assert [cell.value for cell in sheet[1]] == ROWS[0]
    assert sheet["D2"].value == 105.5
    assert sheet["C2"].value == datetime(2023, 10, 31)  # noqa: DTZ001  (spreadsheets know no zones)
    assert sheet["D3"].comment.text == "应为数字\n不能空"
    assert sheet["D3"].fill.start_color.rgb == sheet["E2"].fill.start_color.rgb == "FFFFC7CE"
    assert {c.coordinate for row in sheet.iter_rows() for c in row if c.comment} == {"D3", "E2"}


def test_the_list_comes_first_and_leads_to_each_cell() -> None:
    faults = [fault(3, "D 累计完成", found="约85"), fault(2, None, "不能空"), fault(None, None, "缺少一列")]
    book = opened(annotated(workbook(ROWS), faults))
    listed = book["差错清单"]
    assert book.sheetnames == ["差错清单", "填报"]
    assert listed["A1"].value == "共 3 处差错，一行也没有入库"
    assert [[cell.value for cell in row] for row in listed["A4:C6"]] == [
        ["填报 · 第 3 行 · D 累计完成", "约85", "应为数字"],
        ["填报 · 第 2 行", None, "不能空"],
        ["填报", None, "缺少一列"],
    ]
    assert [listed.cell(row, 1).hyperlink and listed.cell(row, 1).hyperlink.location for row in (4, 5, 6)] == [
        "'填报'!D3",
        "'填报'!A2",
        None,
    ]


def test_a_name_with_quotes_and_the_list_of_an_earlier_copy() -> None:
    made = opened(workbook(ROWS, "东区's 表"))
    made.create_sheet("差错清单")["A1"] = "旧"
    book = opened(annotated(bytes_of(made), [fault(2, "D 累计完成", sheet="东区's 表")]))
    assert book.sheetnames == ["差错清单", "东区's 表"]
    assert book["差错清单"]["A4"].hyperlink.location == "'东区''s 表'!D2"


def test_names_no_spreadsheet_allows_are_changed() -> None:
    names = ["填报", "填报", "a", "A", "x" * 40, "[b]:*?/\\", "'", "", "差错清单 "]
    sheets = [Sheet("a.xlsx", name, [(1, ["x"])]) for name in names]
    book = opened(copied(sheets, [fault(1, "A x", sheet="A")]))
    changed = ["填报", "填报 (2)", "a", "A (2)", "x" * 31, "_b______", "填报 (3)", "填报 (4)", "差错清单 "]
    assert book.sheetnames == ["差错清单", *changed]
    assert book["差错清单"]["A4"].hyperlink.location == "'A (2)'!A1"


DANGEROUS = (
    "=1+1",
    "=cmd|'/c calc'!A0",
    "+1",
    "-1+2",
    "@SUM(1)",
    "\t=1",
    "'=1",
    "http://x.example",
    "{=1}",
    "=HYPERLINK(1)",
)


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_person_typed_never_runs(text: str) -> None:
    source = io.BytesIO()
    with xlsxwriter.Workbook(source, {"strings_to_formulas": False, "strings_to_urls": False}) as made:
        made.add_worksheet("填报").write_string(1, 0, text)
    data = annotated(source.getvalue(), [fault(2, "A 指标", right=text, found=text)])
    cells = [cell for sheet in opened(data) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [cell.value for cell in cells].count(text) == 3
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = b"".join(archive.read(name) for name in archive.namelist() if "worksheets/" in name)
    assert b"<f>" not in sheets
    assert b"<f " not in sheets
    assert all("externalLink" not in name for name in archive.namelist())


def test_a_text_file_comes_back_as_a_workbook_without_its_guards() -> None:
    data = csv_bytes([["指标", "单位"], ["'=1", "east"]])
    made = annotated(data, [Fault("r.csv", "r", 2, "A 指标", "=1", "没有这个指标")])
    book = opened(made)
    assert book["填报"]["A2"].value == "=1"
    assert book["填报"]["A2"].data_type == "s"
    assert book["填报"]["A2"].comment.text == "没有这个指标"


def test_an_old_workbook_comes_back_as_a_new_one() -> None:
    sheet = opened(annotated(old_workbook(), [fault(2, "D 累计完成")]))["填报"]
    assert (sheet["D2"].value, sheet["D2"].comment.text) == (105.5, "应为数字")


def test_what_the_reader_distrusts_is_shown_as_it_was() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("填报")
        sheet.write_number(0, 0, 0.855, made.add_format({"num_format": "0.0%"}))
        sheet.write_formula(0, 1, "=1/0", None, "#DIV/0!")
        sheet.write_boolean(0, 2, True)
        sheet.write_datetime(0, 3, datetime(2023, 10, 31, 8, 30), made.add_format({"num_format": "yyyy-mm-dd hh:mm"}))  # noqa: DTZ001
    cells = opened(annotated(out.getvalue(), [fault(1, "B 单位")]))["填报"]
    assert (cells["A1"].value, cells["A1"].number_format) == (0.855, "0.##%")
    assert (cells["B1"].value, cells["B1"].data_type) == ("#DIV/0!", "s")
    assert (cells["C1"].value, cells["D1"].value) == (True, datetime(2023, 10, 31, 8, 30))  # noqa: DTZ001


def test_what_cannot_be_read_cannot_be_annotated() -> None:
    with pytest.raises(Faults, match="已损坏"):
        annotated(b"PK\x03\x04junk", [fault(None, None)])


def test_too_much_to_write_again_leaves_the_list() -> None:
    sheet = Sheet("a.xlsx", "填报", list(enumerate(ROWS, 1)))
    book = opened(copied([sheet], [fault(3, "D 累计完成")], most_cells=3))
    assert book.sheetnames == ["差错清单"]
    assert book["差错清单"]["A2"].value == "内容过多，未附原表；请在原文件中改。"


CELLS = st.one_of(
    st.none(), st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes()
)


@settings(max_examples=60)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=5), st.integers(1, 9), st.sampled_from(["A x", "E y", "ZZ", ""]))
def test_any_cells_are_written_again_and_read_the_same(rows: list[list[Cell]], row: int, column: str) -> None:
    made = copied([Sheet("a.xlsx", "填报", list(enumerate(rows, 1)))], [fault(row, column)])
    sheets, faults = read([("a.xlsx", made)])
    assert faults == []
    assert [sheet.name for sheet in sheets] == ["差错清单", "填报"]
    again = dict(sheets[1].rows)
    for number, cells in enumerate(rows, 1):
        for place, cell in enumerate(cells):
            if cell and isinstance(cell, str) and cell.isprintable():
                assert again[number][place] == cell
            if isinstance(cell, int) and abs(cell) < 10**15:
                assert again[number][place] == cell
