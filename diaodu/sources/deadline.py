"""What one cell says of a calendar: deadlines, steps of reminding, windows; or what would be right."""

import re
from datetime import date
from itertools import pairwise

from diaodu.language import _
from diaodu.rules.cadence import is_deadline
from diaodu.rules.deadline_chain import is_chain
from diaodu.rules.reminder import NotALadder, read_ladder
from diaodu.sources.cell import Wrong, normal, plain, text
from diaodu.sources.day import day
from diaodu.sources.sheet import Cell

NOBODY = "无"
"""Written where nobody is to be reminded; an empty cell means the usual steps."""
_NOBODY = (NOBODY, "不催", "不上报", "none")
_BETWEEN_WINDOWS = re.compile(r"[\n;、,]+")
_FROM_TO = re.compile(r"(?:\.{2,}|…+|~|至|到|—+|–)")


def due_chain(cell: Cell) -> str:
    """A deadline, or up to three of them one after the other."""
    found = normal(text(cell))
    if not is_chain(found):
        one = _("应如 期后5个工作日、每月25日、每月倒数第5个工作日、每周二前")
        raise Wrong(one + _("；分几级的接着写：单位18日→牵头单位20日→考核办25日"))
    return found


def opening(cell: Cell) -> str:
    """The day a round opens, counted from the end of the one before."""
    found = normal(text(cell))
    if not is_deadline(found):
        raise Wrong(_("应如 每月20日、期后1日、期后3个工作日：从上一期期末数起"))
    return found


def ladder(cell: Cell) -> str:
    """Steps of reminding; 无 is none of them."""
    found = normal(text(cell))
    if plain(found) in _NOBODY:
        return NOBODY
    try:
        read_ladder(found)
    except NotALadder as wrong:
        raise Wrong(str(wrong)) from None
    return found


def windows(cell: Cell) -> str:
    """Windows as they are stored: `2026-03-01..2026-03-20`, one a line, oldest first."""
    parts = [part for part in map(str.strip, _BETWEEN_WINDOWS.split(normal(text(cell)))) if part]
    found = sorted(_window(part) for part in parts)
    for (_starts, ends), (starts, _ends) in pairwise(found):
        if starts <= ends:
            raise Wrong(_("{starts} 开始的窗口与前一个重叠").format(starts=starts))
    return "\n".join(f"{starts}..{ends}" for starts, ends in found)


def _window(part: str) -> tuple[date, date]:
    ends_of = _FROM_TO.split(part)
    if len(ends_of) != 2:
        raise Wrong(_("应为 起始日..截至日，如 2026-03-01..2026-03-20；多个用分号隔开"))
    starts, ends = (day(one) for one in ends_of)
    if ends < starts:
        raise Wrong(_("截至日 {ends} 早于起始日 {starts}").format(starts=starts, ends=ends))
    return starts, ends
