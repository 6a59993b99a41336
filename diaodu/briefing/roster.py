"""The units of a briefing, each over all its tasks: how they stand, who reported late, and whose the levels are."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from diaodu.briefing.facts import CardFacts, Holder, Late, LateUnit, LevelFacts, UnitFacts, WholeUnits
from diaodu.briefing.tally import Line, by, counts, level_of
from diaodu.rules.level import Policy
from diaodu.rules.unit_verdict import UnitVerdict
from diaodu.rules.verdict import State
from diaodu.storage.briefing import WarningTally


def units(counted: list[Line]) -> tuple[UnitFacts, ...]:
    """Every unit that is assessed."""
    made = []
    for code, own in by("unit", counted).items():
        own_counts = counts(own)
        made.append(
            UnitFacts(
                unit=code,
                name=own[0].standing.unit_name,
                targets=own_counts.targets,
                compared=own_counts.compared,
                on_schedule=own_counts.on_schedule,
                behind=own_counts.behind,
                not_reported=own_counts.not_reported,
                awaited=own_counts.awaited,
                on_schedule_share=own_counts.on_schedule_share,
            )
        )
    return tuple(made)


def late(counted: list[Line], workdays_late: Mapping[int, int]) -> Late | None:
    """Units whose reports came late, the latest first."""
    came = [line for line in counted if line.state is State.REPORTED and line.standing.target_id in workdays_late]
    units = []
    for own in by("unit", came).values():
        workdays = max(workdays_late[line.standing.target_id] for line in own)
        units.append(LateUnit(own[0].standing.unit_name, len(own), workdays))
    units.sort(key=lambda unit: -unit.workdays)
    return Late(len(units), tuple(units)) if units else None


def levels(policy: Policy | None, counted: list[Line]) -> tuple[LevelFacts, ...]:
    """Every level of the policy, with whose tasks have it, most of them first."""
    held: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    for line in counted:
        held[level_of(line)][line.standing.unit_name] += 1
    return tuple(
        LevelFacts(
            code=level.code,
            name=level.name,
            colour=level.colour,
            severity=level.severity,
            targets=held[level.code].total(),
            holders=tuple(Holder(name, targets) for name, targets in held[level.code].most_common()),
            publicity=level.duty.publicity,
            withheld=None if policy is None or policy.is_public(level) else True,
        )
        for level in (policy.levels if policy else ())
    )


def whole_units(
    policy: Policy | None, judged: tuple[UnitVerdict, ...], warnings: WarningTally | None
) -> WholeUnits | None:
    """Left out where the policy has no levels for units and none of them was ever warned."""
    levels = policy.unit_levels if policy else ()
    if warnings is None or not (levels or warnings.open or warnings.proposed or warnings.closed):
        return None
    cards = []
    for level in levels:
        names = tuple(unit.standing.unit_name for unit in judged if unit.level == level)
        hidden = None if policy is None or policy.for_units.is_public(level) else True
        cards.append(CardFacts(level.code, level.name, level.colour, level.severity, len(names), names, hidden))
    return WholeUnits(tuple(cards), sum(unit.state is not State.REPORTED for unit in judged), warnings)
