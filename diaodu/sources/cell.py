"""What one cell says as words: text, a code, a choice, yes or no; or why it says none of them."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from diaodu.language import _
from diaodu.rules.quantity import DECIMALS
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


class Wrong(ValueError):
    """The cell cannot be taken; the message says what would be right."""


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip(_EMPTY))


def shown(cell: Cell) -> str:
    """The cell as a person saw it, for messages."""
    if isinstance(cell, Odd):
        return cell.text
    if isinstance(cell, float):
        return digits(cell)
    return "" if cell is None else str(cell).strip()


def text(cell: Cell) -> str:
    """Any writing, trimmed; line ends as \\n."""
    if isinstance(cell, Odd):
        raise Wrong(distrust(cell))
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


def plain(word: str) -> str:
    """A word without the differences people do not see: width, case, spaces."""
    return "".join(normal(word).lower().split())


def normal(found: str) -> str:
    return unicodedata.normalize("NFKC", found.translate(_INVISIBLE)).strip()


def digits(number: float) -> str:
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


def distrust(cell: Odd) -> str:
    match cell.oddity:
        case Oddity.FORMULA:
            return _("公式没有保存结果；请用 Excel 或 WPS 打开、保存一次，或改为数值")
        case Oddity.ERROR:
            return _("公式出错；请改为数值")
        case Oddity.PERCENT:
            return _("单元格是百分比格式，实际存的是 {found}；请改为常规格式，85% 写 85").format(found=cell.text)
        case Oddity.TIME:
            return _("是时刻或时长；请改为日期、数字或文字")
