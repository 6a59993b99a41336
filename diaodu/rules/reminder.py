"""催报: when a unit is reminded of what it owes, and from when on those above it hear of it."""

from dataclasses import dataclass
from enum import StrEnum

from diaodu.rules.access import Role


class Leg(StrEnum):
    """Whose turn it is in a period."""

    UNIT = "unit"  # 单位报送
    LEAD = "lead"  # 牵头单位核对


class ReminderOutcome(StrEnum):
    """What became of a step of the ladder that came due."""

    SENT = "sent"  # 已提醒
    MERGED = "merged"  # 并入下一次: several came due at once, and one message went out
    DEFERRED = "deferred"  # 延后: the week's messages to the unit were used up


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder: so many working days from the deadline (before it when negative), to whom.

    `repeats`: again on every working day after it.
    """

    offset: int
    to: Role = Role.REPORTER
    repeats: bool = False
