"""The measures: what each number means, and its exact value for one target (测度)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One column policies may speak of."""

    name: str
    chinese: str
    unit: str  # "percentage points", "share", "days", "working days", "months", "count", "measure unit", "rank"
    meaning: str
