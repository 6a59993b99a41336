"""The annotated copy of a faulty return (批注件): the values as they came, each wrong cell coloured and commented.

The file handed in is never touched or carried along: its values are written anew, as text, numbers and days, so that
nothing in it can run. Corrected in place, the copy is itself a return: comments and the list of faults are not read.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from math import isfinite

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from diaodu.sources.annotation_look import Looks, fit, written
from diaodu.sources.cell import is_blank, shown
from diaodu.sources.fault import Fault, Faults
from diaodu.sources.fault_list import LIST, Place, place_of, write_list
from diaodu.sources.form_mark import SHEET
from diaodu.sources.form_page import NAME
from diaodu.sources.reading import read_files
from diaodu.sources.sheet import Cell, Odd, Oddity, Sheet
from diaodu.sources.writing import EXACT_DIGITS, SAFE

MOST_CELLS = 1_000_000
"""More are not written out again: a list of faults has to do."""
FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets disagree on the days before."""
LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


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
    names = _names(sheets)
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True} | SAFE) as made:
        looks = Looks(made)
        listed = made.add_worksheet(LIST)
        for sheet, name in zip(sheets, names, strict=True):
            wrong = [fault for fault in faults if fault.sheet == sheet.name]
            _Copy(made.add_worksheet(name), sheet, wrong, looks).write()
        called = {sheet.name: name for sheet, name in zip(sheets, names, strict=True)}
        write_list(listed, faults, called, looks)
    return out.getvalue()


def _names(sheets: Iterable[Sheet]) -> list[str]:
    """What the copy of each sheet is called: as before, where a spreadsheet allows it."""
    names: list[str] = []
    taken = {LIST}
    for sheet in sheets:
        plain = NAME if sheet.text else _NOT_IN_NAMES.sub("_", sheet.name)[:LONGEST_NAME].strip("'") or NAME
        name, number = plain, 2
        while name.lower() in taken:
            name, number = f"{plain[: LONGEST_NAME - 7]} ({number})", number + 1
        taken.add(name.lower())
        names.append(name)
    return names


class _Copy:
    """One sheet written anew."""

    def __init__(self, out: Worksheet, sheet: Sheet, faults: Sequence[Fault], looks: Looks) -> None:
        self.out, self.sheet, self.looks = out, sheet, looks
        self.rows = dict(sheet.rows)
        self.wrong: dict[Place, list[str]] = defaultdict(list)
        for fault in faults:
            if fault.row is not None:
                self.wrong[place_of(fault)].append(fault.right)

    def write(self) -> None:
        if self.sheet.name == SHEET:
            self.out.very_hidden()
        widths: dict[int, int] = {}
        headings = next((number for number, row in self.sheet.rows if _count(row) > 1), 0)
        for number, row in self.sheet.rows:
            for column, cell in enumerate(row):
                place, value = (number - 1, column), _unguarded(cell, self.sheet.text)
                if number <= headings and isinstance(value, str) and place not in self.wrong:
                    look = self.looks.heading if number == headings else self.looks.line
                    self.out.write_string(*place, written(value), look if value else None)
                    continue
                self._put(place, value)
                widths[column] = max(widths.get(column, 0), min(_width(cell), 40))
        for place, right in self.wrong.items():
            self._mark(place, right)
        for column, width in widths.items():
            self.out.set_column(column, column, max(8, min(width, 32)) + 2)
        self.out.freeze_panes(headings, 0)
        fit(self.out)

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
                self.out.write_string(*place, written(text), self.looks.of("text", is_wrong))

    def _mark(self, place: Place, right: Sequence[str]) -> None:
        """Colour the cell, though it is empty, and say beside it what would be right."""
        row = self.rows.get(place[0] + 1, [])
        if place[1] >= len(row) or is_blank(row[place[1]]):
            self.out.write_blank(*place, None, self.looks.of("text", True))
        text = "\n".join(dict.fromkeys(right))
        lines = sum(len(line) // 14 + 1 for line in text.split("\n"))
        self.out.write_comment(
            *place, written(text), {"x_scale": 1.8, "y_scale": max(0.6, lines / 4), "author": "diaodu"}
        )


def _unguarded(cell: Cell, is_text: bool) -> Cell:
    """In a text file an apostrophe guards what looks like a formula; in a workbook the text needs no guard."""
    return cell[1:] if is_text and isinstance(cell, str) and cell.startswith("'") else cell


def _count(row: Sequence[Cell]) -> int:
    return sum(not is_blank(cell) for cell in row)


def _width(cell: Cell) -> int:
    """How wide a writing is, in digits: Chinese takes two."""
    return max((sum(1 + (ord(c) > 0x2E7F) for c in line) for line in shown(cell)[:200].split("\n")), default=0)
