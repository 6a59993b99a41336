"""From the answer of somebody's system to rows of reports, read as the cells of a workbook would be."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from diaodu.language import _
from diaodu.sources.columns import REPORTS
from diaodu.sources.heading import Headings
from diaodu.sources.option import Option, table
from diaodu.sources.place import Left
from diaodu.sources.plan import PlanFile
from diaodu.sources.sheet import Cell, Sheet
from diaodu.sources.table import Row, Table, read_rows

FIELDS = ("indicator", "unit", "as_of", "value", "note")
"""What one record says, in this order."""
COLUMNS = tuple(column for column in REPORTS if column.key in FIELDS)
LONGEST_NUMBER = 40
_CHINESE = {column.key: column.chinese for column in COLUMNS}
CODES = (
    Option("indicators", _("对照表：对方的指标编码 → 本方编码；只取表中列出的"), table),
    Option("units", _("对照表：对方的单位编码 → 本方编码；只取表中列出的"), table),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One page of an answer, or all of it: where it came from, and its records as cells in the order of `FIELDS`."""

    file: str
    name: str
    records: Sequence[Sequence[Cell]]


@dataclass(slots=True)
class Answer:
    """Reports in a system's own words: `theirs` is what it calls each field, `options` hold the tables of codes."""

    name: str
    theirs: Mapping[str, str]
    options: Mapping[str, Any]
    as_of: date | None
    passed: list[Left] = field(default_factory=list)

    def read(self, parts: Iterable[Part]) -> PlanFile:
        """All records as one file. What the tables of codes do not list is passed over, and counted."""
        found = PlanFile("", name=self.name, is_live=True)
        digest, rows = sha256(), list[Row]()
        for part in parts:
            sheet = self._sheet(part)
            digest.update(json.dumps(sheet.rows, ensure_ascii=False, default=str).encode("utf-8", "replace"))
            places = {key: (n, self._label(key)) for n, key in enumerate(FIELDS)}
            read = read_rows(sheet, Headings(0, places), COLUMNS)
            rows += read.rows
            found.faults += read.faults
            skipped = len(part.records) - len(sheet.rows)
            if skipped:
                why = _("对照表里没有的 {n} 条").format(n=skipped)
                self.passed.append(Left(f"{part.file} · {part.name}", why))
        found.digest = digest.hexdigest()
        found.tables["reports"] = Table(rows, found.faults)
        return found

    def _label(self, key: str) -> str:
        return f"{_CHINESE[key]} ← {self.theirs[key]}" if key in self.theirs else _CHINESE[key]

    def _sheet(self, part: Part) -> Sheet:
        rows = []
        for number, record in enumerate(part.records, 1):
            indicator, unit, as_of, *rest = record
            indicator, unit = self._ours("indicators", indicator), self._ours("units", unit)
            if indicator is not _NOT_OURS and unit is not _NOT_OURS:
                rows.append((number, [indicator, unit, self.as_of if as_of is None else as_of, *rest]))
        return Sheet(part.file, part.name, rows)

    def _ours(self, which: str, theirs: Cell) -> Cell:
        codes = self.options.get(which)
        if codes is None or theirs is None:
            return theirs
        ours: str = codes.get(str(theirs).strip(), _NOT_OURS)
        return ours


_NOT_OURS = "\0"


def cell(value: Any) -> Cell:
    """A value of theirs as a cell; numbers keep every digit, and what is no single value shows itself to the reader."""
    if isinstance(value, Decimal):
        plain = value.is_finite() and abs(value.adjusted()) < LONGEST_NUMBER
        return f"{value:f}" if plain else str(value)
    known: Cell = None
    if isinstance(value, str | int | float | date):
        known = value
    elif value is not None:
        known = json.dumps(value, ensure_ascii=False, default=str)
    return known
