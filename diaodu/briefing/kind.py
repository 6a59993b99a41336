"""A kind of briefing (种类): what it is called, how it is numbered, what it says and in which order.

A kind is a file, not code: `templates/briefings/kinds/<code>.toml`, or the office's own in its workspace. Its `text` is
kept here so that whoever issues a briefing can keep it too, and compose it again when the file has changed
(`kind_document.read_kind`).
"""

from dataclasses import dataclass
from enum import StrEnum

from diaodu.briefing.document import Margins
from diaodu.rules.distribution import Edition
from diaodu.rules.series import NumberStyle, written


class Form(StrEnum):
    """The official form: 简报 with issuer and day at its head, or 公文 with a number and a signature."""

    BRIEFING = "briefing"
    CIRCULAR = "circular"


class Language(StrEnum):
    CHINESE = "zh"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Number:
    """编号: whose it is, and its style, shown in the file by an example: 第12期, 第5号, 某考办〔2026〕5号."""

    prefix: str
    style: NumberStyle

    def printed(self, year: int, serial: int) -> str:
        return self.prefix + written(self.style, year, serial)


@dataclass(frozen=True, slots=True)
class Part:
    """Passages one after another, then tables in the text, under a heading of the second layer where there is one."""

    heading: str
    passages: tuple[str, ...]
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the first layer (一、…) and what stands under it."""

    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """What a briefing on one theme is confined to: indicators by code or name, or whole categories."""

    name: str
    indicators: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """`masthead`, `title`, `addressee`, `lead` and `copies` are texts with gaps (`kind_gap.GAPS`).

    `takes_theme`: the theme is chosen when a briefing is written (`special:民生实事`). Kinds of one `series` are
    numbered together.
    """

    code: str
    name: str
    form: Form
    edition: Edition
    language: Language
    masthead: str
    series: str
    number: Number
    title: tuple[str, ...]
    addressee: str
    lead: str
    sections: tuple[Section, ...]
    attachments: tuple[str, ...]
    copies: str
    margins: Margins
    theme: Theme | None
    takes_theme: bool
    text: str
