"""The attachments a briefing may have (附件): tables and charts by name, each with its title."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from diaodu.briefing.bars import bars
from diaodu.briefing.document import Block
from diaodu.briefing.highlights import are_few
from diaodu.briefing.league_table import full_table, league_table
from diaodu.briefing.wording import Fact, Said, say, show

Told = tuple[Block, Said]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One attachment: its title and what is on it. What `joins` goes below the table of a briefing that has but one."""

    title: Said
    parts: tuple[Told, ...]
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Exhibit:
    name: str
    meaning: str
    make: Callable[[Fact], list[Sheet]]


def sheets(facts: Fact, names: tuple[str, ...]) -> list[Sheet]:
    """The attachments of these names, without those the facts give nothing for."""
    made = [sheet for name in names for sheet in EXHIBITS[name].make(facts)]
    if len(made) == 2 and made[1].joins:
        return [Sheet(made[0].title, made[0].parts + made[1].parts)]
    return made


def _league(facts: Fact) -> list[Sheet]:
    """A table for each indicator, or one for very many."""
    if not are_few(facts):
        return [Sheet(say("各项指标完成情况表"), (full_table(facts),))]
    return [Sheet(say("{name}情况表", name=show(i["name"])), (league_table(facts, i),)) for i in facts["indicators"]]


def _bars(facts: Fact) -> list[Sheet]:
    drawn = bars(facts)
    return [Sheet(say("{caption}图", caption=say(drawn[0].caption)), (drawn,), joins=True)] if drawn else []


EXHIBITS: Mapping[str, Exhibit] = {
    "league": Exhibit(
        "完成情况表", "逐项指标列各单位的序号、目标、完成、差距、位次变化、研判；指标很多时合成一张", _league
    ),
    "bars": Exhibit("排序图", "各单位由高到低的条形图和序时线；只有一张表时排在表下", _bars),
}
