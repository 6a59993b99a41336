"""What one cell says as a day or a moment; or what would be right."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from diaodu.clock import OFFICE_ZONE
from diaodu.language import _
from diaodu.sources.cell import LONGEST_VALUE, Wrong, distrust, normal
from diaodu.sources.sheet import Cell, Odd

_DAY = re.compile(r"(\d{4})\s*(?:([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日)")
_MOMENT = re.compile(r"(.*?)[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?")


def day(cell: Cell) -> date:
    """A calendar day: a real date, 2023-11-30, 2023/11/30, 2023.11.30 or 2023年11月30日."""
    if isinstance(cell, datetime):
        raise Wrong(_("应只有日期，不带时刻，如 {day}").format(day=cell.date().isoformat()))
    if isinstance(cell, date):
        return _plausible(cell)
    if isinstance(cell, str):
        return _written_day(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 20_000 <= cell < 80_000:
        meant = date(1899, 12, 30) + timedelta(days=int(cell))
        raise Wrong(_("应为日期而不是数字；若是 {day}，请设为日期格式").format(day=meant.isoformat()))
    raise Wrong(distrust(cell) if isinstance(cell, Odd) else _("应为日期，如 2023-11-30"))


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
    match = _DAY.fullmatch(normal(found).removesuffix(" 00:00:00")) if len(found) <= LONGEST_VALUE else None
    if match is None:
        raise Wrong(_("应为日期，如 2023-11-30"))
    year, month, number = int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])
    try:
        return _plausible(date(year, month, number))
    except ValueError as wrong:
        raise wrong if isinstance(wrong, Wrong) else Wrong(_("没有这一天；应为日期，如 2023-11-30")) from None


def _plausible(found: date) -> date:
    if not 1990 <= found.year <= 2100:
        raise Wrong(_("年份应在 1990 到 2100 之间"))
    return found
