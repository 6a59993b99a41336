"""From a sheet to rows that say something, or every reason why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from diaodu.language import _
from diaodu.sources.cell import Wrong, is_blank, shown
from diaodu.sources.fault import Fault
from diaodu.sources.heading import Column, Headings, find_headings
from diaodu.sources.sheet import Cell, Sheet


class _Unreadable:
    """Stands for a cell already reported as wrong."""

    def __repr__(self) -> str:
        return "UNREADABLE"


UNREADABLE = _Unreadable()


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says, by column key: only the columns that are there; None for an empty cell."""

    sheet: Sheet
    number: int
    headings: Headings
    cells: list[Cell]
    values: dict[str, Any]

    def get(self, key: str) -> Any:
        """The value, or None where there is none or it could not be read."""
        value = self.values.get(key)
        return None if value is UNREADABLE else value

    @property
    def is_sound(self) -> bool:
        """Whether every cell could be read."""
        return UNREADABLE not in self.values.values()

    def fault(self, key: str, right: str) -> Fault:
        """A fault of this row, in the column of `key` where there is one."""
        position, label = self.headings.places.get(key, (None, None))
        found = shown(self.cells[position]) if position is not None and position < len(self.cells) else ""
        return self.sheet.fault(right, found, self.number, label)

    @property
    def origin(self) -> str:
        """Where exactly it was read."""
        return f"{self.sheet.file} · {self.sheet.name} · 第 {self.number} 行"


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a sheet that could be read, and what was wrong with the others."""

    rows: list[Row]
    faults: list[Fault]
    readable: bool = True
    """False when not even the headings could be read: nothing is known of what the sheet meant to say."""


def read_table(sheet: Sheet, columns: Sequence[Column], ignored: Sequence[str] = ()) -> Table:
    """Rows below the headings; empty rows are passed over."""
    headings, faults = find_headings(sheet, columns, ignored)
    if headings is None:
        return Table([], faults + _merged(sheet, 0), readable=False)
    found = read_rows(sheet, headings, columns)
    return Table(found.rows, faults + _merged(sheet, headings.row) + found.faults)


def read_rows(sheet: Sheet, headings: Headings, columns: Sequence[Column]) -> Table:
    """Rows below headings that are known."""
    wanted = [(column, *headings.places[column.key]) for column in columns if column.key in headings.places]
    table, unseen = Table([], []), set(sheet.hidden_rows)
    for number, cells in sheet.rows:
        if number > headings.row and not all(map(is_blank, cells)):
            values, wrong = _values(sheet, number, cells, wanted)
            table.faults.extend(wrong)
            if number in unseen and any(values[column.key] is not None for column, *_ in wanted if not column.needed):
                right = _("这一行是隐藏的，却填了内容；请取消隐藏核对，或清空这一行")
                table.faults.append(sheet.fault(right, row=number))
            table.rows.append(Row(sheet, number, headings, cells, values))
    return table


def _values(
    sheet: Sheet, number: int, cells: list[Cell], wanted: list[tuple[Column, int, str]]
) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults = []
    for column, position, label in wanted:
        cell = cells[position] if position < len(cells) else None
        if sheet.text and isinstance(cell, str) and cell.startswith("'"):
            cell = cell[1:]
        try:
            value = None if is_blank(cell) else column.read(cell)
        except Wrong as wrong:
            value = UNREADABLE
            faults.append(sheet.fault(str(wrong), shown(cell), number, label))
        values[column.key] = None if value == "" else value
        if column.needed and values[column.key] is None:
            faults.append(sheet.fault(_("不能空"), row=number, column=label))
    return values, faults


def _merged(sheet: Sheet, headings: int) -> list[Fault]:
    """Merged cells below the headings hide which row a value belongs to."""
    right = _("数据区有合并单元格；请取消合并，每行填全")
    return [
        sheet.fault(right, f"{top}–{bottom} 行" if top != bottom else "", max(top, headings + 1))
        for top, _left, bottom, _right in sheet.merged
        if bottom > headings
    ]
