"""What a briefing may say: every number of it, frozen as of one day and one moment, as canonical JSON.

Quantities are whole millionths of their measure unit; shares, percentage points and planned values are exact fractions
written "numerator/denominator". Nothing here is rounded: rounding happens where a fact is printed (`wording`).
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from diaodu.briefing.course_facts import PeriodThen
from diaodu.briefing.open_facts import BlockerList, MilestoneList, WarningFacts
from diaodu.briefing.sheet_facts import Ahead, Promised, Warned
from diaodu.storage.briefing import WarningTally


@dataclass(frozen=True, slots=True)
class Counts:
    """How many targets are in which state, and how those that can be compared stand against 序时.

    `on_schedule_share` and `behind_share` are of those compared.
    """

    targets: int
    reported: int
    not_reported: int
    awaited: int
    no_target: int
    not_started: int
    compared: int
    on_schedule: int
    behind: int
    completed: int
    reported_share: str | None
    on_schedule_share: str | None
    behind_share: str | None
    completed_share: str | None = None


@dataclass(frozen=True, slots=True)
class Since:
    """What is different since the period before, and why (`rules.movement`).

    `change` is what was added to the value; `previous_target` is there where the target was revised, `told` and
    `corrected` where the value told for that period has changed, `level` and `severity` where the level was another.
    """

    causes: tuple[str, ...]
    change: int | None = None
    previous_target: int | None = None
    told: int | None = None
    corrected: int | None = None
    level: str | None = None
    severity: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit on one indicator.

    `value` is the measure the scheme ranks by; `movement` is how far the completion went since the last period, in
    percentage points.
    """

    unit: str
    name: str
    group: str | None
    ranked: bool
    total: bool  # other units' parent: a sum, not somebody's task
    state: str
    reported_as_of: str | None
    target: int | None
    actual: int | None
    planned: str | None
    completion: str | None
    expected: str | None
    gap_pp: str | None
    value: str | None
    movement: str | None
    completed: bool
    rank: int | None
    rank_change: int | None
    level: str | None
    ahead: Ahead | None = None
    late_workdays: int | None = None
    since: Since | None = None
    streak: int | None = None
    """For how many periods on end it has been behind, this one included, as briefings told it."""


@dataclass(frozen=True, slots=True)
class League:
    """The ranked units of one group: how many there are, share the first value, the last one, and are complete."""

    group: str | None
    size: int
    first: int
    last: int
    completed: int


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """One indicator with its units; `expected` is set where all of them share one 序时."""

    code: str
    name: str
    kind: str
    measure_unit: str
    decimals: int
    expected: str | None
    counts: Counts
    entries: tuple[Entry, ...]
    category: str | None = None
    leagues: tuple[League, ...] | None = None


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """One ranked unit over all its indicators."""

    unit: str
    name: str
    targets: int
    compared: int
    on_schedule: int
    behind: int
    not_reported: int
    awaited: int
    on_schedule_share: str | None


@dataclass(frozen=True, slots=True)
class Holder:
    """A unit and how many of its targets have a level."""

    name: str
    targets: int


@dataclass(frozen=True, slots=True)
class LevelFacts:
    """A level of the policy in force, how many targets have it, and whose they are, most of them first."""

    code: str
    name: str
    colour: str
    severity: int
    targets: int
    holders: tuple[Holder, ...]
    publicity: str | None = None  # where the policy has it told
    withheld: bool | None = None  # True where no published briefing may name who has it


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A level for units of the policy in force, and the units that have it, by name."""

    code: str
    name: str
    colour: str
    severity: int
    count: int
    units: tuple[str, ...]
    withheld: bool | None = None


@dataclass(frozen=True, slots=True)
class WholeUnits:
    """Units judged as wholes: by level, how many cannot be judged yet, and their own warnings."""

    levels: tuple[CardFacts, ...]
    waiting: int
    warnings: WarningTally


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit whose numbers came after their deadline: how many, and by how many working days the latest of them."""

    name: str
    targets: int
    workdays: int


@dataclass(frozen=True, slots=True)
class Late:
    """Who reported late; a number that is not there yet is not late but missing."""

    count: int
    units: tuple[LateUnit, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    scheme: str
    issuer: str
    masthead: str
    starts: str
    cadence: str
    as_of: str
    known_at: str
    known_on: str
    required_as_of: str | None
    report_due: str | None
    previous_as_of: str | None
    ranking_measure: str
    tie: str
    trajectories: tuple[str, ...]
    policy: str | None
    units_count: int
    indicators_count: int
    units_not_reported: int
    units_awaited: int
    counts: Counts
    without_level: int
    indicators: tuple[IndicatorFacts, ...]
    units: tuple[UnitFacts, ...]
    levels: tuple[LevelFacts, ...]
    warnings: WarningTally
    late: Late | None = None
    number_prefix: str | None = None
    warned: tuple[Warned, ...] | None = None
    promised: tuple[Promised, ...] | None = None
    unmet: MilestoneList | None = None
    coming: MilestoneList | None = None
    blockers: BlockerList | None = None
    obligations: WarningFacts | None = None
    whole_units: WholeUnits | None = None
    rules_since: str | None = None  # from when other rules judge than the period before was judged by
    earlier: tuple[PeriodThen, ...] | None = None


LATER = frozenset(
    {
        "late", "since", "streak", "leagues", "completed_share", "unmet", "coming", "blockers", "obligations",
        "ahead", "late_workdays", "category", "number_prefix", "warned", "promised", "whole_units", "publicity",
        "withheld", "rules_since", "earlier",
    }
)  # fmt: skip
"""Facts that briefings issued by earlier releases do without; left out where there are none."""


def exact(value: Fraction | None) -> str | None:
    """A fraction as it is stored."""
    return None if value is None else f"{value.numerator}/{value.denominator}"


def canonical(facts: Facts) -> str:
    """The JSON that is stored: sorted keys, no spaces, so that equal facts are equal texts."""
    told = asdict(facts, dict_factory=_there)
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _there(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in pairs if value is not None or name not in LATER}


def digest(text: str) -> str:
    """SHA-256 of the stored JSON."""
    return hashlib.sha256(text.encode()).hexdigest()
