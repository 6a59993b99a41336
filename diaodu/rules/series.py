"""How documents are numbered (文号): 某考办督办〔2026〕5号, 第5号 or 第十七期; no noughts in front."""

import re
from dataclasses import dataclass
from enum import StrEnum

from diaodu.rules.notice import NUMBER_WORDS, TITLES
from diaodu.rules.routing import NoticeKind


class NumberStyle(StrEnum):
    """What follows the issuer's short name."""

    YEARLY = "yearly"  # 〔2026〕5号
    PLAIN = "plain"  # 第5号
    ISSUE = "issue"  # 第十七期
    SERIAL = "serial"  # 第17期


class NotASeries(ValueError):
    """The text says neither a short name nor how a kind is numbered; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Series:
    """机关代字 and, for kinds that do not follow the usual style, theirs."""

    prefix: str
    styles: tuple[tuple[NoticeKind, NumberStyle], ...] = ()

    def style(self, kind: NoticeKind) -> NumberStyle:
        return dict(self.styles).get(kind, NumberStyle.YEARLY)


RIGHT = "应如 某考办，或 某考办；督办=第十七期；提醒=第5号：先写机关代字，再写哪种文书按什么样子编号"
_KINDS = {word: kind for words in (NUMBER_WORDS, TITLES) for kind, word in words.items()}
_SHAPES = {
    NumberStyle.YEARLY: re.compile(r"〔\d{4}〕[1-9]\d*号"),
    NumberStyle.PLAIN: re.compile(r"第[1-9]\d*号"),
    NumberStyle.ISSUE: re.compile(r"第[一二三四五六七八九十百]+期"),
    NumberStyle.SERIAL: re.compile(r"第[1-9]\d*期"),
}
_DIGITS = "零一二三四五六七八九"
MOST_CHINESE = 999


def read_series(text: str) -> Series:
    """The short name and the styles that follow it, each shown by an example; raises NotASeries."""
    prefix, *pairs = (part.strip() for part in re.split(r"[；;\n]", text.strip()) if part.strip())
    if re.search(r"[=＝〔〕]", prefix):
        raise NotASeries(RIGHT)
    styles = dict(_style(pair) for pair in pairs)
    return Series(prefix, tuple(styles.items()))


def _style(pair: str) -> tuple[NoticeKind, NumberStyle]:
    word, equals, example = (part.strip() for part in pair.replace("＝", "=").partition("="))
    style = style_of(example)
    if not equals or word not in _KINDS or style is None:
        raise NotASeries(
            f"{RIGHT}；文书有：{'、'.join(NUMBER_WORDS.values())}，样子有：〔2026〕5号、第5号、第十七期、第17期"
        )
    return _KINDS[word], style


def style_of(example: str) -> NumberStyle | None:
    """The style an example shows; None where it shows none."""
    return next((style for style, shape in _SHAPES.items() if shape.fullmatch(example)), None)


def number(series: str, kind: NoticeKind, year: int, serial: int) -> str:
    """As printed, such as 浙水考办预警〔2023〕5号: each kind counts for itself."""
    read = read_series(series)
    return f"{read.prefix}{NUMBER_WORDS[kind]}{written(read.style(kind), year, serial)}"


def written(style: NumberStyle, year: int, serial: int) -> str:
    """The number itself, without whose it is."""
    match style:
        case NumberStyle.YEARLY:
            return f"〔{year}〕{serial}号"
        case NumberStyle.PLAIN:
            return f"第{serial}号"
        case NumberStyle.ISSUE:
            return f"第{chinese_numeral(serial)}期"
        case NumberStyle.SERIAL:
            return f"第{serial}期"


def chinese_numeral(value: int) -> str:
    """十七, 一百零五; Arabic digits above 999, which no office spells out."""
    if not 0 < value <= MOST_CHINESE:
        return str(value)
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")
