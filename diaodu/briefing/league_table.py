"""The full table of one indicator (附件): totals first and unnumbered, then every unit in the order of its rank."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from diaodu.briefing.document import Align, Cell, Column, Row, Table, Tone
from diaodu.briefing.page import HEIGHT_MM, WIDTH_MM, width_in_characters
from diaodu.briefing.wording import Fact, Said, joined, say, show
from diaodu.rules.measures import MEASURES
from diaodu.rules.verdict import State

STATES = {
    State.NOT_REPORTED: "未报送",
    State.AWAITED: "待报送",
    State.SOURCE_DOWN: "数据源未供数",
    State.NO_TARGET: "不适用",
    State.NOT_STARTED: "未开始",
}
WARNING_MARKS = (("●", Tone.RED), ("▲", Tone.YELLOW), ("◆", Tone.BLUE))
"""Mark and tint of warning levels, the most severe first."""
FINE, COMMENDED = ("■", Tone.GREEN), ("★", Tone.GREEN)
DASH = say("—")
NAMES = ("指标", "单位")
CHARACTER_MM, PADDING_MM = 4.3, 3.4
"""Of a table's text, 10.5 pt, in fonts with generous digits."""
NARROWEST, WIDEST, LEAST_FOR_NAMES = 12.0, 36.0, 30.0


@dataclass(frozen=True, slots=True)
class _Field:
    """One column and what it prints of an indicator's entry."""

    column: Column
    cell: Callable[[Fact, Fact], tuple[Said, Tone | None]]


def league_table(facts: Fact, indicator: Fact) -> tuple[Table, Said]:
    """The table of one indicator, and everything it says with its sources."""
    entries = [(indicator, entry) for entry in _in_order(indicator)]
    return _table(_fields(facts, indicator), entries, _note(indicator))


def full_table(facts: Fact) -> tuple[Table, Said]:
    """All indicators in one table, where a table for each would be too many."""
    entries = [(indicator, entry) for indicator in facts["indicators"] for entry in _in_order(indicator)]
    return _table(_full_fields(facts), entries, say("差距单位：百分点"), HEIGHT_MM)


def _table(
    fields: list[_Field], entries: list[tuple[Fact, Fact]], note: Said, room: float = WIDTH_MM
) -> tuple[Table, Said]:
    rows: list[Row] = []
    said: list[Said] = []
    for indicator, entry in entries:
        cells = [field.cell(indicator, entry) for field in fields]
        rows.append(Row(tuple(Cell(text.text, tone) for text, tone in cells), strong=entry["total"].value))
        said.extend(text for text, _ in cells)
    columns = fitted([field.column for field in fields], rows, room)
    return Table("", columns, tuple(rows), note.text), joined([note, *said], "|")


def fitted(columns: list[Column], rows: list[Row], room: float = WIDTH_MM) -> tuple[Column, ...]:
    """The columns as wide as what stands in them, those of names with what is left of `room` millimetres."""
    wide = [_fitted(column, [row.cells[n].text for row in rows]) for n, column in enumerate(columns)]
    return leaving_room(wide, room)


def marked(facts: Fact, code: str | None) -> tuple[Said, Tone] | None:
    """A level's mark and name, and its tint: the office's colour where we know it, else by severity."""
    level = next((held for held in facts["levels"] if held["code"].value == code), None)
    if level is None or level.value.get("withheld"):
        return None
    severity = level["severity"].value
    worse = {held["severity"].value for held in facts["levels"] if held["severity"].value > severity}
    sign, tone = mark(severity, len(worse), level["colour"].value)
    return say("{sign}{name}", sign=say(sign), name=show(level["name"])), tone


def mark(severity: int, worse: int, colour: str) -> tuple[str, Tone]:
    """The sign and tint of a level with so many worse ones above it."""
    if severity > 0:
        sign, tone = WARNING_MARKS[min(worse, len(WARNING_MARKS) - 1)]
    else:
        sign, tone = COMMENDED if severity < 0 else FINE
    return sign, Tone(colour) if colour in set(Tone) else tone


