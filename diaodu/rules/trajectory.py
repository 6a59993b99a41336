"""What should have been reached by a day (序时进度), as an exact share of the way."""

from enum import StrEnum


class Trajectory(StrEnum):
    """How a target is spread over its time (序时方式)."""

    MONTHS = "months"  # 按月均衡: m/12 of the way after m whole months
    DAYS = "days"  # 按日均衡
    STEP = "step"  # 节点阶梯: the last due milestone's planned value
    INTERPOLATED = "interpolated"  # 节点内插: straight lines between milestones
    FLAT = "flat"  # 全期同标: the whole target from the first day (growth rates, levels to hold)
