"""The fields of a briefing's Word template (模板字段): what the office may write, and what each becomes."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diaodu.briefing.document import (
    Attachment,
    AttachmentList,
    Cell,
    ClosingRecord,
    Column,
    Document,
    Level,
    Masthead,
    Paragraph,
    Row,
    Table,
    Title,
    chinese_day,
)
from diaodu.briefing.notice_field import NO_FILL
from diaodu.briefing.passage_name import PASSAGES
from diaodu.briefing.word_table import FILLS

BODY, LINES, ATTACHMENTS = "正文", "标题行", "附件名"
LAYERS = {Level.FIRST: "是一级", Level.SECOND: "是二级", Level.BODY: "是正文"}
"""What a paragraph says yes to: a condition needs no quotes, which WPS would bend."""
YES = "是"
PASSAGE_NAMES = tuple(passage.name for passage in PASSAGES.values())
TABLES: Mapping[str, tuple[str, ...]] = {
    "完成情况表": (
        "指标", "单位", "分组", "序号", "目标", "完成", "完成率", "序时进度", "与序时差距", "位次变化", "研判",
    ),
    "分类情况表": ("类别", "任务", "已报送", "达序时", "未达序时", "达序时占比"),
    "预警督办情况表": ("序号", "单位", "指标", "等级", "状态", "预警日", "答复期限", "整改期限"),
    "任务完成情况表": ("指标", "目标", "完成", "完成率", "差距", "位次", "下一步时限", "应达到", "还需", "研判"),
}  # fmt: skip
"""The tables of a briefing and what a row of each may be asked for; a column the table does not have is "—"."""
MARKS = {
    "完成情况表": {"单位", "目标"},
    "分类情况表": {"类别", "达序时"},
    "预警督办情况表": {"单位", "状态"},
    "任务完成情况表": {"指标", "还需"},
}
"""Headings by which each is known."""
SUFFIX = "情况表"
CORRECTION = "更正对照表"
"""The caption of the table that only corrections have."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Field:
    """A name with its meaning and how it is read from the document."""

    name: str
    meaning: str
    read: Callable[[Document], str]
    required: bool = False


def _title(document: Document) -> tuple[str, ...]:
    return next((block.lines for block in document.blocks if isinstance(block, Title)), ())


def _closing(document: Document) -> str:
    record = next((block for block in document.blocks if isinstance(block, ClosingRecord)), None)
    return record.lines[0][0] if record else ""


def _addressee(document: Document) -> str:
    return next((b.text for b in document.blocks if isinstance(b, Paragraph) and b.level is Level.FLUSH), "")


FIELDS = (
    Field("简报名称", "红头上的名称", lambda d: d.masthead.name),
    Field("编号", "期号或文号，不编虚位", lambda d: d.masthead.number, required=True),
    Field("发文机关", "方案里的发文机关", lambda d: d.author, required=True),
    Field("印发日期", "成文日期", lambda d: chinese_day(d.day), required=True),
    Field("标题", "整个标题，不分行", lambda d: "".join(_title(d)), required=True),
    Field("主送", "主送机关，带冒号；没有的为空", _addressee),
    Field("抄送", "版记里的抄送；没有的为空", _closing),
)
LISTS: Mapping[str, frozenset[str]] = {
    BODY: frozenset({"文字", *LAYERS.values()}),
    LINES: frozenset(),
    ATTACHMENTS: frozenset(),
    **{name: frozenset() for name in PASSAGE_NAMES},
    **{name: frozenset({*columns, "底色"}) for name, columns in TABLES.items()},
}
"""Lists with the fields of an item; items of the others are plain texts."""


def told(document: Document, passages: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What a template of this briefing may say, by name; `passages`: the texts of each, by its code."""
    body = _before_attachments(document)
    rows = _tables(document)
    return {
        **{field.name: _clean(field.read(document)) for field in FIELDS},
        BODY: [_paragraph(p) for p in body if p.level in LAYERS],
        LINES: [_clean(line) for line in _title(document)],
        ATTACHMENTS: [_clean(n) for b in document.blocks if isinstance(b, AttachmentList) for n in b.names],
        **{passage.name: [_clean(text) for text in passages.get(code, ())] for code, passage in PASSAGES.items()},
        **{name: rows.get(name, []) for name in TABLES},
    }


def _paragraph(paragraph: Paragraph) -> dict[str, str]:
    layers = {word: YES if level is paragraph.level else "" for level, word in LAYERS.items()}
    return layers | {"文字": _clean(paragraph.text)}


def _before_attachments(document: Document) -> list[Paragraph]:
    found = []
    for block in document.blocks:
        if isinstance(block, Attachment):
            break
        if isinstance(block, Paragraph):
            found.append(block)
    return found


def _tables(document: Document) -> dict[str, list[dict[str, str]]]:
    """The rows of each table by its name, cells under their headings; of several tables one after another."""
    found: dict[str, list[dict[str, str]]] = {}
    title = ""
    for block in document.blocks:
        if isinstance(block, Attachment):
            title = block.title
        elif isinstance(block, Table) and (name := _name(block)):
            found.setdefault(name, []).extend(_row(block, row, name, title) for row in block.rows)
    return found


def _name(table: Table) -> str | None:
    headings = {column.heading for column in table.columns}
    return next((name for name, marks in MARKS.items() if marks <= headings), None)


def _row(table: Table, row: Row, name: str, title: str) -> dict[str, str]:
    """The row's texts; the table of one indicator says in its title whose it is. The tint is its last tinted cell's."""
    said = {c.heading: _clean(cell.text) for c, cell in zip(table.columns, row.cells, strict=True)}
    tones = [cell.tone for cell in row.cells if cell.tone]
    fallback = {"指标": _clean(title.removesuffix(SUFFIX))}
    told = {column: said.get(column) or fallback.get(column, "—") for column in TABLES[name]}
    return told | {"底色": FILLS[tones[-1]] if tones else NO_FILL}


def _clean(text: str) -> str:
    """Without what XML cannot hold; a value is one line, so that it cannot break a form."""
    return _CONTROL.sub("", re.sub(r"[\n\r\t\f\v]", " ", text))


_EXAMPLE_TABLES = tuple(
    Table("", tuple(Column(name) for name in columns), (Row(tuple(Cell("示例") for _ in columns)),))
    for columns in TABLES.values()
)
EXAMPLE = Document(
    "关于某某区重点目标任务1—10月进展情况的通报（第12期）",
    "某区考核办公室",
    date(2026, 11, 9),
    Masthead("重点目标任务调度简报", "第12期", "某区考核办公室", "2026年11月9日"),
    (
        Title(("关于某某区重点目标任务", "1—10月进展情况的通报")),
        Paragraph("各责任单位：", Level.FLUSH),
        Paragraph("一、总体情况", Level.FIRST),
        Paragraph("截至10月31日，共调度目标任务48项。"),
        AttachmentList(("完成情况表",)),
        Attachment("附件", "重点项目投资情况表"),
        *_EXAMPLE_TABLES,
        ClosingRecord((("送：各责任单位。", ""), ("某区考核办公室", "2026年11月9日印发"))),
    ),
)
"""What the field guide and a template's trial print show."""


def example() -> dict[str, Any]:
    return told(EXAMPLE, {code: ["截至10月31日，共调度目标任务48项。"] for code in PASSAGES})
