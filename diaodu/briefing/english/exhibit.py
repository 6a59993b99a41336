"""Tables and charts of the English edition: the same figures with headings and words in English; names stay."""

import re
from dataclasses import replace

from diaodu.briefing.document import Block, Cell, Chart, Paragraph, Row, Table
from diaodu.briefing.english.phrase import MEASURES, capital, day
from diaodu.briefing.wording import Fact, Said, say, show
from diaodu.rules.measures import MEASURES as CATALOGUE

RULERS = {CATALOGUE[name].chinese: english.capitalize() for name, english in MEASURES.items()}
HEADINGS = RULERS | {
    "序号": "Rank", "指标": "Indicator", "单位": "Unit", "分组": "Group", "目标": "Target",
    "完成": "Done", "完成率": "Share done",
    "序时进度": "Schedule", "与序时差距": "Gap", "位次变化": "Move", "研判": "Level", "事项": "What",
    "更正前": "Before", "更正后": "After", "原因": "Why", "类别": "Category", "任务": "Tasks", "已报送": "Reported",
    "达序时": "On schedule", "未报送": "Overdue", "未达序时": "Behind",
    "本期位次": "Rank now", "上期位次": "Rank before", "完成率变化": "Change", "期次": "Period",
    "占比": "Share", "达序时占比": "Share on schedule",
}  # fmt: skip
WORDS = {
    "未报送": "not reported", "待报送": "may still come", "数据源未供数": "source down", "不适用": "no target",
    "达序时": "on schedule", "未达序时": "behind",
    "未开始": "not begun", "未定级": "no level", "持平": "same", "合计": "total", "各项指标": "all indicators",
    "累计完成": "done", "目标": "target", "完成率": "completion", "数据状态": "state", "排名": "rank", "等级": "level",
    "达到序时进度项数": "tasks on schedule", "未达到序时进度项数": "tasks behind", "完成全部目标项数": "tasks complete",
    "逾期未报送项数": "reports overdue", "待报送项数": "reports to come", "在办预警件数": "open warnings",
    "数据更正": "figure corrected", "补报改报": "reported anew", "目标调整": "target revised",
    "节点调整": "milestone moved", "口径调整": "definition changed",
    "规则调整": "rules changed", "随之变化": "follows from others",
}  # fmt: skip
NOTES = (
    (re.compile(r"当期最重的等级，按各期通报时的数据"), "the worst level of the time, as each briefing told it"),
    (re.compile(r"按各期通报时的数据"), "as each briefing told it"),
    (re.compile(r"完成率变化单位：百分点"), "changes in percentage points"),
    (re.compile(r"差距单位：百分点"), "gaps in percentage points"),
    (re.compile(r"单位：([^；]*)"), r"unit: \1"),
    (re.compile(r"序时进度：?"), "schedule: "),
    (re.compile(r"；"), "; "),
)
CAPTIONS = {
    "各责任单位达到序时进度的任务占比": "Units by their share of tasks on schedule",
    "更正对照表": "What is corrected",
} | {f"各责任单位{chinese}": f"Units by {english.lower()}" for chinese, english in RULERS.items()}


def in_english(block: Block, said: Said) -> tuple[Block, Said]:
    """A table or a chart, with its words in English; its figures and their sources stay."""
    if isinstance(block, Table):
        return _table(block), said
    return (_chart(block), said) if isinstance(block, Chart) else (block, said)


def _table(table: Table) -> Table:
    columns = tuple(replace(one, heading=HEADINGS.get(one.heading, one.heading)) for one in table.columns)
    headings = [column.heading for column in table.columns]
    rows = tuple(Row(tuple(map(_cell, row.cells, headings)), row.strong) for row in table.rows)
    return Table(CAPTIONS.get(table.caption, ""), columns, rows, _note(table.note))


def _cell(cell: Cell, heading: str) -> Cell:
    """Names stay; a measure unit behind an indicator, a rank and the causes of a correction have words of ours."""
    text = WORDS.get(cell.text, cell.text)
    if heading == "指标":
        text = re.sub(r"（([^（）]*)）$", r" (\1)", text)
    elif heading == "原因":
        causes, colon, details = text.partition("：")
        known = [WORDS.get(cause, cause) for cause in causes.split("、")]
        text = ", ".join(known) + (f": {details}" if colon else "")
    return replace(cell, text=re.sub(r"^第(\d+)位$", r"no. \1", text))


def _chart(chart: Chart) -> Chart:
    caption, mark = CAPTIONS.get(chart.caption, "Units"), _note(chart.mark_label)
    bars = "; ".join(f"{bar.name} {bar.label}" for bar in chart.bars)
    alt = f"Bar chart. {caption}. {mark}{'; ' if mark else ''}{bars}."
    return replace(chart, caption=caption, mark_label=mark, alt=alt)


def _note(note: str) -> str:
    for chinese, english in NOTES:
        note = chinese.sub(english, note)
    return note[:1].upper() + note[1:]


def title(facts: Fact, place: int, count: int) -> Said:
    """The title of an attachment: whose indicator it is of, where there is a table for each."""
    indicators = list(facts["indicators"])
    if count == len(indicators) or (count == len(indicators) + 1 and place < len(indicators)):
        return say("{name}: results", name=show(indicators[place]["name"]))
    return capital(say("results of all indicators") if place == 0 else say("units compared"))


def correction(facts: Fact) -> tuple[Block, Said]:
    """Which issue is corrected, and why."""
    told = facts["correction"]
    said = say(
        "Correction: this issue replaces {number}, issued on {day}. Reason: {reason}. Figures before and after follow.",
        number=show(told["number"]),
        day=day(told["issued_on"]),
        reason=show(told["reason"]),
    )
    return Paragraph(said.text), said
