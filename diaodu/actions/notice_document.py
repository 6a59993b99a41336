"""A notice as an official document: the form's rows, the table of what lags, and the slip to send back (回执)."""

from datetime import date

from diaodu.briefing.document import (
    Align,
    Attachment,
    AttachmentList,
    Block,
    Cell,
    Column,
    Document,
    Level,
    Masthead,
    Paragraph,
    Row,
    Signature,
    Table,
    Title,
    Tone,
    chinese_day,
    row,
)
from diaodu.rules.notice import Body, Item
from diaodu.rules.routing import NoticeKind

ADDRESSEE = {NoticeKind.WARNING: "被预警单位", NoticeKind.SUPERVISION: "被督办单位", NoticeKind.INTERVIEW: "被约谈单位"}
SLIP = "回执"
SLIP_ROWS = {"签收人及时间": 1, "原因分析": 4, "整改措施": 6, "责任人": 1, "预计完成日": 1, "单位意见（盖章）": 3}
"""What the unit fills in by hand, and how many lines it gets."""
FORM = (Column("", 38), Column("", 118, Align.LEFT))
ITEMS = (
    Column("序号", 12),
    Column("指标", 30, Align.LEFT),
    Column("序时要求", 28),
    Column("实际完成", 28),
    Column("差距", 34, Align.LEFT),
    Column("预警级别", 24),
)
LATE = (Column("序号", 14), Column("指标", 46, Align.LEFT), Column("情况", 96, Align.LEFT))
TONES = {tone.value for tone in Tone}


def document(body: Body) -> Document:
    """The notice; the same body gives the same document."""
    blocks = _chase(body) if body.kind is NoticeKind.CHASE else _warning(body)
    day = date.fromisoformat(body.day)
    head = Masthead(body.issuer, body.number)
    return Document(f"{body.title} {body.number}", body.issuer, day, head, (*blocks, *_slip(body)))


def _warning(body: Body) -> tuple[Block, ...]:
    form = [("编号", body.number), (ADDRESSEE.get(body.kind, "单位"), body.unit)]
    asked = [("整改要求与时限", body.demand), ("反馈联系人", body.contact), (SLIP, "见附件，随书面回复一并报送")]
    clauses = dict.fromkeys(item.clause for item in body.items)
    return (
        Title((body.title,)),
        Paragraph(f"{body.unit}：", Level.FLUSH),
        Paragraph(f"截至{_day(body.as_of)}，你单位下列任务未达到要求，现予通知。"),
        Table("", FORM, tuple(row(*pair) for pair in form)),
        Table("", ITEMS, tuple(_item(n, item) for n, item in enumerate(body.items, 1))),
        *(Paragraph(f"{n}．{item.words}") for n, item in enumerate(body.items, 1)),
        Table("", FORM, tuple(row("依据条款", clause) for clause in clauses) + tuple(row(*pair) for pair in asked)),
        AttachmentList((SLIP,)),
        Signature(body.issuer, _day(body.day)),
    )


def _item(n: int, item: Item) -> Row:
    tone = Tone(item.colour) if item.colour in TONES else None
    plain = (str(n), item.indicator, item.required, item.actual, item.gap)
    return Row((*(Cell(text) for text in plain), Cell(item.level, tone)))


def _chase(body: Body) -> tuple[Block, ...]:
    rows = tuple(row(str(n), item.indicator, item.words) for n, item in enumerate(body.items, 1))
    return (
        Title((body.title,)),
        Paragraph(f"{body.unit}：", Level.FLUSH),
        Paragraph(f"截至{_day(body.day)}，你单位下列数据逾期未报送。"),
        Table("", LATE, rows),
        Paragraph(body.demand),
        Paragraph(f"联系人：{body.contact}。"),
        Signature(body.issuer, _day(body.day)),
    )


def _slip(body: Body) -> tuple[Block, ...]:
    if body.kind is NoticeKind.CHASE:
        return ()
    head = (row("对应文号", body.number), row("单位", body.unit))
    rows = (*head, *(row(name, "\n" * lines) for name, lines in SLIP_ROWS.items()))
    return (Attachment("附件", f"{body.title}{SLIP}"), Table("", FORM, rows))


def _day(iso: str) -> str:
    return chinese_day(date.fromisoformat(iso))
