"""The judgement of one target as of one day: a level, and why this and no other."""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diaodu.rules.standing import Standing


class State(StrEnum):
    """Whether there is anything to judge (数据状态). Data late is never progress late."""

    REPORTED = "reported"  # 已报送
    NOT_REPORTED = "not_reported"  # 未报送: the period's report is overdue
    AWAITED = "awaited"  # 待报送: the period's report is not due yet
    SOURCE_DOWN = "source_down"  # 数据源未供数: a source owes it, no unit
    NO_TARGET = "no_target"  # 不适用: no target set
    NOT_STARTED = "not_started"  # 未开始: before the target's first day


class Reason(StrEnum):
    """Why a verdict is what it is."""

    LEVEL_MATCHED = "level_matched"  # the level's condition holds
    HELD = "held"  # the level of the period before stays: what releases it does not hold yet
    DWELLING = "dwelling"  # the level of the period before stays: it has not lasted its shortest time
    PASSING = "passing"  # the way back leads through this level
    AT_LEAST = "at_least"  # of a unit: this level whatever its missing items will say, and perhaps a graver one
    NO_LEVEL_MATCHED = "no_level_matched"  # a hole in the policy
    NO_POLICY = "no_policy"  # no policy in force
    NOT_REPORTED = "not_reported"
    AWAITED = "awaited"
    SOURCE_DOWN = "source_down"
    NO_TARGET = "no_target"
    NOT_STARTED = "not_started"


WITH_LEVEL = frozenset({Reason.LEVEL_MATCHED, Reason.HELD, Reason.DWELLING, Reason.PASSING, Reason.AT_LEAST})
"""Reasons for having a level."""


def state_of(standing: "Standing") -> State:
    """Whether there is anything to judge; `rules.frame` says the same of a whole frame."""
    if standing.target is None:
        return State.NO_TARGET
    if standing.as_of < standing.start:
        return State.NOT_STARTED
    if standing.actual is not None and _is_recent_enough(standing):
        return State.REPORTED
    if standing.report_due is None or standing.known_on <= standing.report_due:
        return State.AWAITED
    return State.NOT_REPORTED if standing.supplied_by is None else State.SOURCE_DOWN


def _is_recent_enough(standing: "Standing") -> bool:
    if standing.required_as_of is None:
        return True
    return standing.reported_as_of is not None and standing.reported_as_of >= standing.required_as_of
