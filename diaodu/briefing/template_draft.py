"""A Word template to start from (样张): the official layout of a kind, with fields where its texts will stand."""

from diaodu.briefing import as_word
from diaodu.briefing.briefing_field import EXAMPLE, TABLES
from diaodu.briefing.document import (
    Attachment,
    Block,
    Cell,
    ClosingRecord,
    Column,
    Document,
    Level,
    Masthead,
    Paragraph,
    Row,
    Signature,
    Table,
    Title,
)
from diaodu.briefing.kind import Form, Kind

TABLE_OF = {
    "league": "完成情况表",
    "by_category": "分类情况表",
    "supervision": "预警督办情况表",
    "own_tasks": "任务完成情况表",
}
"""The table that each exhibit of a kind becomes in a template; charts are drawn by the standard layout only."""
LEFT_OUT = {"完成情况表": ("分组", "序时进度")}
"""Columns that a portrait page has no room for."""
NAMES, NARROW = ("指标", "单位", "类别"), 14.0
"""Columns that share what is left, and the width of all others, in millimetres."""
BODY = (
    Paragraph("{%p for 段 in 正文 %}"),
    Paragraph("{%p if 段.是一级 %}"),
    Paragraph("{{ 段.文字 }}", Level.FIRST),
    Paragraph("{%p elif 段.是二级 %}"),
    Paragraph("{{ 段.文字 }}", Level.SECOND),
    Paragraph("{%p else %}"),
    Paragraph("{{ 段.文字 }}"),
    Paragraph("{%p endif %}"),
    Paragraph("{%p endfor %}"),
)


def draft(kind: Kind) -> bytes:
    """The bytes of the .docx: written by the same writer as the standard layout, so that it looks like it."""
    is_briefing = kind.form is Form.BRIEFING
    sides = ("{{ 发文机关 }}", "{{ 印发日期 }}") if is_briefing else (None, None)
    blocks: list[Block] = [Title(("{{ 标题 }}",))]
    if kind.addressee:
        blocks.append(Paragraph("{{ 主送 }}", Level.FLUSH))
    blocks += [*BODY, *_when("附件名", Paragraph("附件：{{ 附件名|join('、') }}"))]
    if not is_briefing:
        blocks.append(Signature("{{ 发文机关 }}", "{{ 印发日期 }}"))
    blocks += [block for code in kind.attachments if code in TABLE_OF for block in _table(TABLE_OF[code])]
    if kind.copies:
        blocks.append(ClosingRecord((("{{ 抄送 }}", ""), ("{{ 发文机关 }}", "{{ 印发日期 }}印发"))))
    head = Masthead("{{ 简报名称 }}", "{{ 编号 }}", *sides)
    return as_word.write(Document(kind.name, "", EXAMPLE.day, head, tuple(blocks)))


def _table(name: str) -> tuple[Block, ...]:
    """The table on a page of its own, a row for each of its items; nothing where it has none."""
    columns = [column for column in TABLES[name] if column not in LEFT_OUT.get(name, ())]
    begin, end = (
        Row((Cell(tag), *(Cell("") for _ in columns[1:]))) for tag in (f"{{%tr for 行 in {name} %}}", "{%tr endfor %}")
    )
    cells = [
        Cell(("{% cellbg 行.底色 %}" if column in ("研判", "等级") else "") + f"{{{{ 行.{column} }}}}")
        for column in columns
    ]
    table = Table(
        "",
        tuple(Column(column, 0 if column in NAMES else NARROW) for column in columns),
        (begin, Row(tuple(cells)), end),
    )
    return _when(name, Attachment("附件", name), table)


def _when(name: str, *blocks: Block) -> tuple[Block, ...]:
    return (Paragraph(f"{{%p if {name} %}}"), *blocks, Paragraph("{%p endif %}"))
