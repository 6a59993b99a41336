"""The sentence for a verdict on a whole unit: its items by level, what is missing, and what follows (单位研判说明)."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from diaodu.rules import phrase
from diaodu.rules.explain import KEPT
from diaodu.rules.unit_measure import placed
from diaodu.rules.unit_standing import MISSING, Item, UnitStanding
from diaodu.rules.verdict import Reason, State

MOST_NAMED = 10
"""Items named of one level or kind; of more than these it is said that there are more."""
_MISSING = {State.NOT_REPORTED: "未报送", State.AWAITED: "待报送", State.SOURCE_DOWN: "数据源未供数"}


def explained(standing: UnitStanding, level: str | None, reason: Reason) -> str:
    """目标任务5项，红灯1项（税收）、黄灯2项（投资、就业）、绿灯1项，未报送1项（招商），预警占比75.0%，亮黄牌。"""
    share = standing.as_reported.share_warned
    parts = [f"目标任务{len(standing.items)}项", *_by_level(standing), *_missing(standing)]
    exempt = [item for item in standing.items if item.is_exempt]
    parts += [f"豁免期内不计{_counted(exempt)}"] if exempt else []
    parts += [f"预警占比{phrase.percent(share)}"] if share is not None else []
    rank = placed(share, [peer.share for peer in standing.peers])
    parts += [f"同组{rank.group_size}家中列第{rank.place}位"] if standing.peers and rank.place else []
    return "，".join([*parts, _so(standing, level, reason)]) + "。"


def _by_level(standing: UnitStanding) -> Iterator[str]:
    """The gravest first; items that warn are named."""
    having = [item for item in standing.counted if item.severity is not None]
    having.sort(key=lambda item: -(item.severity or 0))
    groups = [(name, list(items)) for name, items in groupby(having, key=lambda item: item.level)]
    said = [f"{name}{_counted(items, are_named=(items[0].severity or 0) > 0)}" for name, items in groups]
    if said:
        yield "、".join(said)


def _missing(standing: UnitStanding) -> Iterator[str]:
    for state in MISSING:
        items = [item for item in standing.missing if item.state is state]
        if items:
            yield f"{_MISSING[state]}{_counted(items)}"


def _counted(items: list[Item], are_named: bool = True) -> str:
    return f"{len(items)}项（{_named(item.name for item in items)}）" if are_named else f"{len(items)}项"


def _named(names: Iterable[str]) -> str:
    known = list(names)
    return "、".join(known[:MOST_NAMED]) + ("等" if len(known) > MOST_NAMED else "")


def _so(standing: UnitStanding, level: str | None, reason: Reason) -> str:
    missing = len(standing.missing)
    whose = f"数据未齐的{missing}项" if missing else "同组其他单位未齐的数据"
    if level is None:
        return f"{whose}影响结果，暂不研判" if reason.value in MISSING else "未达到任何单位等级"
    if reason is Reason.AT_LEAST:
        return f"{whose}无论结果如何，至少{phrase.level(level)}"
    return KEPT.get(reason, "") + phrase.level(level)
