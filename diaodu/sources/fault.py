"""What is wrong with a file someone handed in: where, what was found there, and what would be right (差错)."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from diaodu.language import _


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right. `row` counts as the spreadsheet does; `column` is its letter and heading."""

    file: str
    sheet: str
    row: int | None
    column: str | None
    found: str
    right: str

    def __str__(self) -> str:
        sheet = "" if PurePath(self.file).stem == self.sheet else self.sheet
        row = _("第 {row} 行").format(row=self.row) if self.row else ""
        place = " · ".join(part for part in (self.file, sheet, row, self.column) if part)
        found = _("读到“{found}”，").format(found=_short(self.found)) if self.found else ""
        return _("{place}：{found}{right}").format(place=place, found=found, right=self.right)


class Faults(Exception):
    """Everything wrong with what was handed in, all at once; nothing of it was taken."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults, key=lambda f: (f.file, f.sheet, f.row or 0, _place(f.column)))
        super().__init__("\n".join(map(str, self.faults)))


class SourceDown(Exception):
    """A source could not be reached or opened: nothing is known of what it holds. The message says where and why."""


def _place(column: str | None) -> tuple[bool, int, str]:
    """B comes before AA, and a whole row after its cells."""
    letter = (column or "").partition(" ")[0]
    return not letter, len(letter), letter


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 60 else one_line[:59] + "…"
