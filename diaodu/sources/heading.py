"""Columns by what stands above them, in Chinese or English, in any order, with or without a unit in brackets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from diaodu.language import _
from diaodu.sources.cell import Reader, is_blank, plain, shown
from diaodu.sources.fault import Fault
from diaodu.sources.sheet import Cell, Sheet, letter

IGNORED = ("序号", "备注", "说明", "no", "no.", "remark", "remarks", "comment")
"""Headings of columns for people's own use."""
LONGEST = 60
TITLE_ROWS = 5
"""How far below a title the headings may stand."""


@dataclass(frozen=True, slots=True)
class Column:
    """One thing a row can say. Without the column nothing changes; an empty cell in it says "none" or the default."""

    key: str
    chinese: str
    read: Reader
    also: tuple[str, ...] = ()
    required: bool = False
    """The column must be there."""
    needed: bool = False
    """No cell of it may be empty."""
    note: str = ""
    """For the template and the manual."""

    @property
    def names(self) -> set[str]:
        return {_bare(name) for name in (self.key, self.key.replace("_", " "), self.chinese, *self.also)}


@dataclass(frozen=True, slots=True)
class Headings:
    """Where each column is: key → (position, "B 单位")."""

    row: int
    places: dict[str, tuple[int, str]]


def find_headings(
    sheet: Sheet, columns: Sequence[Column], ignored: Sequence[str] = ()
) -> tuple[Headings | None, list[Fault]]:
    """The heading row and its faults; None when there is no reading on."""
    known = {name: column.key for column in columns for name in column.names}
    passed = {_bare(name) for name in (*IGNORED, *ignored)}
    found = _heading_row(sheet, known)
    if found is None:
        return None, [sheet.fault(_("工作表是空的；第一行应为：{columns}").format(columns=_listed(columns)))]
    number, cells = found
    if not any(_bare(shown(cell)) in known for cell in cells):
        right = _("这里应为列名：{columns}").format(columns=_listed(columns))
        return None, [sheet.fault(right, "、".join(shown(cell) for cell in cells[:4]), number)]
    places: dict[str, tuple[int, str]] = {}
    faults = []
    for position, cell in enumerate(cells):
        name, label = _bare(shown(cell)), f"{letter(position)} {shown(cell)}"
        key = known.get(name)
        if is_blank(cell) or name.startswith("#") or (key is None and name in passed):
            continue
        if key is None:
            faults.append(sheet.fault(_unknown(name, columns), shown(cell), number, letter(position)))
        elif key in places:
            right = _("与 {first} 是同一列；只留一列").format(first=places[key][1])
            faults.append(sheet.fault(right, shown(cell), number, letter(position)))
        else:
            places[key] = (position, label)
    for column in columns:
        if column.required and column.key not in places:
            right = _("缺少“{chinese}”（{key}）一列").format(chinese=column.chinese, key=column.key)
            faults.append(sheet.fault(right, row=number))
    return (None if faults else Headings(number, places)), faults


def _heading_row(sheet: Sheet, known: dict[str, str]) -> tuple[int, list[Cell]] | None:
    """The first row with two known headings, near the top; else the first row that is not empty."""
    written = [(number, cells) for number, cells in sheet.rows if not all(map(is_blank, cells))][:TITLE_ROWS]
    for number, cells in written:
        if sum(_bare(shown(cell)) in known for cell in cells) >= 2:
            return number, cells
    return written[0] if written else None


def _bare(heading: str) -> str:
    """累计完成（万元） is 累计完成."""
    whole = plain(heading[:LONGEST])
    return re.sub(r"\([^()]*\)$", "", whole).replace("-", "_") or whole


def _unknown(name: str, columns: Sequence[Column]) -> str:
    spellings = {word: column for column in columns for word in sorted(column.names)}
    near = get_close_matches(name, spellings, n=1, cutoff=0.5)
    if near:
        return _("没有这一列；是否“{chinese}”？不需要的列请删去").format(chinese=spellings[near[0]].chinese)
    return _("没有这一列；可用的列：{columns}").format(columns=_listed(columns))


def _listed(columns: Sequence[Column]) -> str:
    return "、".join(column.chinese for column in columns)
