"""What an official document is made of, whichever file it becomes: briefings and notices are both built of these."""

from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """The layers of a text (层次): 一、黑体 / （一）楷体 / 1. and （1）仿宋, like the text itself."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    BODY = "body"
    FLUSH = "flush"  # 顶格, without the two-character indent: 主送机关


class Margins(StrEnum):
    """Above and below the text: as measured on paper, or as office software counts them (GB/T 33476.2-2016)."""

    STRICT = "strict"
    OFFICE = "office"


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Tone(StrEnum):
    """The tint behind a cell; the cell's words say the same without it."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"
    GREEN = "green"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Masthead:
    """The red head (红头). With `left` and `right` it is a briefing's: issuer left, day right, red line below.

    Without them it is a notice's or a circular's: the number stands alone above the line (GB/T 9704, 7.2).
    """

    name: str
    number: str  # 第12期, or 浙水考办〔2023〕5号
    left: str | None = None
    right: str | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """标题. Lines break where the author breaks them; a line holds about 20 characters."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    level: Level = Level.BODY


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in millimetres; those of one table add up to 156 or less. 0 shares what is left."""

    heading: str
    width: float = 0
    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """`strong` marks totals."""

    cells: tuple[Cell, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The header repeats on every page and no row is split. A table whose columns all lack headings has no header."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""  # printed above the right end: 单位：万元


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` and the mark in the chart's unit; `label` is what is printed at the end of the bar."""

    name: str
    value: float
    label: str
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Ranked bars with a line where they should have been; `alt` says in words what the picture shows."""

    caption: str
    bars: tuple[Bar, ...]
    mark: float | None
    mark_label: str
    unit: str
    alt: str


@dataclass(frozen=True, slots=True)
class Point:
    """Where a curve was in one period, and where it should have been, if that is known."""

    name: str
    value: float
    label: str
    planned: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """What was done period by period, beside what should have been; `alt` says in words what the picture shows."""

    caption: str
    points: tuple[Point, ...]
    name: str
    plan_name: str
    unit: str
    alt: str


@dataclass(frozen=True, slots=True)
class AttachmentList:
    """附件说明, below the text."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """落款: issuer and day."""

    issuer: str
    day: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件N on a page of its own; what follows belongs to it. `landscape`: the page lies on its left side (横排)."""

    label: str  # 附件, or 附件1
    title: str
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class ClosingRecord:
    """版记 at the foot of the last page: lines as (left, right)."""

    lines: tuple[tuple[str, str], ...]


Picture = Chart | Curve
Block = Title | Paragraph | Table | Picture | AttachmentList | Signature | Attachment | ClosingRecord


@dataclass(frozen=True, slots=True)
class Document:
    """One document. `subject` is its title in the file's properties, `day` its only date there."""

    subject: str
    author: str
    day: date
    masthead: Masthead
    blocks: tuple[Block, ...]
    margins: Margins = Margins.STRICT


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks on pages of one shape."""

    landscape: bool
    blocks: tuple[Block, ...]


def runs(document: Document) -> list[Run]:
    """The document's blocks by the shape of their pages. 版记 stands on an upright page."""
    found: list[tuple[bool, list[Block]]] = [(False, [])]
    for block in document.blocks:
        shape = found[-1][0]
        if isinstance(block, Attachment):
            shape = block.landscape
        elif isinstance(block, ClosingRecord):
            shape = False
        if shape != found[-1][0]:
            found.append((shape, []))
        found[-1][1].append(block)
    return [Run(landscape, tuple(blocks)) for landscape, blocks in found]


def row(*texts: str, strong: bool = False) -> Row:
    """A row of plain cells."""
    return Row(tuple(Cell(t) for t in texts), strong)


def chinese_day(day: date) -> str:
    """成文日期: Arabic numerals, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def as_data(document: Document) -> dict[str, Any]:
    """The document as plain values, in `runs` of blocks each with its `kind`: what templates are fed."""
    data = asdict(document)
    data["day"] = {"year": document.day.year, "month": document.day.month, "day": document.day.day}
    del data["blocks"]
    data["runs"] = [
        {"landscape": run.landscape, "blocks": [{"kind": type(block).__name__} | asdict(block) for block in run.blocks]}
        for run in runs(document)
    ]
    return data


def blocks_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The blocks of `as_data` in their order."""
    return [block for run in data["runs"] for block in run["blocks"]]


def texts(document: Document) -> list[str]:
    """Every text that is printed, in order: for glyph checks and for comparing files."""
    head = document.masthead
    found = [head.name, head.number, head.left or "", head.right or ""]
    for block in document.blocks:
        found.extend(strings(block))
    return [t for t in found if t]


def strings(part: Any) -> list[str]:
    """The strings inside a part, however deep. Layers, sides and tones are not text."""
    if isinstance(part, StrEnum):
        return []
    if isinstance(part, str):
        return [part]
    if isinstance(part, tuple):
        return [t for item in part for t in strings(item)]
    return [t for f in fields(part) for t in strings(getattr(part, f.name))] if is_dataclass(part) else []
