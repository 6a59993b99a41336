"""The published calendar as a workbook: the year on one page, then every round of every calendar, ready to print."""

import io
import re
from dataclasses import dataclass, field
from datetime import datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from diaodu.actions.year_calendar_words import PROVISIONAL, SIGNS, TURNS, WEEKDAYS, due, on, title, warning
from diaodu.rules.collection import Round
from diaodu.rules.year_calendar import Cell, Strand, YearCalendar
from diaodu.sources.wording import written

A4 = 9
OVERVIEW = "全年一览"
HEADINGS = ("截至日", *TURNS.values(), "备注")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31
"""What a spreadsheet allows in the name of a sheet."""


@dataclass(slots=True)
class _Book:
    """The workbook being written, its few formats, and the names of its sheets."""

    file: Workbook
    names: set[str] = field(default_factory=set)
    looks: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def look(self, **said: object) -> Format:
        key = tuple(sorted(said.items()))
        if key not in self.looks:
            self.looks[key] = self.file.add_format({"valign": "vcenter", "text_wrap": True, "font_name": "宋体"} | said)
        return self.looks[key]

    def sheet(self, name: str) -> Worksheet:
        """A page A4 across, as wide as the paper, its headings on every page."""
        sheet = self.file.add_worksheet(self._free(_NOT_IN_A_NAME.sub(" ", name).strip() or "日历"))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        sheet.set_footer("&L&A&R第 &P 页，共 &N 页")
        return sheet

    def _free(self, name: str) -> str:
        free, number = name[:LONGEST_NAME], 2
        while free.lower() in self.names:
            tail = f" {number}"
            free, number = name[: LONGEST_NAME - len(tail)] + tail, number + 1
        self.names.add(free.lower())
        return free


def workbook_file(calendar: YearCalendar, known_at: datetime) -> bytes:
    """The whole year; the same bytes for the same knowledge."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as file:
        made_at = known_at.replace(microsecond=0, tzinfo=None)
        file.set_properties({"title": title(calendar), "author": calendar.issuer, "created": made_at})
        book = _Book(file)
        _overview(book, calendar)
        for strand in calendar.strands:
            _rounds(book, calendar, strand)
    return out.getvalue()


def _overview(book: _Book, calendar: YearCalendar) -> None:
    """A row a month, a column a day."""
    sheet = book.sheet(OVERVIEW)
    sheet.merge_range(0, 0, 0, 32, title(calendar), book.look(bold=True, font_size=16, align="center"))
    legend = "，".join(f"{sign}＝{TURNS[turn]}" for turn, sign in SIGNS.items())
    said = f"休＝放假，班＝调休上班，灰底为休息日；{legend}。{warning(calendar) or ''}"
    sheet.merge_range(1, 0, 1, 32, said, book.look(font_size=9))
    heading = book.look(bold=True, border=1, align="center", bg_color="#DDE7F0")
    for place, words in enumerate(["月份", *map(str, range(1, 32)), "工作日"]):
        sheet.write_string(2, place, words, heading)
    for row, month in enumerate(calendar.months(), 3):
        sheet.write_string(row, 0, f"{month[0].day.month}月", heading)
        for cell in month:
            sheet.write_string(row, cell.day.day, _cell(cell, calendar), _look(book, cell))
        sheet.write_number(row, 32, sum(cell.workday for cell in month), book.look(border=1, align="center"))
        sheet.set_row(row, 48)
    sheet.set_row(0, 26)
    sheet.set_row(1, 30)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 31, 4)
    sheet.set_column(32, 32, 7)
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(0, 2)
    sheet.print_area(0, 0, 14, 32)


def _cell(cell: Cell, calendar: YearCalendar) -> str:
    """The weekday, whether it is off or worked against the week, and what falls on it."""
    moved = ("班" if cell.workday else "休") if cell.is_moved else ""
    signs = [sign for turn, sign in SIGNS.items() if any(mark.turn is turn for mark in cell.marks)]
    guess = [PROVISIONAL] if signs and calendar.workdays.is_provisional(cell.day) else []
    return "\n".join([f"{WEEKDAYS[cell.day.weekday()]}{moved}", "".join(signs), *guess]).rstrip()


def _look(book: _Book, cell: Cell) -> Format:
    plain = {"border": 1, "align": "center", "font_size": 9}
    shade = {} if cell.workday else {"bg_color": "#E7E6E6"}
    return book.look(**plain, **shade, bold=any(mark.turn in SIGNS for mark in cell.marks))


def _rounds(book: _Book, calendar: YearCalendar, strand: Strand) -> None:
    """A row a round."""
    sheet, last = book.sheet(strand.name), len(HEADINGS) - 1
    sheet.merge_range(0, 0, 0, last, f"{title(calendar)} · {strand.name}", book.look(bold=True, font_size=14))
    said = f"报送周期：{written(strand.cadence)}；时限：{strand.expression}。{warning(calendar) or ''}"
    sheet.merge_range(1, 0, 1, last, said, book.look(font_size=9))
    for place, words in enumerate(HEADINGS):
        sheet.write_string(2, place, words, book.look(bold=True, border=1, bg_color="#DDE7F0"))
    for row, one in enumerate(strand.rounds, 3):
        for place, words in enumerate(_row(calendar, one)):
            sheet.write_string(row, place, words, book.look(border=1))
    sheet.set_default_row(18)
    sheet.set_row(1, 30)
    sheet.set_column(0, last, 24)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(0, 2)


def _row(calendar: YearCalendar, one: Round) -> list[str]:
    year, workdays = calendar.year, calendar.workdays
    days = (one.opens, one.unit_due, one.lead_due, one.office_due)
    remark = "放假安排未公布，时限暂定" if one.provisional else ""
    return [on(one.as_of, year), *(due(day, year, workdays) for day in days), remark]
