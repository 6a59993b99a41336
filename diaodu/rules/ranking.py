"""Who stands where inside a group, on unrounded values (排名)."""

from enum import StrEnum


class TiePolicy(StrEnum):
    """What equal values do to the numbers (并列规则)."""

    ORDINAL = "ordinal"  # 1 2 3 4: numbered on, as most published tables do
    DENSE = "dense"  # 1 1 2 3
    COMPETITION = "competition"  # 1 1 3 4
