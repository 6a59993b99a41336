"""What one cell says: text, a code, a choice, an exact number, a day or a moment; or why it says none of them."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from diaodu.clock import OFFICE_ZONE
from diaodu.language import _
from diaodu.rules.quantity import DECIMALS, NotAQuantity, to_micro
from diaodu.sources.sheet import Cell, Odd, Oddity
from diaodu.sources.wording import NO, YES, accepted, written

Reader = Callable[[Cell], Any]
"""Turns a cell that is not blank into a value; raises Wrong."""

CODE_LENGTH = 64
TEXT_LENGTH = 10_000
LONGEST_VALUE = 60
"""No number, day or moment is longer; what is longer is not even looked at."""

_UNSEEN = "\ufeff\u200b\u200c\u200d\u2060"
_INVISIBLE = dict.fromkeys(map(ord, _UNSEEN))
_EMPTY = _UNSEEN + " \t\n\r\x0b\x0c\xa0\u2002\u2003\u2009\u3000"
_SUSPECT = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_UNSEEN}]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?")
_DAY = re.compile(r"(\d{4})\s*(?:([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日)")
_MOMENT = re.compile(r"(.*?)[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?")
_SCALES = {"%": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


class Wrong(ValueError):
    """The cell cannot be taken; the message says what would be right."""


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip(_EMPTY))


def shown(cell: Cell) -> str:
    """The cell as a person saw it, for messages."""
    if isinstance(cell, Odd):
        return cell.text
    if isinstance(cell, float):
        return _digits(cell)
    return "" if cell is None else str(cell).strip()


def text(cell: Cell) -> str:
    """Any writing, trimmed; line ends as \\n."""
    if isinstance(cell, Odd):
        raise Wrong(_distrust(cell))
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    found = shown(cell)
    if _SUSPECT.search(found):
        found = found.translate(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n").strip()
        if _CONTROL.search(found):
            raise Wrong(_("有看不见的控制字符；请重新输入"))
    if len(found) > TEXT_LENGTH:
        raise Wrong(_("最多 {most} 字").format(most=TEXT_LENGTH))
    return found


def code(cell: Cell) -> str:
    """A short name others refer to."""
    if isinstance(cell, date):
        raise Wrong(_("被软件变成了日期；请把这一列设为文本格式再输入"))
    return _code(cell) if isinstance(cell, str) else _code(text(cell))


@lru_cache(maxsize=4096)
def _code(written: str) -> str:
    found = " ".join(text(written).split())
    if len(found) > CODE_LENGTH:
        raise Wrong(_("最多 {most} 字；名称更长时请另设编码").format(most=CODE_LENGTH))
    return found


def quantity(cell: Cell) -> int:
    """An exact number, in millionths; thousands separators and full-width digits are understood."""
    try:
        return to_micro(_decimal(cell))
    except NotAQuantity as wrong:
        if wrong.reason == "decimals":
            raise Wrong(_("最多 {most} 位小数；请先四舍五入").format(most=DECIMALS)) from None
        if wrong.reason == "size":
            raise Wrong(_("应小于一万亿；请换用更大的计量单位")) from None
        raise Wrong(_("应为数字，如 1234.5")) from None


def whole(lowest: int, highest: int) -> Reader:
    """A whole number between two bounds, both allowed."""

    def read(cell: Cell) -> int:
        number = _decimal(cell)
        if number != number.to_integral_value() or not lowest <= number <= highest:
            raise Wrong(_("应为 {lowest} 到 {highest} 的整数").format(lowest=lowest, highest=highest))
        return int(number)

    return read


def quantity_between(lowest: int, highest: int) -> Reader:
    """An exact number between two bounds, both allowed, in millionths."""

    def read(cell: Cell) -> int:
        found = quantity(cell)
        if not to_micro(lowest) <= found <= to_micro(highest):
            raise Wrong(_("应在 {lowest} 到 {highest} 之间").format(lowest=lowest, highest=highest))
        return found

    return read


class Choice:
    """One of a closed set, in Chinese or English."""

    def __init__(self, kind: type[StrEnum]) -> None:
        self.kind = kind
        self.words = [written(member) for member in kind]
        self._accepted = accepted(kind)

    def __call__(self, cell: Cell) -> StrEnum:
        found = self._accepted.get(plain(text(cell)))
        if found is None:
            raise Wrong(_("应为 {words} 之一").format(words="、".join(self.words)))
        return found


def yes_no(cell: Cell) -> bool:
    found = plain(text(cell))
    if found in YES:
        return True
    if found in NO:
        return False
    raise Wrong(_("应为 是 或 否"))


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
    raise Wrong(_distrust(cell) if isinstance(cell, Odd) else _("应为日期，如 2023-11-30"))


def moment(cell: Cell) -> datetime:
    """A moment in UTC; without a zone it is the office's clock, a bare day is its end."""
    if isinstance(cell, datetime):
        _plausible(cell.date())
        return cell.replace(tzinfo=OFFICE_ZONE).astimezone(UTC)
    split = _MOMENT.fullmatch(_normal(cell)) if isinstance(cell, str) and len(cell) <= LONGEST_VALUE else None
    if split is None:
        found = day(cell)
        return datetime(found.year, found.month, found.day, 23, 59, 59, 999_999, OFFICE_ZONE).astimezone(UTC)
    found = _written_day(split[1])
    try:
        clock = datetime.fromisoformat(f"{found}T{int(split[2]):02}:{split[3]}:{split[4] or '00'}{split[5] or ''}")
    except ValueError:
        raise Wrong(_("没有这个时刻；应写成 2023-11-30 08:30")) from None
    return (clock if clock.tzinfo else clock.replace(tzinfo=OFFICE_ZONE)).astimezone(UTC)


