"""What is to be said of a whole unit: the level its items' levels lead to, and why (单位研判).

What is missing (not reported, not due yet, owed by a source) is never taken for fine: the rules are tried with the
missing items left out and with all of them at each level in turn. What holds whichever way is the verdict; of what
does not, the mildest warning that is sure in any case.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from diaodu.rules.condition import Condition
from diaodu.rules.hold import held
from diaodu.rules.level import Level, Policy, Scope
from diaodu.rules.truth import Values, truth
from diaodu.rules.unit_explain import explained
from diaodu.rules.unit_measure import placed, unit_values
from diaodu.rules.unit_standing import MISSING, UnitStanding
from diaodu.rules.verdict import Reason, State

COUNTED = ("items_all", "items", "items_not_reported", "items_warned", "share_warned", "unit_rank", "unit_group_size")
"""Measures shown of every unit."""
Conditions = Mapping[Level, Condition]


@dataclass(frozen=True, slots=True)
class Supposed:
    """What would be said if the missing items were all of the level named; without one, as it was reported.

    `is_others`: what is missing of other units is supposed as well, at its best or worst.
    """

    item_level: str | None
    is_others: bool
    values: Values
    level: Level | None


@dataclass(frozen=True, slots=True)
class UnitVerdict:
    """One unit as of one day. `supposed` begins with what was reported."""

    standing: UnitStanding
    supposed: tuple[Supposed, ...]
    reason: Reason
    level: Level | None
    explanation: str

    @property
    def values(self) -> Values:
        """The measures its conditions speak of, and the usual ones, of what was reported."""
        return self.supposed[0].values

    @property
    def state(self) -> State:
        """Whether enough is there to be judged; else what it waits for."""
        return State(self.reason.value) if self.reason.value in MISSING else State.REPORTED


def judge_units(standings: Sequence[UnitStanding], policy: Policy) -> list[UnitVerdict]:
    """The verdict on each; `standings` have peers and history where `policy.unit_levels` ask for them.

    A unit none of whose items has a level can be warned (of what it did not report), but is never fine, unless all of
    them are exempt.
    """
    levels = policy.unit_levels
    conditions = {level: Condition.parse(level.when, Scope.UNIT) for level in levels if level.when}
    tried = [tuple(_supposed(one, conditions, policy)) for one in standings]
    sure = [_sure(one, supposed) for one, supposed in zip(standings, tried, strict=True)]
    kept = _kept(standings, levels, tried, sure)
    return [
        UnitVerdict(one, supposed, reason, level, explained(one, level.name if level else None, reason))
        for one, supposed, (level, reason) in zip(standings, tried, kept, strict=True)
    ]


def ranks_units(policy: Policy) -> bool:
    """Whether any of its levels for units asks how the others of the group stand."""
    named = {
        n
        for level in policy.unit_levels
        for text in level.conditions
        for n in Condition.parse(text, Scope.UNIT).measures
    }
    return bool(named & {"unit_rank", "unit_rank_from_bottom", "unit_group_size"})


def _supposed(one: UnitStanding, conditions: Conditions, policy: Policy) -> Iterator[Supposed]:
    """As reported first; then with what is missing at each level of items, where anything is missing."""
    named = dict.fromkeys((*COUNTED, *sorted({n for c in conditions.values() for n in c.measures})))
    until = {
        n for level in policy.unit_levels if level.until for n in Condition.parse(level.until, Scope.UNIT).measures
    }
    names = (*named, *sorted(until - named.keys()))
    reported = [peer.share for peer in one.peers]
    others = [reported, *([p.least for p in one.peers], [p.most for p in one.peers])]
    others = [each for n, each in enumerate(others) if each not in others[:n]]
    missing = [(level.name, one.supposing(level.severity)) for level in policy.levels] if one.missing else []
    for item_level, items in [(None, one.as_reported), *missing]:
        for peers in others:
            values = unit_values(items, placed(items.share_warned, peers), names, one.history)
            fits = (level for level, condition in conditions.items() if truth(condition.tree, values))
            may_be_fine = bool(items.severities) or not one.counted
            level = next((level for level in fits if level.severity > 0 or may_be_fine), None)
            yield Supposed(item_level, peers is not reported, values, level)


def _sure(one: UnitStanding, supposed: Sequence[Supposed]) -> tuple[Level | None, Reason]:
    """What holds whichever way, or at least; else what it waits for."""
    found = [each.level for each in supposed]
    if all(level is found[0] for level in found):
        if found[0] is not None:
            return found[0], Reason.LEVEL_MATCHED
        return None, _waits_for(one) if one.missing and not one.as_reported.severities else Reason.NO_LEVEL_MATCHED
    mildest = min(found, key=lambda level: level.severity if level else 0)
    if mildest is not None and mildest.severity > 0:
        return mildest, Reason.AT_LEAST
    return None, _waits_for(one)


def _waits_for(one: UnitStanding) -> Reason:
    """Its own missing reports come first; else those of its peers are awaited."""
    states = {item.state for item in one.missing}
    return Reason(next((state for state in MISSING if state in states), State.AWAITED).value)


def _kept(
    standings: Sequence[UnitStanding],
    levels: tuple[Level, ...],
    tried: Sequence[Sequence[Supposed]],
    sure: Sequence[tuple[Level | None, Reason]],
) -> list[tuple[Level | None, Reason]]:
    """As the level of the period before lets it be (`rules.hold`); what is missing does not release."""
    if not any(level.is_held for level in levels):
        return list(sure)
    waits = [reason.value in MISSING for _, reason in sure]
    columns = {
        "state": [State.NOT_REPORTED.value if silent else State.REPORTED.value for silent in waits],
        "previous_level": [one.previous_level for one in standings],
        "previous_run": [one.previous_run for one in standings],
    }
    kinds = {"state": pl.String, "previous_level": pl.String, "previous_run": pl.Int64}
    chosen = pl.Series([None if level is None else levels.index(level) for level, _ in sure], dtype=pl.UInt32)

    def released(level: Level, among: pl.Series) -> pl.Series:
        assert level.until is not None
        tree = Condition.parse(level.until, Scope.UNIT).tree
        holds = [all(truth(tree, each.values) for each in supposed) for supposed in tried]
        return pl.Series(holds, dtype=pl.Boolean) & among

    places, why = held(pl.DataFrame(columns, schema=kinds), levels, chosen, released)
    return [
        (None if place is None else levels[place], reason if kept is None else Reason(kept))
        for place, kept, (_, reason) in zip(places, why, sure, strict=True)
    ]
