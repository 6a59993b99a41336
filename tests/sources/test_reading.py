"""From a path to sheets: encodings, formats, and hostile files refused in bounded time and memory."""

import io
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from diaodu.sources.fault import Faults
from diaodu.sources.limited import dumps, loads, read
from diaodu.sources.plan import read_plan, read_reports
from diaodu.sources.reading import read_files, read_path
from diaodu.sources.sheet import Odd, Oddity, Sheet, letter
from tests.plan_file import SOUND, book_of, bytes_of, csv_bytes, write_book, write_folder
from tests.sources.workbooks import ROWS, old_workbook, rewritten

TEXT = csv_bytes(ROWS).decode()


def sheet_of(name: str, data: bytes) -> Sheet:
    book = read_files([(name, data)])
    assert book.faults == []
    (sheet,) = book.sheets
    return sheet


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312"])
def test_text_is_read_in_the_encodings_offices_use(encoding: str) -> None:
    sheet = sheet_of("reports.csv", TEXT.encode(encoding))
    assert [cells for _number, cells in sheet.rows] == ROWS


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_rows_are_numbered_as_editors_show_them(ends: str) -> None:
    text = '# 来源：某局\n# 说明\n\n指标,进展\ninvest,"第一行\n第二行"\npark,好\n'.replace("\n", ends)
    sheet = sheet_of("reports.csv", text.encode())
    assert [number for number, _cells in sheet.rows] == [4, 5, 7]


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.xlsx", "a.csv", "a"])
def test_an_old_workbook_is_known_by_its_content_whatever_it_is_called(name: str) -> None:
    rows = [cells for _number, cells in sheet_of(name, old_workbook()).rows]
    assert rows == [ROWS[0], ["invest", "东区", date(2023, 10, 31), 105.5]]


@pytest.mark.parametrize("name", ["a.xlsx", "a.et", "a.xls"])
def test_a_new_workbook_is_known_by_its_content_whatever_it_is_called(name: str) -> None:
    rows = [cells for _number, cells in sheet_of(name, bytes_of(book_of({"reports": ROWS}))).rows]
    assert rows[1] == ["invest", "东区", "2023-10-31", 105.5]


def test_a_plan_reads_the_same_from_a_workbook_and_from_text(tmp_path: Path) -> None:
    one = read_plan(write_folder(tmp_path / "plan", SOUND))
    other = read_plan(write_book(tmp_path / "plan.xlsx", SOUND))
    assert one.faults == other.faults == []
    for key in SOUND:
        assert [row.values for row in one.rows(key)] == [row.values for row in other.rows(key)]


def test_headings_may_be_english_in_any_order_below_a_title(tmp_path: Path) -> None:
    rows = [
        ["一季度填报表"],
        [],
        ["Value（亿元）", "as of", "序号", "UNIT", "Indicator", "备注"],
        [7, "2023-10-31", 1, "east", "invest", "x"],
    ]
    book = book_of({"reports": rows})
    book["填报"].merge_cells("A1:F1")
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes_of(book))
    found = read_reports(path)
    assert found.faults == []
    (row,) = found.rows("reports")
    assert row.number == 4
    assert row.values == {"indicator": "invest", "unit": "east", "as_of": date(2023, 10, 31), "value": 7_000_000}


def test_an_empty_text_from_a_formula_is_a_blank_and_no_fault() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet("填报")
        sheet.write_formula(0, 0, '=IF(B1="","",B1)', None, "nothing")
        sheet.write_formula(1, 0, "=1+1", None, 2)
    saved = rewritten(out.getvalue(), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"nothing", b""))
    assert [cells for _number, cells in sheet_of("a.xlsx", saved).rows] == [[""], [2.0]]


def test_what_the_limited_process_says_arrives_as_it_was_said() -> None:
    cells = ["文", 1, 1.5, True, None, date(2023, 1, 1), datetime(2023, 1, 1, 8), Odd(Oddity.ERROR, "#N/A")]  # noqa: DTZ001
    sheet = Sheet("a.xlsx", "填报", [(3, cells)], True, [(1, 1, 2, 2)])
    assert loads(dumps([sheet], [])) == ([sheet], [])


def test_columns_are_named_as_spreadsheets_name_them() -> None:
    assert [letter(n) for n in (0, 25, 26, 51, 52, 701, 702, 16383)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]


def test_one_unreadable_file_does_not_hide_the_faults_of_another() -> None:
    sheets, faults = read([("a.csv", b""), ("b.csv", csv_bytes(ROWS)), ("c.xlsx", b"PK\x03\x04junk")])
    assert [sheet.file for sheet in sheets] == ["b.csv"]
    assert [fault.file for fault in faults] == ["a.csv", "c.xlsx"]


def test_a_file_that_is_too_big_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(60_000_000)
    with pytest.raises(Faults, match="超过 50 兆字节"):
        read_path(path)


def test_lock_files_of_open_workbooks_are_passed_over(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "plan", SOUND)
    (folder / "~$plan.xlsx").write_bytes(b"x")
    (folder / ".~lock.csv").write_bytes(b"x")
    assert read_plan(folder).faults == []
