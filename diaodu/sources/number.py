"""What one cell says as a number, exactly; or what would be right."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from diaodu.language import _
from diaodu.rules.quantity import DECIMALS, NotAQuantity, to_micro
from diaodu.sources.cell import LONGEST_VALUE, Reader, Wrong, digits, distrust, normal
from diaodu.sources.numeral import numeral
from diaodu.sources.sheet import Cell, Odd, Oddity

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?")
_SCALES = {"%": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_WITH_UNIT = re.compile(r"([+-]?\d[\d,.]*) *([^\W\d_]{1,12}2?|[%‰])")
_BEFORE = re.compile(r"(?:大约|大概|约合|将近|接近|超过|不足|不低于|约|近|超|逾|[<>≤≥~≈]=?)\s*")
_AFTER = re.compile(r"(左右|上下|以上|以下|余|多)(?=\D*$)")
_RANGE = re.compile(r"[\d.,]+\s*(?:-{1,2}|[~—–]|至|到)\s*[\d.,]+\s*\S{0,4}")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?e[+-]?\d{1,2}", re.IGNORECASE)
_NOTHING = frozenset(
    {"-", "--", "—", "——", "–", "/", "\\", "无", "没有", "暂无", "未报", "未统计", "n/a", "na", "待定"}
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with the unit somebody wrote behind it; what that makes, the indicator's measure unit decides."""

    number: Decimal
    unit: str


def quantity(cell: Cell) -> int:
    """An exact number, in millionths; thousands separators and full-width digits are understood."""
    return _micro(_decimal(cell))


def amount(cell: Cell) -> int | Measured:
    """The same, or a number with its unit: 1,234.5万元, 12.3%, a cell shown as a percentage."""
    if isinstance(cell, Odd) and cell.oddity is Oddity.PERCENT:
        return _shown_as_percentage(cell)
    if isinstance(cell, str) and len(cell) <= LONGEST_VALUE:
        found = normal(cell)
        match = None if _SCIENTIFIC.fullmatch(found) else _WITH_UNIT.fullmatch(found)
        if match and _NUMBER.fullmatch(match[1]) and not _AFTER.search(match[2]):
            return Measured(Decimal(match[1].replace(",", "")), match[2])
    return quantity(cell)


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


def _micro(number: Decimal) -> int:
    try:
        return to_micro(number)
    except NotAQuantity as wrong:
        if wrong.reason == "decimals":
            raise Wrong(_("最多 {most} 位小数；请先四舍五入").format(most=DECIMALS)) from None
        if wrong.reason == "size":
            raise Wrong(_("应小于一万亿；请换用更大的计量单位")) from None
        raise Wrong(_("应为数字，如 1234.5")) from None


def _shown_as_percentage(cell: Odd) -> Measured:
    try:
        kept = float(cell.text)
    except ValueError:
        raise Wrong(distrust(cell)) from None
    return Measured(Decimal(digits(kept)) * 100, "%")


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
    """What would be right where no plain number stands."""
    if found.lower() in _NOTHING:
        return _("没有数就空着；确实是零，写 0")
    if _RANGE.fullmatch(found):
        return _("应为一个确切的数，不能是一段范围")
    exact = _AFTER.sub("", _BEFORE.sub("", found, count=1)).strip()
    if exact != found and exact[:1].isdigit():
        return _("应为确切的数，如 {number}；不写“约”“左右”之类").format(number=exact)
    if _SCIENTIFIC.fullmatch(found):
        return _("应为数字，如 {number}").format(number=f"{Decimal(found):f}")
    if (words := numeral(found)) is not None:
        return _("请用阿拉伯数字，如 {number}").format(number=f"{words:f}")
    return _with_something(found)


def _with_something(found: str) -> str:
    """A number with a mark, a remark or a unit around it."""
    if match := re.fullmatch(r"\(([\d,.]+)\)", found):
        return _("负数写成 -{number}").format(number=_example(match[1]))
    if match := re.fullmatch(r"[¥$]\s*([\d,.]+)", found):
        return _("应为数字，如 {number}").format(number=_example(match[1]))
    if match := re.fullmatch(r"([+-]?[\d,.]+)\s*\S{0,4}\s*[(\[].*", found):
        return _("只填数字，如 {number}；说明写到“进展”一列").format(number=_example(match[1]))
    return _with_unit(found)


def _with_unit(found: str) -> str:
    """1,234.5万 is 12345000."""
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


def _example(found: str) -> str:
    """The plain number at the beginning of a writing, to show; else some number."""
    match = re.match(r"[+-]?\d[\d,]*(\.\d+)?", found)
    return match[0].replace(",", "") if match else "1234.5"
