"""When numbers are collected: the days periods end on, and the days their reports are owed."""

from enum import StrEnum


class Cadence(StrEnum):
    """How often a period ends (报送周期)."""

    WEEKLY = "weekly"
    TEN_DAYS = "ten_days"  # 旬
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class RestDay(StrEnum):
    """Where a deadline on a rest day goes (遇休息日)."""

    BEFORE = "before"
    AFTER = "after"
    STAYS = "stays"
