"""What one cell says as a number, exactly; or what would be right."""

import re
from datetime import date
from decimal import Decimal

from diaodu.language import _
from diaodu.rules.quantity import DECIMALS, NotAQuantity, to_micro
from diaodu.sources.cell import LONGEST_VALUE, Reader, Wrong, digits, distrust, normal
from diaodu.sources.sheet import Cell, Odd

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?")
_SCALES = {"%": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


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


def _decimal(cell: Cell) -> Decimal:
    if isinstance(cell, Odd):
        raise Wrong(distrust(cell))
    if isinstance(cell, bool) or cell is None or isinstance(cell, date):
        raise Wrong(_("应为数字，如 1234.5"))
    if isinstance(cell, int | float):
        return Decimal(digits(cell))
    if len(cell) > LONGEST_VALUE:
        raise Wrong(_("应为数字，如 1234.5"))
    found = normal(cell)
    if not _NUMBER.fullmatch(found):
        raise Wrong(_meant(found))
    return Decimal(found.replace(",", ""))


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
