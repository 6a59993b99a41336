"""预警督办情况表: every warning that is open or moved this period, with its state and its deadlines."""

from diaodu.briefing.document import Align, Cell, Column, Row, Table, Tone
from diaodu.briefing.league_table import DASH, fitted, marked
from diaodu.briefing.wording import Fact, Said, joined, say, show
from diaodu.rules.warning import WarningState

STATES = {
    WarningState.PROPOSED: "待审核",
    WarningState.ISSUED: "待签收",
    WarningState.ACKNOWLEDGED: "已签收、待报计划",
    WarningState.PLANNED: "整改中",
    WarningState.EVIDENCED: "待核验",
    WarningState.VERIFIED: "已核验、待销号",
    WarningState.CLOSED: "已销号",
    WarningState.RETURNED: "退回重报",
    WarningState.EXEMPTED: "豁免",
    WarningState.WITHDRAWN: "已撤回",
}
"""Where a warning stands, said by what it waits for."""
COLUMNS = (
    Column("序号"),
    Column("单位", 0, Align.LEFT),
    Column("指标", 0, Align.LEFT),
    Column("等级"),
    Column("状态"),
    Column("预警日"),
    Column("答复期限"),
    Column("整改期限"),
)
Told = tuple[Said, Tone | None]


def supervision(facts: Fact) -> tuple[Table, Said] | None:
    """The table and everything it says; None where no warning is open and none moved."""
    if not facts["warned"]:
        return None
    told = [_row(facts, one) for one in facts["warned"]]
    rows = [Row(tuple(Cell(text.text, tone) for text, tone in cells)) for cells in told]
    return Table("", fitted(list(COLUMNS), rows), tuple(rows)), joined(
        (text for cells in told for text, _ in cells), "|"
    )


def _row(facts: Fact, one: Fact) -> list[Told]:
    level = marked(facts, one["level"].value) or (show(one["level_name"]), None)
    plain = [
        show(one["number"], "count"),
        show(one["unit_name"]),
        show(one["indicator_name"]) if one["indicator"].value else say("单位整体"),
    ]
    state = say(STATES[WarningState(one["state"].value)])
    days = [_day(one[name]) for name in ("opened_as_of", "reply_due", "rectify_by")]
    return [*((text, None) for text in plain), level, *((text, None) for text in (state, *days))]


def _day(day: Fact) -> Said:
    return show(day, "day_of_year") if day.value else DASH
