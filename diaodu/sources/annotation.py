"""The annotated copy of a faulty return (批注件): the values as they came, each wrong cell coloured and commented.

The file handed in is never touched or carried along: its values are written anew, as text, numbers and days, so that
nothing in it can run. Corrected in place, the copy is itself a return: comments and the list of faults are not read.
"""

import io
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import isfinite

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from diaodu.language import _
from diaodu.sources.cell import is_blank, shown
from diaodu.sources.fault import Fault, Faults
from diaodu.sources.form import NAME
from diaodu.sources.form_mark import SHEET
from diaodu.sources.reading import read_files
from diaodu.sources.sheet import Cell, Odd, Oddity, Sheet, letter
from diaodu.sources.writing import EXACT_DIGITS, SAFE

LIST = "差错清单"
MOST_CELLS = 1_000_000
"""More are not written out again: a list of faults has to do."""
MOST_LINKS = 60_000
LONGEST = 32_000
"""A spreadsheet's cell holds little more."""
FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets disagree on the days before."""
_LETTER = re.compile(r"([A-Z]{1,3})(?: |$)")
Place = tuple[int, int]
"""Row and column from 0."""


def annotated(data: bytes, faults: Sequence[Fault]) -> bytes:
    """The file in `data` as an .xlsx that shows what is wrong with it. Raises Faults when it cannot be read."""
    name = faults[0].file if faults else "a.xlsx"
    book = read_files([(name, data)])
    if not book.sheets:
        raise Faults(book.faults)
    return copied(book.sheets, faults)


def copied(found: Sequence[Sheet], faults: Sequence[Fault], most_cells: int = MOST_CELLS) -> bytes:
    """The same for sheets in hand."""
    sheets = [sheet for sheet in found if sheet.name != LIST]
    cells = sum(len(row) for sheet in sheets for _number, row in sheet.rows)
    if cells > most_cells:
        sheets = []
    names = {sheet.name: NAME if sheet.text else sheet.name for sheet in sheets}
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True} | SAFE) as made:
        looks = _Looks(made)
        listed = made.add_worksheet(LIST)
        for sheet in sheets:
            wrong = [fault for fault in faults if fault.sheet == sheet.name]
            _Copy(made.add_worksheet(names[sheet.name]), sheet, wrong, looks).write()
        _list(listed, faults, names, looks)
    return out.getvalue()


class _Looks:
    """How cells look: as they were, and where something is wrong."""

    def __init__(self, book: Workbook) -> None:
        wrong = {"bg_color": "#FFC7CE", "font_color": "#9C0006", "border_color": "#9C0006"}
        formats = {
            "text": "@",
            "number": "General",
            "day": "yyyy-mm-dd",
            "moment": "yyyy-mm-dd hh:mm",
            "share": "0.##%",
        }
        common = {"valign": "top", "text_wrap": True, "align": "left", "border": 1, "border_color": "#BFBFBF"}
        self._sound = {kind: book.add_format({"num_format": look} | common) for kind, look in formats.items()}
        self._wrong = {kind: book.add_format({"num_format": look} | common | wrong) for kind, look in formats.items()}
        self.heading: Format = book.add_format({"bold": True, "bg_color": "#D9E2EC", "border": 1})
        self.link: Format = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
        self.text: Format = self._sound["text"]
        self.line: Format = book.add_format({"num_format": "@"})
        self.title: Format = book.add_format({"bold": True, "font_size": 14})

    def of(self, kind: str, is_wrong: bool) -> Format:
        return (self._wrong if is_wrong else self._sound)[kind]


class _Copy:
    """One sheet written anew."""

    def __init__(self, out: Worksheet, sheet: Sheet, faults: Sequence[Fault], looks: _Looks) -> None:
        self.out, self.sheet, self.looks = out, sheet, looks
        self.wrong: dict[Place, list[str]] = defaultdict(list)
        for fault in faults:
            if fault.row is not None:
                self.wrong[_place(fault)].append(fault.right)

    def write(self) -> None:
        if self.sheet.name == SHEET:
            self.out.very_hidden()
        widths: dict[int, int] = {}
        headings = next((number for number, row in self.sheet.rows if _written(row) > 1), 0)
        for number, row in self.sheet.rows:
            for column, cell in enumerate(row):
                place, value = (number - 1, column), _unguarded(cell, self.sheet.text)
                if number <= headings and isinstance(value, str) and place not in self.wrong:
                    look = self.looks.heading if number == headings else self.looks.line
                    self.out.write_string(*place, _text(value), look if value else None)
                    continue
                self._put(place, value)
                widths[column] = max(widths.get(column, 0), min(_width(cell), 40))
        for place, right in self.wrong.items():
            self._mark(place, right)
        for column, width in widths.items():
            self.out.set_column(column, column, max(8, min(width, 32)) + 2)
        self.out.freeze_panes(headings, 0)
        _fit(self.out)

    def _put(self, place: Place, cell: Cell) -> None:
        is_wrong = place in self.wrong
        match cell:
            case None | "":
                self.out.write_blank(*place, None, self.looks.of("text", is_wrong))
            case Odd(oddity=Oddity.PERCENT, text=kept):
                self.out.write_number(*place, float(kept), self.looks.of("share", is_wrong))
            case bool():
                self.out.write_boolean(*place, cell, self.looks.of("number", is_wrong))
            case int() | float() if isfinite(cell) and len(str(abs(cell))) <= EXACT_DIGITS + 3:
                self.out.write_number(*place, cell, self.looks.of("number", is_wrong))
            case datetime() if cell.date() >= FIRST_DAY:
                self.out.write_datetime(*place, cell, self.looks.of("moment", is_wrong))
            case date() if not isinstance(cell, datetime) and cell >= FIRST_DAY:
                self.out.write_datetime(*place, cell, self.looks.of("day", is_wrong))
            case _:
                text = cell if isinstance(cell, str) else shown(cell)
                self.out.write_string(*place, _text(text), self.looks.of("text", is_wrong))

    def _mark(self, place: Place, right: Sequence[str]) -> None:
        """Colour the cell, though it is empty, and say beside it what would be right."""
        row = next((cells for number, cells in self.sheet.rows if number - 1 == place[0]), [])
        if place[1] >= len(row) or is_blank(row[place[1]]):
            self.out.write_blank(*place, None, self.looks.of("text", True))
        text = "\n".join(dict.fromkeys(right))
        lines = sum(len(line) // 14 + 1 for line in text.split("\n"))
        self.out.write_comment(
            *place, _text(text), {"x_scale": 1.8, "y_scale": max(0.6, lines / 4), "author": "diaodu"}
        )


def _list(out: Worksheet, faults: Sequence[Fault], names: Mapping[str, str], looks: _Looks) -> None:
    """差错清单: place, what was found, what would be right; the place leads to the cell."""
    out.write_string(0, 0, _("共 {n} 处差错，一行也没有入库").format(n=len(faults)), looks.title)
    told = (
        _("请在原表的红色格里改，改好把本文件交回；本页和批注不会被读取。")
        if names
        else _("内容过多，未附原表；请在原文件中改。")
    )
    out.write_string(1, 0, told)
    for column, heading in enumerate((_("位置"), _("读到"), _("应当"))):
        out.write_string(2, column, heading, looks.heading)
    for number, fault in enumerate(faults, 3):
        name = names.get(fault.sheet)
        if name is not None and fault.row is not None and number < MOST_LINKS:
            row, column = _place(fault)
            target = f"internal:'{name.replace(chr(39), chr(39) * 2)}'!{letter(column)}{row + 1}"
            out.write_url(number, 0, target, looks.link, _text(_where(fault))[:250])
        else:
            out.write_string(number, 0, _text(_where(fault)), looks.text)
        if fault.found:
            out.write_string(number, 1, _text(fault.found), looks.text)
        out.write_string(number, 2, _text(fault.right), looks.text)
    for column, width in enumerate((30, 24, 60)):
        out.set_column(column, column, width)
    out.freeze_panes(3, 0)
    out.activate()
    _fit(out)


def _fit(out: Worksheet) -> None:
    """On paper no column is cut off."""
    out.set_landscape()
    out.set_paper(9)
    out.fit_to_pages(1, 0)


def _place(fault: Fault) -> Place:
    """The cell to mark; of a whole row its first."""
    match = _LETTER.match(fault.column or "")
    column = 0
    for character in match[1] if match else "A":
        column = column * 26 + ord(character) - ord("A") + 1
    return (fault.row or 1) - 1, column - 1


def _where(fault: Fault) -> str:
    row = _("第 {row} 行").format(row=fault.row) if fault.row else ""
    return " · ".join(part for part in (fault.sheet, row, fault.column) if part) or fault.file


def _unguarded(cell: Cell, is_text: bool) -> Cell:
    """In a text file an apostrophe guards what looks like a formula; in a workbook the text needs no guard."""
    return cell[1:] if is_text and isinstance(cell, str) and cell.startswith("'") else cell


def _written(row: Sequence[Cell]) -> int:
    return sum(not is_blank(cell) for cell in row)


def _width(cell: Cell) -> int:
    """How wide a writing is, in digits: Chinese takes two."""
    return max((sum(1 + (ord(c) > 0x2E7F) for c in line) for line in shown(cell)[:200].split("\n")), default=0)


def _text(written: str) -> str:
    """What a workbook can hold of it."""
    return written[:LONGEST].encode("utf-8", "replace").decode()
