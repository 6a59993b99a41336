"""Whose place changed (位次变化): the place now, the place before, an arrow and the words for it.

The arrows have no tint: in one office red is up, in the next it is a warning.
"""

from diaodu.briefing.document import Align, Cell, Column, Row, Table
from diaodu.briefing.league_table import DASH, fitted
from diaodu.briefing.wording import Fact, Said, is_english, joined, say, show

HEADINGS = ("本期位次", "上期位次", "位次变化", "完成率变化")
NOTE = say("完成率变化单位：百分点")


def movement(facts: Fact) -> tuple[Table, Said] | None:
    """Of one indicator every unit with a place in both periods, of several only who moved; None where nobody did."""
    moves = facts["moves"]
    if not any(move["rank_change"].value for move in moves):
        return None
    several = facts["indicators_count"].value > 1
    told = [move for move in moves if move["rank_change"].value or not several]
    lead = _lead(told, several)
    rows, said = [], [NOTE]
    for move in told:
        names = [show(move[name]) if move[name].value else DASH for name in lead.values()]
        cells = [*names, *_figures(facts, move)]
        rows.append(Row(tuple(Cell(text.text) for text in cells)))
        said += cells
    columns = [*(Column(name, 0, Align.LEFT) for name in lead), *map(Column, HEADINGS)]
    return Table("", fitted(columns, rows), tuple(rows), NOTE.text), joined(said, "|")


def _lead(told: list[Fact], several: bool) -> dict[str, str]:
    """The columns that say whose place it is, and where a move has them."""
    groups = len({move["group"].value for move in told}) > 1
    return ({"指标": "indicator"} if several else {}) | ({"分组": "group"} if groups else {}) | {"单位": "name"}


def _figures(facts: Fact, move: Fact) -> list[Said]:
    went = move["movement"]
    return [
        show(move["rank"], "count"),
        show(move["previous_rank"], "count"),
        _arrow(facts, move["rank_change"]),
        DASH if went.value is None else show(went, "points", 1),
    ]


def _arrow(facts: Fact, change: Fact) -> Said:
    """↑ 上升2位, ↓ 下降1位, — 持平."""
    if not change.value:
        return say("— same") if is_english(facts) else say("— 持平")
    if is_english(facts):
        return say("↑ up {n}" if change.value > 0 else "↓ down {n}", n=show(change, "distance"))
    return say("↑ 上升{n}位" if change.value > 0 else "↓ 下降{n}位", n=show(change, "distance"))