def _note(indicator: Fact) -> Said:
    unit, expected = indicator["measure_unit"], indicator["expected"]
    parts = (
        say("单位：{unit}", unit=show(unit)) if unit else say(""),
        say("序时进度：{share}", share=show(expected, "percent", 1)) if expected else say(""),
        say("差距单位：百分点"),
    )
    return joined(parts, "；")


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
    has_groups = len({e["group"].value for e in indicator["entries"] if e["ranked"]}) > 1
    measure = MEASURES[facts["ranking_measure"].value]
    has_measure = measure.name != "completion" and measure.unit in ("share", "percentage points")
    wanted = (
        (True, _RANK),
        (has_groups, _field("分组", Align.CENTER, lambda _, e: _known(e["group"], "text"))),
        (True, _UNIT),
        (True, _TARGET),
        (True, _ACTUAL),
        (True, _COMPLETION),
        (not indicator["expected"], _EXPECTED),
        (has_measure, _field(measure.chinese, Align.RIGHT, lambda _, e: _measure(facts, e))),
        (True, _GAP),
        (True, _field("位次变化", Align.CENTER, lambda _, e: _rank_change(e))),
        (True, _Field(Column("研判"), lambda _, e: judged(facts, e))),
    )
    return [field for applies, field in wanted if applies]


def _full_fields(facts: Fact) -> list[_Field]:
    verdict = _Field(Column("研判"), lambda _, e: judged(facts, e))
    return [_INDICATOR, _UNIT, _RANK, _TARGET, _ACTUAL, _COMPLETION, _EXPECTED, _GAP, verdict]


def _fitted(column: Column, texts: list[str]) -> Column:
    """The column as wide as its longest text, its heading in two lines at most; names take what is left."""
    if column.heading in NAMES:
        return column
    heading = column.heading if len(column.heading) <= 3 else column.heading[: (len(column.heading) + 1) // 2]
    characters = max(width_in_characters(text) for text in [*texts, heading])
    width = min(WIDEST, max(NARROWEST, characters * CHARACTER_MM + PADDING_MM))
    return replace(column, width=round(width, 1))


def leaving_room(columns: Sequence[Column], room: float = WIDTH_MM) -> tuple[Column, ...]:
    """The columns, those of figures narrowed where names would get less than their least of `room` millimetres."""
    room -= LEAST_FOR_NAMES * sum(column.heading in NAMES for column in columns)
    share = min(1.0, room / sum(column.width for column in columns))
    return tuple(replace(column, width=round(column.width * share, 1)) for column in columns)


def _field(heading: str, align: Align, text: Callable[[Fact, Fact], Said]) -> _Field:
    return _Field(Column(heading, 0, align), lambda indicator, entry: (text(indicator, entry), None))


def _known(fact: Fact, form: str, decimals: int = 0) -> Said:
    return DASH if fact.value is None else show(fact, form, decimals)


def _amount(indicator: Fact, fact: Fact) -> Said:
    return _known(fact, "amount", indicator["decimals"].value)


def _named(indicator: Fact) -> Said:
    unit = say("（{unit}）", unit=show(indicator["measure_unit"])) if indicator["measure_unit"] else say("")
    return show(indicator["name"]) + unit


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


def judged(facts: Fact, entry: Fact) -> tuple[Said, Tone | None]:
    """The level of a reported entry, or the state of one that is not."""
    state = State(entry["state"].value)
    if state is not State.REPORTED:
        return say(STATES[state]), Tone.GREY
    level = marked(facts, entry["level"].value)
    if level is None:
        return (say("未定级") if facts["policy"].value and entry["level"].value is None else DASH), None
    return level


_INDICATOR = _field("指标", Align.LEFT, lambda i, _: _named(i))
_UNIT = _field("单位", Align.LEFT, lambda _, e: show(e["name"]))
_RANK = _field("序号", Align.CENTER, lambda _, e: _known(e["rank"], "count"))
_TARGET = _field("目标", Align.RIGHT, lambda i, e: _amount(i, e["target"]))
_ACTUAL = _field("完成", Align.RIGHT, lambda i, e: _amount(i, e["actual"]))
_COMPLETION = _field("完成率", Align.RIGHT, lambda _, e: _known(e["completion"], "percent", 1))
_EXPECTED = _field("序时进度", Align.RIGHT, lambda _, e: _known(e["expected"], "percent", 1))
_GAP = _field("与序时差距", Align.RIGHT, lambda _, e: _known(e["gap_pp"], "points", 1))
