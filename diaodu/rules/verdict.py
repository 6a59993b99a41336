"""The judgement of one target as of one day: a level, and why this and no other."""

from enum import StrEnum


class State(StrEnum):
    """Whether there is anything to judge (数据状态). Data late is never progress late."""

    REPORTED = "reported"  # 已报送
    NOT_REPORTED = "not_reported"  # 未报送: the period's report is overdue
    AWAITED = "awaited"  # 待报送: the period's report is not due yet
    NO_TARGET = "no_target"  # 不适用: no target set
    NOT_STARTED = "not_started"  # 未开始: before the target's first day


class Reason(StrEnum):
    """Why a verdict is what it is."""

    LEVEL_MATCHED = "level_matched"  # the level's condition holds
    NO_LEVEL_MATCHED = "no_level_matched"  # a hole in the policy
    NOT_REPORTED = "not_reported"
    AWAITED = "awaited"
    NO_TARGET = "no_target"
    NOT_STARTED = "not_started"
