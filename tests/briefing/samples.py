"""Documents to print: one with every kind of block, and a notice."""

from dataclasses import replace
from datetime import date

from diaodu.briefing.document import (
    Align,
    Attachment,
    AttachmentList,
    Bar,
    Cell,
    Chart,
    ClosingRecord,
    Column,
    Curve,
    Document,
    Level,
    Masthead,
    Paragraph,
    Point,
    Row,
    Signature,
    Table,
    Title,
    Tone,
    row,
)

DAY = date(2023, 11, 3)
LONG = Paragraph("各责任单位要对照年度目标任务逐项查找差距分析原因压实责任倒排工期" * 40)
"""1,320 characters without a mark at which a line could end early."""
UNITS = ("河湖长制激励", "农业水价综合改革", "水土保持")
CHART = Chart(
    "各单位完成率",
    tuple(Bar(name, value, f"{value}%", Tone.RED) for name, value in zip(UNITS, (97.5, 88.0, 61.2), strict=True)),
    83.3,
    "序时进度83.3%",
    "%",
    "各单位完成率条形图。",
)
CURVE = Curve(
    "完成率走势",
    (Point("1月", 5.0, "5.0%", 8.3), Point("2月", 18.0, "18.0%", 16.7), Point("3月", 20.0, "20.0%", None)),
    "完成率",
    "序时进度",
    "%",
    "完成率走势图。1月5.0%，序时8.3%；2月18.0%，序时16.7%；3月20.0%。",
)
TABLE = Table(
    "完成情况",
    (Column("序号", 12), Column("单位", 0, Align.LEFT), Column("完成率", 25, Align.RIGHT), Column("研判", 25)),
    (
        row("—", "总计", "92.6%", "—", strong=True),
        *(Row((Cell(str(n)), Cell(UNITS[n % 3]), Cell("83.3%"), Cell("●红灯", Tone.RED))) for n in range(1, 80)),
    ),
    "单位：万元",
)
BRIEFING = Document(
    "关于某某的通报",
    "示范考核办公室",
    DAY,
    Masthead("水利投资调度简报", "第12期", "示范考核办公室", "2023年11月3日"),
    (
        Title(("关于2023年1—10月中央水利投资计划", "执行情况的通报")),
        Paragraph("各责任单位：", Level.FLUSH),
        Paragraph("一、总体情况", Level.FIRST),
        Paragraph("（一）进度", Level.SECOND),
        LONG,
        CHART,
        AttachmentList(("完成情况表", "预警清单")),
        Signature("示范考核办公室", "2023年11月3日"),
        Attachment("附件1", "完成情况表"),
        TABLE,
        ClosingRecord((("送：各责任单位。", ""), ("示范考核办公室", "2023年11月3日印发"))),
    ),
)
CURVED = replace(BRIEFING, blocks=(*BRIEFING.blocks[:2], CURVE, BRIEFING.blocks[-1]))
NOTICE = Document(
    "预警通知单",
    "示范考核办公室",
    DAY,
    Masthead("示范考核工作领导小组办公室文件", "示考办〔2023〕5号"),
    (
        Title(("预警通知单",)),
        Paragraph("通川区：", Level.FLUSH),
        Paragraph("截至10月31日，你单位有1项任务未达到序时进度，请于5个工作日内报送整改计划。"),
        Signature("示范考核办公室", "2023年11月3日"),
    ),
)
WIDE_TABLE = Table(
    "",
    tuple(Column(f"第{n}列") for n in range(1, 15)),
    tuple(row(*(f"{line}.{n}" for n in range(14))) for line in range(60)),
    "单位：万元",
)
LYING = replace(
    BRIEFING,
    blocks=(*BRIEFING.blocks[:2], Attachment("附件", "各项指标完成情况表", True), WIDE_TABLE, BRIEFING.blocks[-1]),
)
"""An upright page, three that lie on their left side, and an upright one for 版记."""
LAYERED = replace(
    BRIEFING,
    blocks=(
        *BRIEFING.blocks[:2],
        *(
            Paragraph(text, level)
            for text, level in (
                ("一、黑体", Level.FIRST),
                ("（一）楷体", Level.SECOND),
                ("1.三层仿宋", Level.THIRD),
                ("（1）四层仿宋", Level.FOURTH),
            )
        ),
        Paragraph("正文仿宋"),
    ),
)


def saying(text: str) -> Document:
    """The notice with another body."""
    blocks = (*NOTICE.blocks[:2], Paragraph(text), *NOTICE.blocks[3:])
    return Document(NOTICE.subject, NOTICE.author, DAY, NOTICE.masthead, blocks)
