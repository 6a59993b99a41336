"""The full table of one indicator (附件): totals first and unnumbered, then every unit in the order of its rank."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from diaodu.briefing.document import Align, Cell, Column, Row, Table, Tone
from diaodu.briefing.page import width_in_characters
from diaodu.briefing.wording import Fact, Said, joined, say, show
from diaodu.rules.measures import MEASURES
from diaodu.rules.verdict import State

STATES = {
    State.NOT_REPORTED: "未报送",
    State.AWAITED: "待报送",
    State.NO_TARGET: "不适用",
    State.NOT_STARTED: "未开始",
}
WARNING_MARKS = (("●", Tone.RED), ("▲", Tone.YELLOW), ("◆", Tone.BLUE))
"""Mark and tint of warning levels, the most severe first."""
FINE, COMMENDED = ("■", Tone.GREEN), ("★", Tone.GREEN)
DASH = say("—")
NAME = "单位"
CHARACTER_MM, PADDING_MM = 4.3, 3.4
"""Of a table's text, 10.5 pt, in fonts with generous digits."""
NARROWEST, WIDEST = 12.0, 36.0


@dataclass(frozen=True, slots=True)
class _Field:
    """One column and what it prints of an entry."""

    column: Column
    cell: Callable[[Fact], tuple[Said, Tone | None]]


def league_table(facts: Fact, indicator: Fact) -> tuple[Table, Said]:
    """The table, and everything it says with its sources."""
    fields = _fields(facts, indicator)
    rows: list[Row] = []
    said: list[Said] = []
    for entry in _in_order(indicator):
        cells = [field.cell(entry) for field in fields]
        rows.append(Row(tuple(Cell(text.text, tone) for text, tone in cells), strong=entry["total"].value))
        said.extend(text for text, _ in cells)
    note = _note(indicator)
    columns = tuple(_fitted(field.column, [row.cells[n].text for row in rows]) for n, field in enumerate(fields))
    table = Table("", columns, tuple(rows), note.text)
    return table, joined([note, *said], "|")


def marked(facts: Fact, code: str | None) -> tuple[Said, Tone] | None:
    """A level's mark and name, and its tint: the office's colour where we know it, else by severity."""
    level = next((held for held in facts["levels"] if held["code"].value == code), None)
    if level is None:
        return None
    severity, colour = level["severity"].value, level["colour"].value
    worse = {held["severity"].value for held in facts["levels"] if held["severity"].value > severity}
    if severity > 0:
        mark, tone = WARNING_MARKS[min(len(worse), len(WARNING_MARKS) - 1)]
    else:
        mark, tone = COMMENDED if severity < 0 else FINE
    said = say("{mark}{name}", mark=say(mark), name=show(level["name"]))
    return said, Tone(colour) if colour in set(Tone) else tone


def _note(indicator: Fact) -> Said:
    said = say("单位：{unit}", unit=show(indicator["measure_unit"]))
    if indicator["expected"]:
        said += say("；序时进度：{share}", share=show(indicator["expected"], "percent", 1))
    return said + say("；差距单位：百分点")


def _in_order(indicator: Fact) -> list[Fact]:
    """Totals, other unranked rows, then group by group in rank order; who has no rank comes last in its group."""
    groups = list(dict.fromkeys(entry["group"].value for entry in indicator["entries"]))

    def place(entry: Fact) -> tuple[bool, bool, int, bool, int]:
        rank = entry["rank"].value
        ranked = bool(entry["ranked"].value)
        return (
            ranked,
            not entry["total"].value,
            groups.index(entry["group"].value) if ranked else 0,
            not rank,
            rank or 0,
        )

    return sorted(indicator["entries"], key=place)


def _fields(facts: Fact, indicator: Fact) -> list[_Field]:
    decimals = indicator["decimals"].value
    has_groups = len({e["group"].value for e in indicator["entries"] if e["ranked"]}) > 1
    measure = facts["ranking_measure"].value
    has_measure = measure != "completion" and MEASURES[measure].unit in ("share", "percentage points")
    wanted: list[tuple[bool, str, Align, Callable[[Fact], Said]]] = [
        (True, "序号", Align.CENTER, lambda e: _known(e["rank"], "count")),
        (has_groups, "分组", Align.CENTER, lambda e: _known(e["group"], "text")),
        (True, NAME, Align.LEFT, lambda e: show(e["name"])),
        (True, "目标", Align.RIGHT, lambda e: _known(e["target"], "amount", decimals)),
        (True, "完成", Align.RIGHT, lambda e: _known(e["actual"], "amount", decimals)),
        (True, "完成率", Align.RIGHT, lambda e: _known(e["completion"], "percent", 1)),
        (not indicator["expected"], "序时进度", Align.RIGHT, lambda e: _known(e["expected"], "percent", 1)),
        (has_measure, MEASURES[measure].chinese, Align.RIGHT, lambda e: _measure(facts, e)),
        (True, "与序时差距", Align.RIGHT, lambda e: _known(e["gap_pp"], "points", 1)),
        (True, "位次变化", Align.CENTER, _rank_change),
    ]
    fields = [_field(Column(heading, 0, align), text) for applies, heading, align, text in wanted if applies]
    return [*fields, _Field(Column("研判"), lambda e: _verdict(facts, e))]


def _fitted(column: Column, texts: list[str]) -> Column:
    """The column as wide as its longest text, its heading in two lines at most; names take what is left."""
    if column.heading == NAME:
        return column
    heading = column.heading if len(column.heading) <= 3 else column.heading[: (len(column.heading) + 1) // 2]
    characters = max(width_in_characters(text) for text in [*texts, heading])
    width = min(WIDEST, max(NARROWEST, characters * CHARACTER_MM + PADDING_MM))
    return replace(column, width=round(width, 1))


def _field(column: Column, text: Callable[[Fact], Said]) -> _Field:
    return _Field(column, lambda entry: (text(entry), None))


def _known(fact: Fact, form: str, decimals: int = 0) -> Said:
    return DASH if fact.value is None else show(fact, form, decimals)


def _measure(facts: Fact, entry: Fact) -> Said:
    share = MEASURES[facts["ranking_measure"].value].unit == "share"
    return _known(entry["value"], "percent" if share else "points", 1)


def _rank_change(entry: Fact) -> Said:
    change = entry["rank_change"]
    if change.value is None:
        return DASH
    if change.value == 0:
        return say("持平")
    return say("↑{n}" if change.value > 0 else "↓{n}", n=show(change, "distance"))


def _verdict(facts: Fact, entry: Fact) -> tuple[Said, Tone | None]:
    state = State(entry["state"].value)
    if state is not State.REPORTED:
        return say(STATES[state]), Tone.GREY
    level = marked(facts, entry["level"].value)
    if level is None:
        return (say("未定级") if facts["policy"].value else DASH), None
    return level
