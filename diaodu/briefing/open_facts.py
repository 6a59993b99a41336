"""Facts of what stands open when a briefing is written: milestones, blockers, and warnings with their clocks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """A milestone of one unit; `planned` in millionths, None where it asks for a deliverable only."""

    unit: str
    unit_name: str
    indicator: str
    indicator_name: str
    name: str
    due: str
    planned: int | None
    measure_unit: str
    decimals: int


@dataclass(frozen=True, slots=True)
class MilestoneList:
    """Milestones by their day: those that come due by `until`, or those that were due by then and are not met."""

    until: str
    count: int
    items: tuple[MilestoneFacts, ...]


@dataclass(frozen=True, slots=True)
class BlockerFacts:
    """A difficulty a unit raises, in its own words."""

    unit: str
    unit_name: str
    indicator: str
    indicator_name: str
    text: str


@dataclass(frozen=True, slots=True)
class BlockerList:
    count: int
    items: tuple[BlockerFacts, ...]


@dataclass(frozen=True, slots=True)
class OpenWarning:
    """A warning that is not settled: what it waits for (`rules.warning_leg`; None while exempted) and until when.

    `workdays`: by how many working days its unit is late, 0 where it is not; `answered`: since the period before the
    unit signed for it, planned or handed in evidence. A unit warned as a whole has no indicator.
    """

    unit: str
    unit_name: str
    indicator: str | None
    indicator_name: str | None
    level: str
    leg: str | None
    due: str | None
    workdays: int
    answered: bool


@dataclass(frozen=True, slots=True)
class WarningFacts:
    """Open warnings, the latest first; counted by what they wait for are those of tasks, `overdue` are all."""

    sign: int
    plan: int
    evidence: int
    verify: int
    exempted: int
    answered: int
    overdue: int
    items: tuple[OpenWarning, ...]
