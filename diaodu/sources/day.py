"""What one cell says as a day or a moment; or what would be right."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from diaodu.clock import OFFICE_ZONE
from diaodu.language import _
from diaodu.sources.cell import LONGEST_VALUE, Wrong, distrust, normal
from diaodu.sources.sheet import Cell, Odd

_DAY = re.compile(r"(\d{4})\s*(?:([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号])")
_EIGHT_DIGITS = re.compile(r"(19|20|21)\d{6}")
_SHORT_YEAR = re.compile(r"(\d{2})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?)")
_NO_YEAR = re.compile(r"\d{1,2}(?:月\d{1,2}[日号]?|[-/.]\d{1,2})")
_NO_DAY = re.compile(r"\d{4}(?:年\d{1,2}月(?:份|底|末)?|[-/.]\d{1,2})")
_MOMENT = re.compile(r"(.*?)[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?")


def day(cell: Cell) -> date:
    """A calendar day: a real date, 2023-11-30, 2023/11/30, 2023.11.30, 20231130 or 2023年11月30日."""
    if isinstance(cell, datetime):
        raise Wrong(_("应只有日期，不带时刻，如 {day}").format(day=cell.date().isoformat()))
    if isinstance(cell, date):
        return _plausible(cell)
    if isinstance(cell, str):
        return _written_day(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _numbered(cell)
    raise Wrong(distrust(cell) if isinstance(cell, Odd) else _("应为日期，如 2023-11-30"))


def _numbered(cell: float) -> date:
    """20231130 is a day; a spreadsheet's own count of days is not trusted, for there are two of them."""
    if float(cell).is_integer() and _EIGHT_DIGITS.fullmatch(f"{cell:.0f}"):
        return _written_day(f"{cell:.0f}")
    if 20_000 <= cell < 80_000:
        meant = date(1899, 12, 30) + timedelta(days=int(cell))
        raise Wrong(_("应为日期而不是数字；若是 {day}，请设为日期格式").format(day=meant.isoformat()))
    raise Wrong(_("应为日期，如 2023-11-30"))


def moment(cell: Cell) -> datetime:
    """A moment in UTC; without a zone it is the office's clock, a bare day is its end."""
    if isinstance(cell, datetime):
        _plausible(cell.date())
        return cell.replace(tzinfo=OFFICE_ZONE).astimezone(UTC)
    split = _MOMENT.fullmatch(normal(cell)) if isinstance(cell, str) and len(cell) <= LONGEST_VALUE else None
    if split is None:
        found = day(cell)
        return datetime(found.year, found.month, found.day, 23, 59, 59, 999_999, OFFICE_ZONE).astimezone(UTC)
    found = _written_day(split[1])
    try:
        clock = datetime.fromisoformat(f"{found}T{int(split[2]):02}:{split[3]}:{split[4] or '00'}{split[5] or ''}")
    except ValueError:
        raise Wrong(_("没有这个时刻；应写成 2023-11-30 08:30")) from None
    return (clock if clock.tzinfo else clock.replace(tzinfo=OFFICE_ZONE)).astimezone(UTC)


@lru_cache(maxsize=4096)
def _written_day(found: str) -> date:
    plain = normal(found).removesuffix(" 00:00:00") if len(found) <= LONGEST_VALUE else ""
    if _EIGHT_DIGITS.fullmatch(plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    match = _DAY.fullmatch(plain)
    if match is None:
        raise Wrong(_meant(plain))
    year, month, number = int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])
    try:
        return _plausible(date(year, month, number))
    except ValueError as wrong:
        raise wrong if isinstance(wrong, Wrong) else Wrong(_("没有这一天；应为日期，如 2023-11-30")) from None


def _meant(found: str) -> str:
    """What is missing from a writing that is nearly a day."""
    bare = "".join(found.split())
    if match := _SHORT_YEAR.fullmatch(bare):
        day = f"20{match[1]}-{int(match[3] or match[5]):02}-{int(match[4] or match[6]):02}"
        return _("年份写四位；若是 {day}，请这样写").format(day=day)
    if _NO_DAY.fullmatch(bare):
        return _("要写到日，如 2023-11-30")
    if _NO_YEAR.fullmatch(bare):
        return _("要写上年份，如 2023-11-30")
    return _("应为日期，如 2023-11-30")


def _plausible(found: date) -> date:
    if not 1990 <= found.year <= 2100:
        raise Wrong(_("年份应在 1990 到 2100 之间"))
    return found
