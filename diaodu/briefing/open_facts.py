"""Facts of what stands open when a briefing is written: milestones, blockers, and warnings with their clocks.

`count` and `units` are of all there are; a text may name fewer.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """A milestone of one unit; `planned` in millionths, None where it asks for a deliverable only."""

    unit: str
    indicator: str
    name: str
    due: str
    planned: int | None
    measure_unit: str
    decimals: int


@dataclass(frozen=True, slots=True)
class MilestoneList:
    """Milestones by their day: those that come due by `until`, or those that were due and are not met."""

    until: str
    count: int
    units: int
    items: tuple[MilestoneFacts, ...]


@dataclass(frozen=True, slots=True)
class BlockerFacts:
    """A difficulty a unit raises, in its own words."""

    unit: str
    indicator: str
    text: str


@dataclass(frozen=True, slots=True)
class BlockerList:
    count: int
    units: int
    items: tuple[BlockerFacts, ...]


@dataclass(frozen=True, slots=True)
class OverdueFacts:
    """A warning whose unit has let a deadline pass: which leg it owes, since when, by how many working days."""

    unit: str
    indicator: str
    level: str
    leg: str
    due: str
    workdays: int


@dataclass(frozen=True, slots=True)
class WarningFacts:
    """Open warnings by what they wait for; `overdue` are those of them whose unit is late, the latest first."""

    sign: int
    plan: int
    evidence: int
    verify: int
    exempted: int
    answered: int  # signed for, planned or evidenced since the period before
    overdue_count: int
    overdue: tuple[OverdueFacts, ...]
