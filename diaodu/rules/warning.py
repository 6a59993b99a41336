"""A warning's life on one screen: an obligation that stays open until its release condition holds (预警)."""

from enum import StrEnum


class WarningState(StrEnum):
    """Where an obligation stands."""

    PROPOSED = "proposed"  # 待审核
    ISSUED = "issued"  # 已发出
    ACKNOWLEDGED = "acknowledged"  # 已签收
    PLANNED = "planned"  # 已报整改计划
    EVIDENCED = "evidenced"  # 已报整改佐证
    VERIFIED = "verified"  # 已核验
    CLOSED = "closed"  # 已销号
    RETURNED = "returned"  # 退回
    EXEMPTED = "exempted"  # 豁免
    WITHDRAWN = "withdrawn"  # 撤回


class Cause(StrEnum):
    """Why a warning moved, or did not (shown to people and stored)."""

    OPENED = "opened"  # a verdict reached a warning level
    UNCHANGED = "unchanged"  # same level as before: nothing new to say
    WORSENED = "worsened"  # a more severe level
    EASED = "eased"  # a less severe level that still warns
    LADDER = "ladder"  # the last notice went unmet by its deadline
    RECOVERED = "recovered"  # the level no longer warns
    DATA_LATE = "data_late"  # no report: neither progress nor recovery can be judged
    NOTHING_TO_JUDGE = "nothing_to_judge"  # no target, or before its first day
    NO_LEVEL = "no_level"  # a hole in the policy leaves the obligation as it was
    BY_PERSON = "by_person"
