"""数据不一致: two sources give two numbers for the same target and day; which one holds, or who is asked."""

from enum import StrEnum


class Settlement(StrEnum):
    """How a discrepancy ended."""

    KEPT = "kept"  # 维持原数
    REPLACED = "replaced"  # 改用新数
