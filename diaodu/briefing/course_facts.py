"""How a period stood when its briefing told it: what the course of a year (历期走势) is drawn from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnitThen:
    """One unit over all its targets.

    `level` is the name of the worst level it has, `at_level` how many of its targets have it, `worse` how many levels
    the policy had above it; all are None where nobody may be told who has the worst one.
    """

    unit: str
    name: str
    compared: int
    behind: int
    not_reported: int
    awaited: int
    level: str | None = None
    severity: int | None = None
    colour: str | None = None
    worse: int | None = None
    at_level: int | None = None


@dataclass(frozen=True, slots=True)
class TotalThen:
    """An indicator as a whole: of the row that adds its units up, or of its only unit."""

    indicator: str
    completion: str | None
    expected: str | None
    gap_pp: str | None


@dataclass(frozen=True, slots=True)
class PeriodThen:
    as_of: str
    units: tuple[UnitThen, ...]
    totals: tuple[TotalThen, ...]
