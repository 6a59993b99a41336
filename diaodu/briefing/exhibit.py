"""The attachments a briefing may have (附件): tables and charts by name, each with its title."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from diaodu.briefing.bars import bars, bars_table
from diaodu.briefing.category import category_table
from diaodu.briefing.document import Block, Picture, Table
from diaodu.briefing.heat_map import heat_map, lies
from diaodu.briefing.league_table import full_table, league_table, leaving_room
from diaodu.briefing.movement_table import movement
from diaodu.briefing.own_table import own_table
from diaodu.briefing.salience import are_few
from diaodu.briefing.supervision import supervision
from diaodu.briefing.trend import trends
from diaodu.briefing.wording import Fact, Said, joined, say, show
from diaodu.rules.distribution import Edition

Told = tuple[Block, Said]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One attachment: its title and what is on it. The chart of one that `joins` goes below the table of one indicator.

    `landscape`: it is too wide for an upright page. `english`: its title in the English edition, where it has one.
    """

    title: Said
    parts: tuple[Told, ...]
    joins: bool = False
    landscape: bool = False
    english: str = ""


@dataclass(frozen=True, slots=True)
class Exhibit:
    name: str
    meaning: str
    make: Callable[[Fact], list[Sheet]]
    edition: Edition = Edition.FULL


def sheets(facts: Fact, names: tuple[str, ...]) -> list[Sheet]:
    """The attachments of these names, without those the facts give nothing for."""
    made: list[Sheet] = []
    has_table = names[:1] == ("league",) and facts["indicators_count"].value == 1
    for sheet in (sheet for name in names for sheet in EXHIBITS[name].make(facts)):
        if sheet.joins and has_table and len(made) == 1:
            made[0] = replace(made[0], parts=made[0].parts + sheet.parts[:1])
        else:
            made.append(sheet)
    return made


def in_text(facts: Fact, names: tuple[str, ...]) -> list[Told]:
    """The same tables and charts in the text: a table under its title, below a chart without one."""
    return [_captioned(sheet, *part) for sheet in sheets(facts, names) for part in sheet.parts]


def _captioned(sheet: Sheet, block: Block, said: Said) -> Told:
    if isinstance(block, Table) and sheet.landscape:
        block = replace(block, columns=leaving_room(block.columns))
    if isinstance(block, Table) and not isinstance(sheet.parts[0][0], Picture):
        return replace(block, caption=sheet.title.text), joined([sheet.title, said], "|")
    return block, said


def _league(facts: Fact) -> list[Sheet]:
    """A table for each indicator, or one for very many."""
    if not are_few(facts):
        return [Sheet(say("各项指标完成情况表"), (full_table(facts),), landscape=True)]
    return [Sheet(say("{name}情况表", name=show(i["name"])), (league_table(facts, i),)) for i in facts["indicators"]]


def _bars(facts: Fact) -> list[Sheet]:
    drawn = bars(facts)
    if drawn is None:
        return []
    caption = drawn[0].caption
    return [Sheet(say("{caption}图", caption=say(caption)), (drawn, bars_table(facts)), joins=True)]


def _trend(facts: Fact) -> list[Sheet]:
    """All curves on one sheet, each with its table below."""
    parts = tuple(part for pair in trends(facts) for part in pair)
    return [Sheet(say("完成率走势图"), parts, english="Completion by period")] if parts else []


def _titled(title: str, made: Told | None, landscape: bool = False, english: str = "") -> list[Sheet]:
    return [Sheet(say(title), (made,), landscape=landscape, english=english)] if made else []


EXHIBITS: Mapping[str, Exhibit] = {
    "league": Exhibit(
        "完成情况表", "逐项指标列各单位的序号、目标、完成、差距、位次变化、研判；指标很多时合成一张", _league
    ),
    "bars": Exhibit(
        "排序图", "各单位由高到低的条形图和序时线，下附同样数据的表；只有一张情况表时排在表下，不再附表", _bars
    ),
    "heat_map": Exhibit(
        "历期情况表",
        "每个单位一行、每期一列（最多十二期），格里写当期最重的等级，不能研判的写达序时、未达序时、未报送；"
        "要有上期简报才有，专题里不出",
        lambda f: _titled("各责任单位历期情况表", heat_map(f), lies(f), "Units period by period"),
    ),
    "trend": Exhibit(
        "完成率走势图",
        "逐项指标的合计（没有合计行的，只有一个单位才画）历期完成率对序时进度的折线，下附表；"
        "要有上期简报才有，指标很多时不出",
        _trend,
    ),
    "movement": Exhibit(
        "位次变化表",
        "逐个单位列本期位次、上期位次和升降（↑↓—，附文字）、完成率变化；几项指标的只列有升降的，都没有升降的不出",
        lambda f: _titled("位次变化表", movement(f), english="Whose place changed"),
    ),
    "by_category": Exhibit(
        "分类情况表",
        "每个类别一行：任务、已报送、达序时、未达序时、占比",
        lambda f: _titled("分类情况表", category_table(f)),
    ),
    "supervision": Exhibit(
        "预警督办情况表",
        "未销号和本期有变动的预警，逐件列等级、状态、期限",
        lambda f: _titled("预警督办情况表", supervision(f)),
    ),
    "own_tasks": Exhibit(
        "本单位任务表",
        "一个单位的各项任务：完成、差距、位次、下一步应达和还需",
        lambda f: _titled("任务完成情况表", own_table(f)),
        Edition.UNIT,
    ),
}
