"""A situation as a person would put it: 低于序时进度5个百分点、没有到期未完成的节点 (举例)."""

from collections.abc import Iterable
from fractions import Fraction

from diaodu.rules.measure_family import measure_of
from diaodu.rules.quantity import DECIMALS, printed
from diaodu.rules.truth import Values

_UNITS = {"percentage points": "个百分点", "days": "天", "working days": "个工作日", "months": "个月", "count": "个"}


def described(values: Values, measures: Iterable[str]) -> str:
    """The measures named, in their order."""
    return "、".join(_said(name, values.get(name)) for name in measures)


def _said(name: str, value: Fraction | None) -> str:
    if value is None:
        is_late = name.startswith(("overdue", "months_since"))
        return "没有到期未完成的节点" if is_late else f"{measure_of(name).chinese}无值"
    if name == "gap_pp":
        side = "高于" if value > 0 else "低于"
        return f"{side}序时进度{plainly(abs(value))}个百分点" if value else "与序时进度持平"
    if measure_of(name).unit == "days":
        return f"{measure_of(name).chinese.removesuffix('天数')}{plainly(value)}天"
    if measure_of(name).unit == "share":
        return f"{measure_of(name).chinese}{plainly(value * 100)}%"
    return f"{measure_of(name).chinese}{plainly(value)}{_UNITS.get(measure_of(name).unit, '')}"


def plainly(value: Fraction) -> str:
    """A number with as many decimals as it has."""
    return printed(value, DECIMALS).rstrip("0").rstrip(".") if value.denominator != 1 else str(value.numerator)
