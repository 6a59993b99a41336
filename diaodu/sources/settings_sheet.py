"""A sheet of keys and values, one a row: how a scheme is written down."""

from collections.abc import Sequence
from dataclasses import dataclass

from diaodu.language import _
from diaodu.sources.cell import Wrong, is_blank, plain, shown
from diaodu.sources.fault import Fault
from diaodu.sources.heading import Column, Headings
from diaodu.sources.sheet import Cell, Sheet
from diaodu.sources.table import UNREADABLE, Row, Table

HEADINGS = {"项", "项目", "键", "key", "item"}


@dataclass(frozen=True, slots=True)
class SettingsRow(Row):
    """The whole sheet as one row; a fault names the line its key stands on."""

    lines: dict[str, tuple[int, list[Cell]]]

    def fault(self, key: str, right: str) -> Fault:
        number, cells = self.lines.get(key, (None, []))
        column = next((label for k, (_position, label) in self.headings.places.items() if k == key), None)
        return self.sheet.fault(right, shown(cells[1]) if len(cells) > 1 else "", number, column)


def read_settings(sheet: Sheet, columns: Sequence[Column]) -> Table:
    """One row holding every key that is there."""
    known = {name: column for column in columns for name in column.names}
    lines: dict[str, tuple[int, list[Cell]]] = {}
    faults = []
    for number, cells in sheet.rows:
        name = plain(shown(cells[0])[:60]) if cells else ""
        if not name or name in HEADINGS or name.startswith("#"):
            continue
        column = known.get(name)
        if column is None:
            right = _("没有这一项；可用：{columns}").format(columns="、".join(c.chinese for c in columns))
            faults.append(sheet.fault(right, shown(cells[0]), number))
        elif column.key in lines:
            faults.append(sheet.fault(_("与第 {row} 行重复").format(row=lines[column.key][0]), shown(cells[0]), number))
        else:
            lines[column.key] = (number, cells)
    labels = {column.key: (1, column.chinese) for column in columns}
    row = SettingsRow(sheet, 0, Headings(0, labels), [], {}, lines)
    for column in columns:
        faults += _read(row, column)
    return Table([row] if row.values else [], faults)


def _read(row: SettingsRow, column: Column) -> list[Fault]:
    """Put the value of one key into the row."""
    cells = row.lines[column.key][1] if column.key in row.lines else []
    cell = cells[1] if len(cells) > 1 else None
    try:
        value = None if is_blank(cell) else column.read(cell)
    except Wrong as wrong:
        row.values[column.key] = UNREADABLE
        return [row.fault(column.key, str(wrong))]
    if column.key in row.lines:
        row.values[column.key] = value or None
    return [row.fault(column.key, _("不能空"))] if column.needed and not value else []
