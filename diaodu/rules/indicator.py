"""What an indicator can be: its kind, its direction, and how units add up."""

from enum import StrEnum


class Kind(StrEnum):
    """What the number is (指标类型)."""

    CUMULATIVE = "cumulative"  # 累计量
    LEVEL = "level"  # 时点量
    GROWTH = "growth"  # 增速, in per cent
    RATIO = "ratio"  # 比率, in per cent
    COUNT = "count"  # 个数
    RANK = "rank"  # 位次
    DELIVERABLE = "deliverable"  # 节点成果: the value is the number of milestones done


class Direction(StrEnum):
    """Which way is better (指标方向)."""

    HIGHER = "higher"  # 正向
    LOWER = "lower"  # 逆向
    BAND = "band"  # 区间: between `target` and `upper`


class RollUp(StrEnum):
    """How the units of one indicator make a total (汇总方式)."""

    SUM = "sum"
    MEAN = "mean"
    LATEST = "latest"
    NONE = "none"
