"""What a form says of itself on a sheet nobody sees (填报表标识): by it a return is known, whatever it is called."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from diaodu.language import _
from diaodu.sources.cell import Wrong, shown
from diaodu.sources.sheet import Sheet

SHEET = "填报表标识"
FIRST = "diaodu"
VERSION = "1"
KEYS = ("方案", "单位", "截至日", "生成时点")
CHECK = "校验"


@dataclass(frozen=True, slots=True)
class FormMark:
    """Which form it is: whose, of what day, made when, and what it asked for: (indicator code, measure unit)."""

    scheme: str
    unit: str
    as_of: date
    made_at: str
    items: tuple[tuple[str, str], ...]

    def lines(self) -> list[tuple[str, str]]:
        """The sheet, row by row, all of it text."""
        said = zip(KEYS, (self.scheme, self.unit, self.as_of.isoformat(), self.made_at), strict=True)
        lines = [(FIRST, VERSION), *said, *self.items]
        return [*lines[: len(KEYS) + 1], (CHECK, _digest(lines)), *lines[len(KEYS) + 1 :]]


def find_mark(sheets: Sequence[Sheet]) -> FormMark | None:
    """The mark among a workbook's sheets, if it is a form of ours; raises Wrong for one that was tampered with."""
    found = next((sheet for sheet in sheets if sheet.name == SHEET), None)
    return None if found is None else _read(found)


def _read(sheet: Sheet) -> FormMark:
    lines = list(_pairs(sheet))
    head, rest = lines[: len(KEYS) + 1], lines[len(KEYS) + 1 :]
    if not head or head[0][0] != FIRST or len(head) <= len(KEYS) or not rest:
        raise Wrong(_DAMAGED)
    if head[0][1] != VERSION:
        raise Wrong(_("这份填报表是另一个版本的系统生成的；请重新领取填报表"))
    (check, digest), *items = rest
    if check != CHECK or digest != _digest([*head, *items]) or [key for key, _said in head[1:]] != list(KEYS):
        raise Wrong(_DAMAGED)
    scheme, unit, as_of, made_at = (said for _key, said in head[1:])
    return FormMark(scheme, unit, date.fromisoformat(as_of), made_at, tuple(items))


_DAMAGED = _("填报表的标识被改动或不完整；请重新领取填报表")


def _pairs(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for _number, cells in sheet.rows:
        first, second, *_rest = (*map(shown, cells), "", "")
        if first or second:
            yield first, second


def _digest(lines: Sequence[tuple[str, str]]) -> str:
    return sha256("\n".join(f"{key}\t{said}" for key, said in lines).encode()).hexdigest()[:16]
