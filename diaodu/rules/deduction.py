"""What a warning costs its unit: the points of the gravest level it was told of, and nothing once withdrawn (扣分)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class DeductionReason(StrEnum):
    """Why points were deducted, or given back."""

    ISSUED = "issued"  # 发出: the unit was told of a level that costs points
    RAISED = "raised"  # 升级补扣: of a graver one, so much more
    WITHDRAWN = "withdrawn"  # 撤回返还: the warning was withdrawn


@dataclass(frozen=True, slots=True)
class Charge:
    """Millionths of a point, below 0 when given back."""

    points: int
    reason: DeductionReason


def charged(points: int | None, before: Iterable[int]) -> Charge | None:
    """What being told of a level costs, after what the same warning has cost; None where it costs no more."""
    so_far = sum(before)
    if points is None or points <= so_far:
        return None
    return Charge(points - so_far, DeductionReason.RAISED if so_far else DeductionReason.ISSUED)


def given_back(before: Iterable[int]) -> Charge | None:
    """What a withdrawn warning gives back: all it has cost."""
    so_far = sum(before)
    return Charge(-so_far, DeductionReason.WITHDRAWN) if so_far else None
