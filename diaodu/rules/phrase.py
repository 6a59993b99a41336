"""The trade's turns of phrase for numbers, printed half up from exact fractions and never against their own meaning."""

import re
from datetime import date
from fractions import Fraction

from diaodu.rules.quantity import DECIMALS, MICRO, printed
from diaodu.rules.standing import Standing
from diaodu.rules.trajectory import Trajectory

SHARE_DECIMALS = 1
_PERIOD_NAME = re.compile(r"[季年月旬周]")


def day(of: date, as_of: date) -> str:
    """10月31日; with its year where that is not the year spoken about."""
    year = "" if of.year == as_of.year else f"{of.year}年"
    return f"{year}{of.month}月{of.day}日"


def amount(standing: Standing, micro: Fraction | int) -> str:
    """A quantity in the indicator's decimals and measure unit."""
    return f"{printed(Fraction(micro) / MICRO, standing.decimals)}{standing.measure_unit}"


def difference(standing: Standing, micro: Fraction | int) -> str:
    """How far two quantities are apart: of two rates, in percentage points."""
    unit = "个百分点" if standing.measure_unit == "%" else standing.measure_unit
    return f"{printed(abs(Fraction(micro)) / MICRO, standing.decimals)}{unit}"


def percent(share: Fraction) -> str:
    return f"{printed(share * 100, SHARE_DECIMALS)}%"


def prints_as_zero(value: Fraction, decimals: int) -> bool:
    return not printed(abs(value), decimals).strip("0.")


def beside(points: Fraction, yardstick: str) -> str:
    """低于序时进度0.8个百分点 and its kin; `points` above 0 is higher than the yardstick."""
    if points == 0:
        return f"与{yardstick}持平"
    side = "高于" if points > 0 else "低于"
    if prints_as_zero(points, SHARE_DECIMALS):
        return f"略{side}{yardstick}"
    return f"{side}{yardstick}{_unwhole(abs(points))}个百分点"


def _unwhole(points: Fraction) -> str:
    """One decimal, or as many as keep it from looking like the whole number it is not: rules are drawn at those."""
    for decimals in range(SHARE_DECIMALS, DECIMALS + 1):
        text = printed(points, decimals)
        if points.denominator == 1 or Fraction(text).denominator != 1:
            return text
    return printed(points, SHARE_DECIMALS)


def share_of(share: Fraction, whole: str) -> str:
    """完成年度目标的82.5%; never 100.0% of what is not yet done, or not more than done."""
    if share == 1:
        return f"已完成{whole}"
    if percent(share) == percent(Fraction(1)):
        return f"接近完成{whole}" if share < 1 else f"略超{whole}"
    return f"完成{whole}的{percent(share)}{'，已超额完成' if share > 1 else ''}"


def goal(standing: Standing) -> str:
    """年度目标 where the target spans a calendar year."""
    start, due = standing.start, standing.due
    spans_a_year = start.year == due.year and (start.month, start.day) == (1, 1) and (due.month, due.day) == (12, 31)
    return "年度目标" if spans_a_year else "目标任务"


def milestone(name: str) -> str:
    """前三季度计划, but “主体封顶”节点计划."""
    return f"{name}计划" if _PERIOD_NAME.search(name) else f"“{name}”节点计划"


def level(name: str) -> str:
    """亮黄灯, 不亮牌, 列为橙色预警, 研判为正常."""
    if name.startswith("不"):
        return name
    if name.endswith(("灯", "牌")):
        return f"亮{name}"
    return f"列为{name}" if name.endswith(("预警", "单", "级")) else f"研判为{name}"


def is_held_to_target(standing: Standing) -> bool:
    """Whether the day is measured by the whole target, not by a part of the way."""
    return standing.trajectory is Trajectory.FLAT or standing.as_of >= standing.due
