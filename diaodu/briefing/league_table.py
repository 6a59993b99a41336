"""The full table of one indicator (附件): totals first and unnumbered, then every unit in the order of its rank."""

from collections.abc import Callable
from dataclasses import dataclass

from diaodu.briefing.document import Align, Cell, Column, Row, Table, Tone
from diaodu.briefing.wording import Fact, Said, joined, say, show
from diaodu.rules.measures import MEASURES
from diaodu.rules.verdict import State

STATES = {
    State.NOT_REPORTED: "未报送",
    State.AWAITED: "待报送",
    State.NO_TARGET: "不适用",
    State.NOT_STARTED: "未开始",
}
MARKS = ((3, "●", Tone.RED), (2, "▲", Tone.YELLOW), (1, "◆", Tone.BLUE), (0, "■", Tone.GREEN))
COMMENDED = ("★", Tone.GREEN)
DASH = say("—")


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
    table = Table("", tuple(field.column for field in fields), tuple(rows), note.text)
    return table, joined([note, *said], "|")


def tone_of(level: Fact) -> tuple[str, Tone]:
    """Mark and tint of a level: the office's colour where we know it, else by severity."""
    severity, colour = level["severity"].value, level["colour"].value
    mark, tone = next(((m, t) for least, m, t in MARKS if severity >= least), COMMENDED)
    return mark, Tone(colour) if colour in set(Tone) else tone


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
    wanted: list[tuple[bool, str, float, Align, Callable[[Fact], Said]]] = [
        (True, "序号", 10, Align.CENTER, lambda e: _known(e["rank"], "count")),
        (has_groups, "分组", 18, Align.CENTER, lambda e: _known(e["group"], "text")),
        (True, "单位", 0, Align.LEFT, lambda e: show(e["name"])),
        (True, "目标", 19, Align.RIGHT, lambda e: _known(e["target"], "amount", decimals)),
        (True, "完成", 19, Align.RIGHT, lambda e: _known(e["actual"], "amount", decimals)),
        (True, "完成率", 16, Align.RIGHT, lambda e: _known(e["completion"], "percent", 1)),
        (not indicator["expected"], "序时进度", 15, Align.RIGHT, lambda e: _known(e["expected"], "percent", 1)),
        (has_measure, MEASURES[measure].chinese, 16, Align.RIGHT, lambda e: _measure(facts, e)),
        (True, "与序时差距", 16, Align.RIGHT, lambda e: _known(e["gap_pp"], "points", 1)),
        (True, "位次变化", 15, Align.CENTER, _rank_change),
    ]
    fields = [_field(Column(heading, width, align), text) for applies, heading, width, align, text in wanted if applies]
    return [*fields, _Field(Column("研判", 19), lambda e: _verdict(facts, e))]


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
    level = next((held for held in facts["levels"] if held["code"].value == entry["level"].value), None)
    if level is None:
        return (say("未定级") if facts["policy"].value else DASH), None
    mark, tone = tone_of(level)
    return say("{mark}{name}", mark=say(mark), name=show(level["name"])), tone
