"""A district's situation to tell: three indicators in two categories, five units in two groups, what stands open."""

from datetime import date
from functools import cache
from typing import Any

from diaodu.briefing.facts import canonical
from diaodu.briefing.gather import gather
from diaodu.rules.quantity import to_micro
from diaodu.rules.standing import Standing
from diaodu.rules.warning import WarningState
from diaodu.storage.promise import Promise
from diaodu.storage.warned import OpenWarning
from tests.briefing.assessments import BUSY, KNOWN_AT, assessed, standing

AS_OF = date(2023, 10, 31)
INDICATORS = (
    ("invest", "固定资产投资", "经济指标", {"measure_unit": "亿元", "decimals": 1}),
    ("parking", "新增停车位", "民生实事", {"measure_unit": "个", "decimals": 0}),
    ("school", "学前教育学位", "民生实事", {"measure_unit": "个", "decimals": 0}),
)
UNITS = (
    ("U0", "高新区", "区直"),
    ("U1", "经开区", "区直"),
    ("U2", "城东街道", "镇街"),
    ("U3", "河口镇", "镇街"),
    ("U4", "双塔乡", "镇街"),
)
DONE: dict[str, tuple[object, ...]] = {
    "invest": (110, 61, 80, "59.04", 104),
    "parking": (100, 79, 115, 93, None),
    "school": (118, 120, 74, 100, None),
}
WARNED = (
    OpenWarning("U3", "invest", "red", 3, WarningState.ISSUED, AS_OF, date(2023, 11, 12), None, ("opened",)),
    OpenWarning("U3", "parking", "yellow", 2, WarningState.PLANNED, date(2023, 9, 30), None, date(2023, 11, 30), ()),
    OpenWarning("U1", "invest", "red", 3, WarningState.PROPOSED, AS_OF, None, None, ("opened",)),
    OpenWarning("U4", "school", "yellow", 2, WarningState.CLOSED, date(2023, 8, 31), None, None, ("closed",)),
)
PROMISES = (
    Promise(4, "三个项目开工", date(2023, 11, 30), to_micro(90)),
    Promise(4, "专班到位", date(2023, 10, 15), to_micro(60)),
    Promise(4, "首付到账", date(2023, 9, 30), to_micro(50)),
)


def standings(**changes: Any) -> list[Standing]:
    """The target is 120 everywhere, 100 of it due by the end of October."""
    rows = []
    for place, (code, name, category, measured) in enumerate(INDICATORS):
        for number, (unit, unit_name, group) in enumerate(UNITS):
            done = DONE[code][number]
            silent = {"reported_as_of": None, "known_on": date(2023, 11, 9)} if done is None else {}
            said = {"indicator": code, "indicator_name": name, "category": category, **measured, **silent, **changes}
            target = {"target_id": place * len(UNITS) + number + 1, "actual": done}
            rows.append(standing(unit=unit, unit_name=unit_name, group=group, **target, **said))
    return rows


@cache
def facts() -> str:
    """The situation as it is stored."""
    judged = assessed(
        standings(),
        name="2023年区重点目标任务",
        masthead="重点目标任务调度简报",
        issuer="某某区考核办公室",
        number_prefix="某考办",
    )
    return canonical(gather(judged, AS_OF, KNOWN_AT, BUSY, {3: 2}, warned=WARNED, promises=PROMISES))
