"""A sheet as it was found: cells in rows, before anything is understood."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from diaodu.sources.fault import Fault


class Oddity(StrEnum):
    """Why a cell's number or text may not be trusted."""

    FORMULA = "formula"  # a formula whose result was never saved
    ERROR = "error"  # #DIV/0! and its kin
    PERCENT = "percent"  # shown as 85% but kept as 0.85
    TIME = "time"  # a time of day or a length of time


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that shows a person something else than it holds."""

    oddity: Oddity
    text: str


Cell = str | int | float | bool | date | datetime | Odd | None
"""Blank is None or an empty text."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows with their numbers as the spreadsheet counts them; merged ranges as (top, left, bottom, right) from 1."""

    file: str
    name: str
    rows: list[tuple[int, list[Cell]]]
    hidden: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    text: bool = False
    """A text file: every cell is text, and a leading apostrophe guards one that looks like a formula."""
    hidden_rows: list[int] = field(default_factory=list)
    """Rows nobody sees, as far as the format tells."""

    def fault(self, right: str, found: str = "", row: int | None = None, column: str | None = None) -> Fault:
        return Fault(self.file, self.name, row, column, found, right)


def letter(position: int) -> str:
    """The name of a column counted from 0: A, B, …, Z, AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