def plain(word: str) -> str:
    """A word without the differences people do not see: width, case, spaces."""
    return "".join(_normal(word).lower().split())


def _normal(found: str) -> str:
    return unicodedata.normalize("NFKC", found.translate(_INVISIBLE)).strip()


@lru_cache(maxsize=4096)
def _written_day(found: str) -> date:
    match = _DAY.fullmatch(_normal(found).removesuffix(" 00:00:00")) if len(found) <= LONGEST_VALUE else None
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


def _decimal(cell: Cell) -> Decimal:
    if isinstance(cell, Odd):
        raise Wrong(_distrust(cell))
    if isinstance(cell, bool) or cell is None or isinstance(cell, date):
        raise Wrong(_("应为数字，如 1234.5"))
    if isinstance(cell, int | float):
        return Decimal(_digits(cell))
    if len(cell) > LONGEST_VALUE:
        raise Wrong(_("应为数字，如 1234.5"))
    found = _normal(cell)
    if not _NUMBER.fullmatch(found):
        raise Wrong(_meant(found))
    return Decimal(found.replace(",", ""))


def _digits(number: float) -> str:
    """The digits a person saw. A spreadsheet shows 15 of them; the noise of its arithmetic comes after (0.1 + 0.2)."""
    written = repr(number)
    whole, _point, decimals = written.partition(".")
    if len(decimals) <= DECIMALS and whole.lstrip("-").isdigit() and "e" not in decimals:
        return whole if decimals in {"", "0"} else written
    exact = Decimal(written)
    exponent = exact.as_tuple().exponent
    if not isinstance(exponent, int):
        return written
    if exponent < -DECIMALS:
        exact = Decimal(f"{number:.15g}")
    return f"{exact.normalize():f}"


def _meant(found: str) -> str:
    """What was probably meant by a number with a unit: 1,234.5万 is 12345000."""
    match = re.fullmatch(r"(.*?[\d.])\s*([%百千万亿]+)\s*[元人户个套项亩]?", found)
    if match is None or not _NUMBER.fullmatch(match[1]):
        return _("应为数字，如 1234.5")
    number = Decimal(match[1].replace(",", ""))
    for scale in match[2]:
        number *= _SCALES[scale]
    if match[2] == "%":
        return _("应为数字，如 {number}（百分号不写，计量单位写在指标表里）").format(number=f"{number:f}")
    return _("应为数字，如 {number}；若计量单位已含“{scale}”，写 {plain}").format(
        number=f"{number.normalize():f}", scale=match[2], plain=match[1].replace(",", "")
    )


def _distrust(cell: Odd) -> str:
    match cell.oddity:
        case Oddity.FORMULA:
            return _("公式没有保存结果；请用 Excel 或 WPS 打开、保存一次，或改为数值")
        case Oddity.ERROR:
            return _("公式出错；请改为数值")
        case Oddity.PERCENT:
            return _("单元格是百分比格式，实际存的是 {found}；请改为常规格式，85% 写 85").format(found=cell.text)
        case Oddity.TIME:
            return _("是时刻或时长；请改为日期、数字或文字")
