"""The table of one unit's own sheet: its tasks with rank, gap, and what each needs next."""

from diaodu.briefing.closing_gap import needs
from diaodu.briefing.document import Align, Cell, Column, Row, Table, Tone
from diaodu.briefing.league_table import DASH, fitted, judged
from diaodu.briefing.wording import Fact, Said, joined, say, show

COLUMNS = (
    Column("指标", 0, Align.LEFT),
    Column("目标", 0, Align.RIGHT),
    Column("完成", 0, Align.RIGHT),
    Column("完成率", 0, Align.RIGHT),
    Column("差距", 0, Align.RIGHT),
    Column("位次"),
    Column("下一步时限"),
    Column("应达到", 0, Align.RIGHT),
    Column("还需", 0, Align.RIGHT),
    Column("研判"),
)


def own_table(facts: Fact) -> tuple[Table, Said]:
    """The table and everything it says; the gap in percentage points against 序时."""
    told = [_row(facts, task) for task in facts["sheet"]["tasks"]]
    rows = [Row(tuple(Cell(text.text, tone) for text, tone in cells)) for cells in told]
    note = say("差距单位：百分点；“还需”末位向上取")
    return Table("", fitted(list(COLUMNS), rows), tuple(rows), note.text), joined(
        [note, *(text for cells in told for text, _ in cells)], "|"
    )


def _row(facts: Fact, task: Fact) -> list[tuple[Said, Tone | None]]:
    decimals = task["decimals"].value
    unit = say("（{unit}）", unit=show(task["measure_unit"])) if task["measure_unit"] else say("")
    plain = [
        show(task["indicator_name"]) + unit,
        _known(task["target"], "amount", decimals),
        _known(task["actual"], "amount", decimals),
        _known(task["completion"], "percent", 1),
        _known(task["gap_pp"], "points", 1),
        _rank(task),
        *_ahead(task),
    ]
    return [*((text, None) for text in plain), judged(facts, task)]


def _known(fact: Fact, form: str, decimals: int) -> Said:
    return DASH if fact.value is None else show(fact, form, decimals)


def _rank(task: Fact) -> Said:
    if not task["rank"]:
        return DASH
    return say("{rank}/{size}", rank=show(task["rank"], "count"), size=show(task["group_size"], "count"))


def _ahead(task: Fact) -> tuple[Said, Said, Said]:
    """The day of what comes next, what is asked by then, and what is missing for it."""
    if not task.value.get("ahead"):
        return DASH, DASH, DASH
    ahead = task["ahead"]
    asked = show(ahead["planned"], "planned", task["decimals"].value)
    return show(ahead["day"], "day_of_year"), asked, needs(task) if ahead["more"].value is not None else DASH
