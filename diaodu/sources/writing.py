"""Writing the sheets we read, as a workbook or CSV files: nothing a person typed becomes a formula."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from diaodu.language import _
from diaodu.sources.cell import Choice, code, text, yes_no
from diaodu.sources.columns import SheetKind
from diaodu.sources.day import day
from diaodu.sources.deadline import due_chain, opening, windows
from diaodu.sources.heading import Column
from diaodu.sources.number import amount, quantity

Value = str | int | Decimal | date | None
Rows = Sequence[Mapping[str, Value]]
"""Values by column key."""

RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
"""What a spreadsheet takes for a formula at the start of a text, and the mark that stops it."""
EXACT_DIGITS = 15
"""More of them a spreadsheet's numbers do not hold; longer ones are written as text."""
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Text stays text, whatever it looks like."""
EMPTY_ROWS = 1000
"""How far down a template checks what is typed."""


def csv_file(columns: Sequence[Column], rows: Rows, settings: bool = False) -> bytes:
    """One sheet as CSV that Excel and WPS open as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in _lines(columns, rows, settings):
        writer.writerow(["" if value is None else _guarded(value) for value in line])
    return out.getvalue().encode("utf-8-sig")


def workbook_file(sheets: Sequence[tuple[SheetKind, Rows]], is_template: bool = False) -> bytes:
    """All sheets as a workbook; a template also says what belongs where and checks what is typed."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True} | SAFE) as book:
        looks = Looks(book)
        for kind, rows in sheets:
            sheet = book.add_worksheet(kind.chinese)
            lines = _lines(kind.columns, rows, kind.settings)
            for number, line in enumerate(lines):
                for place, value in enumerate(line):
                    is_heading = number == 0 or (kind.settings and place == 0)
                    put(sheet, number, place, value, looks.heading if is_heading else looks.of(value))
            _lay_out(sheet, kind, looks)
            if is_template:
                _explain(sheet, kind)
    return out.getvalue()


class Looks:
    """The few formats our workbooks use."""

    def __init__(self, book: Workbook) -> None:
        self.heading: Format = book.add_format({"bold": True, "bg_color": "#DDE7F0", "border": 1, "num_format": "@"})
        self.text: Format = book.add_format({"num_format": "@"})
        self.day: Format = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.number: Format = book.add_format({"num_format": "0.######"})

    def of(self, value: Value) -> Format:
        if isinstance(value, date):
            return self.day
        return self.number if isinstance(value, int | Decimal) else self.text

    def of_column(self, column: Column) -> Format:
        if column.read is day:
            return self.day
        return self.text if column.read in (text, code, due_chain, opening, windows) else self.number


def put(sheet: Worksheet, row: int, place: int, value: Value, look: Format) -> None:
    """One cell, exactly as it is."""
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, look)
    elif isinstance(value, int | Decimal) and len(Decimal(value).normalize().as_tuple().digits) <= EXACT_DIGITS:
        sheet.write_number(row, place, float(value), look)
    elif value is not None:
        sheet.write_string(row, place, _plain(value), look)
    else:
        sheet.write_blank(row, place, None, look)


def validate(sheet: Worksheet, column: Column, first: int, last: int, place: int, end: int) -> None:
    """Let the spreadsheet itself refuse what we would refuse."""
    if isinstance(column.read, Choice) or column.read is yes_no:
        words = column.read.words if isinstance(column.read, Choice) else ["是", "否"]
        rule: dict[str, Any] = {"validate": "list", "source": words}
    elif column.read is day:
        rule = {"validate": "date", "criteria": ">=", "value": date(1990, 1, 1)}
        rule |= {"error_title": _("日期"), "error_message": _("应为日期，如 2023-11-30")}
    elif column.read in (quantity, amount):
        rule = {"validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12}
        rule |= {"error_title": _("数字"), "error_message": _("只填数字，不带单位和百分号")}
    else:
        return
    sheet.data_validation(first, place, last, end, rule)


def _lines(columns: Sequence[Column], rows: Rows, settings: bool) -> list[list[Value]]:
    if settings:
        values = rows[0] if rows else {}
        return [["项", "值"], *([column.chinese, values.get(column.key)] for column in columns)]
    return [[column.chinese for column in columns], *([row.get(c.key) for c in columns] for row in rows)]


def _lay_out(sheet: Worksheet, kind: SheetKind, looks: Looks) -> None:
    if kind.settings:
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 40, looks.text)
        return
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(kind.columns):
        sheet.set_column(place, place, 16, looks.of_column(column))


def _explain(sheet: Worksheet, kind: SheetKind) -> None:
    for place, column in enumerate(kind.columns):
        note = column.note + (_("（必填）") if column.needed else "")
        if kind.settings:
            sheet.write_comment(place + 1, 0, note)
            validate(sheet, column, place + 1, place + 1, 1, 1)
        else:
            sheet.write_comment(0, place, note)
            validate(sheet, column, 1, EMPTY_ROWS, place, place)


def _plain(value: Value) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _guarded(value: Value) -> str:
    """A text that a spreadsheet will not run; the reader takes the apostrophe off again."""
    plain = _plain(value)
    return f"'{plain}" if isinstance(value, str) and plain.startswith(RISKY) else plain


def write_folder(folder: Path, sheets: Sequence[tuple[SheetKind, Rows]]) -> None:
    """One CSV file a sheet."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, rows in sheets:
        (folder / f"{kind.key}.csv").write_bytes(csv_file(kind.columns, rows, kind.settings))
