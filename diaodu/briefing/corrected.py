"""更正说明: at the head of a correction, which issue it corrects and why, and every figure before and after."""

from diaodu.briefing.difference import AMOUNTS
from diaodu.briefing.document import Align, Block, Cell, Column, Paragraph, Row, Table
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show
from diaodu.rules.briefing import ChangeCause

WHATS = {
    "target": "目标",
    "actual": "累计完成",
    "completion": "完成率",
    "state": "数据状态",
    "rank": "排名",
    "level": "等级",
    "on_schedule": "达到序时进度项数",
    "behind": "未达到序时进度项数",
    "completed": "完成全部目标项数",
    "not_reported": "逾期未报送项数",
    "awaited": "待报送项数",
    "open": "在办预警件数",
}
CAUSES = {
    ChangeCause.CORRECTED: "数据更正",
    ChangeCause.REPORTED: "补报改报",
    ChangeCause.RETARGETED: "目标调整",
    ChangeCause.REPLANNED: "节点调整",
    ChangeCause.REDEFINED: "口径调整",
    ChangeCause.RULED: "规则调整",
    ChangeCause.FOLLOWED: "随之变化",
}
COLUMNS = (
    Column("单位", 24, Align.LEFT),
    Column("指标", 0, Align.LEFT),
    Column("事项", 25),
    Column("更正前", 24, Align.RIGHT),
    Column("更正后", 24, Align.RIGHT),
    Column("原因", 30, Align.LEFT),
)
DASH = say("—")


def corrected(facts: Fact) -> list[tuple[Block, Said]]:
    """The paragraph and the table, with the sources of all they say; nothing for a briefing that corrects none."""
    if "correction" not in facts.value:
        return []
    correction = facts["correction"]
    said = say(
        "更正说明：本期更正{day}印发的{number}，原件不再作为依据。更正原因：{reason}。更正前后对照如下，其余内容以本期为准。",
        day=show(correction["issued_on"], "day"),
        number=show(correction["number"]),
        reason=show(correction["reason"]),
    )
    return [(Paragraph(said.text), said), _table(correction["changes"])]


def _table(changes: Fact) -> tuple[Block, Said]:
    rows: list[Row] = []
    spoken: list[Said] = []
    for change in changes:
        cells = (
            show(change["unit"]) if change["unit"] else say("合计"),
            show(change["indicator"]) if change["indicator"] else say("各项指标"),
            say(WHATS[change["what"].value]),
            _value(change, "before"),
            _value(change, "after"),
            _why(change),
        )
        rows.append(Row(tuple(Cell(cell.text) for cell in cells)))
        spoken.extend(cells)
    return Table("更正对照表", COLUMNS, tuple(rows)), joined(spoken, "|")


def _value(change: Fact, side: str) -> Said:
    value, what = change[side], change["what"].value
    if value.value is None:
        return DASH
    if what in AMOUNTS:
        return show(value, "amount", change["decimals"].value) + show(change["measure_unit"])
    if what == "completion":
        return show(value, "percent", 1)
    if what == "rank":
        return say("第{rank}位", rank=show(value, "count"))
    return show(value) if isinstance(value.value, str) else show(value, "count")


def _why(change: Fact) -> Said:
    causes = joined([say(CAUSES[ChangeCause(cause.value)]) for cause in change["causes"]], "、")
    details = joined([show(detail) for detail in change["details"]], "；")
    return causes + (say("：") + details if details.text else NOTHING)
