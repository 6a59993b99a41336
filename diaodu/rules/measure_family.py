"""Measures of history and of whole units, some with numbers in brackets: `lag_streak(2)`, `items_from(2)` (测度族)."""

import re
from dataclasses import dataclass
from functools import cache

from diaodu.rules.catalogue import MEASURES, Measure

SEVERITY, PERIODS = "轻重", "期数"
MOST = 99
NEVER = "从不"
_CALL = re.compile(r"([a-z_]+)(?:\((\d+)(?:, (\d+))?\))?")


@dataclass(frozen=True, slots=True)
class Family:
    """A measure, or one for each choice of `parameters`; without brackets the severity is 1, any warning."""

    name: str
    chinese: str  # with {0} and {1} for the numbers
    unit: str
    meaning: str
    empty: str = NEVER
    parameters: tuple[str, ...] = ()
    must_say: bool = False  # the numbers cannot be left out

    @property
    def written(self) -> str:
        """As the manual shows it."""
        if not self.parameters:
            return self.name
        names = {SEVERITY: "s", PERIODS: "n"}
        return f"{self.name}({', '.join(names[p] for p in self.parameters)})"


_EARLIER = "不含本期；未报送的期次跳过不计"
HISTORY = {
    family.name: family
    for family in (
        Family(
            "lag_streak",
            "此前连续{0}级以上期数",
            "count",
            f"本期以前连续多少期的等级轻重不低于 s，{_EARLIER}，既不续也不断",
            parameters=(SEVERITY,),
        ),
        Family(
            "level_count_q",
            "本季此前{0}级以上期数",
            "count",
            f"本季度以前各期中轻重不低于 s 的期数，{_EARLIER}",
            parameters=(SEVERITY,),
        ),
        Family(
            "level_count_y",
            "本年此前{0}级以上期数",
            "count",
            f"本年度以前各期中轻重不低于 s 的期数，{_EARLIER}",
            parameters=(SEVERITY,),
        ),
        Family(
            "level_count_n",
            "前{1}期中{0}级以上期数",
            "count",
            f"最近 n 个有数据的期次中轻重不低于 s 的期数，{_EARLIER}",
            parameters=(SEVERITY, PERIODS),
            must_say=True,
        ),
        Family("worst_q", "本季此前最重等级", "severity", f"本季度以前各期等级轻重的最大值，{_EARLIER}", "没有"),
        Family("worst_y", "本年此前最重等级", "severity", f"本年度以前各期等级轻重的最大值，{_EARLIER}", "没有"),
        Family(
            "previous_severity", "上期等级轻重", "severity", "上一个有数据的期次的等级轻重", "没有上期，或上期无等级"
        ),
        Family("judgement", "人工研判", "severity", "截至日有效的最新一次人工研判的轻重", "没有人工研判"),
        Family("flag", "外部情形数", "count", "截至日有效的外部情形（通报、曝光、质量差等）条数"),
        Family("month", "月份", "month", "截至日的月份，1至12；季末为 month IN (3, 6, 9, 12)"),
    )
}
"""What a target's condition may ask besides `MEASURES`: earlier verdicts, as known then, and the calendar."""

_NONE_JUDGED = "没有一项有等级"
UNIT = {
    family.name: family
    for family in (
        Family("items_all", "目标任务数", "count", "已下达且已开始的目标任务数"),
        Family("items", "有等级任务数", "count", "其中本期有等级的项数；豁免期内的项不计，下同"),
        Family("items_not_reported", "未报送任务数", "count", "其中逾期未报送的项数"),
        Family("items_warned", "预警任务数", "count", "等级轻重大于0的项数"),
        Family("items_at", "等级为{0}的任务数", "count", "等级轻重正好为 s 的项数", parameters=(SEVERITY,)),
        Family("items_from", "{0}级以上任务数", "count", "等级轻重不低于 s 的项数", parameters=(SEVERITY,)),
        Family("share_warned", "预警任务占比", "share", "预警任务数÷有等级任务数", _NONE_JUDGED),
        Family(
            "share_from",
            "{0}级以上任务占比",
            "share",
            "等级轻重不低于 s 的项数÷有等级任务数",
            _NONE_JUDGED,
            parameters=(SEVERITY,),
        ),
        Family("worst", "最重等级", "severity", "各项等级轻重的最大值", _NONE_JUDGED),
        Family(
            "unit_rank", "单位位次", "rank", "同组单位按预警任务占比由低到高的名次，并列同名次，1为最好", _NONE_JUDGED
        ),
        Family("unit_rank_from_bottom", "单位倒数位次", "rank", "同组单位的倒数名次，1为最差", _NONE_JUDGED),
        Family("unit_group_size", "参排单位总数", "count", "同组内有单位位次的单位数", _NONE_JUDGED),
    )
}
"""What a unit's condition may ask of the levels of all its items."""

OF_TARGETS_ONLY = frozenset({"judgement", "flag"})
UNIT_HISTORY = {name: family for name, family in HISTORY.items() if name not in OF_TARGETS_ONLY}
"""What a unit's condition may ask of the unit's own earlier verdicts."""

EVERY = HISTORY | UNIT


def call(name: str) -> tuple[Family, tuple[int, ...]]:
    """The family a measure is of, and its numbers. KeyError for a name that is none."""
    found = _CALL.fullmatch(name)
    family = EVERY[found[1] if found else name]
    given = tuple(int(n) for n in found.groups()[1:] if n is not None) if found else ()
    return family, given or (1,) * len(family.parameters)


def spelled(written: str) -> str:
    """The name of a measure as it may be written: lag_streak( 2 ) is lag_streak(2), lag_streak() is lag_streak."""
    name, _, numbers = written.lower().replace(" ", "").rstrip(")").partition("(")
    return f"{name}({numbers.replace(',', ', ')})" if numbers else name


@cache
def measure_of(name: str) -> Measure:
    """What is known of a measure by the name it has in conditions and frames. KeyError for a name that is none."""
    if name in MEASURES:
        return MEASURES[name]
    family, numbers = call(name)
    return Measure(
        name,
        family.chinese.format(*numbers),
        family.unit,
        family.meaning,
        family.empty,
        always=True,
        whole=family.unit != "share",
    )
