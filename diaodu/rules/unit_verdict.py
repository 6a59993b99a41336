"""What is to be said of a whole unit: the level its items' levels lead to, and why (单位研判)."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from diaodu.rules import phrase
from diaodu.rules.condition import Condition
from diaodu.rules.level import Level, Policy, Scope
from diaodu.rules.truth import Values, truth
from diaodu.rules.unit_measure import Items, Rank, ranks, unit_values
from diaodu.rules.verdict import Reason, State

_COUNTED = ("items_all", "items", "items_not_reported", "items_warned", "share_warned", "unit_rank", "unit_group_size")


@dataclass(frozen=True, slots=True)
class UnitVerdict:
    """One unit as of one day. `values` are the measures its conditions speak of, and the usual ones."""

    unit: str
    unit_name: str
    group: str | None
    values: Values
    reason: Reason
    level: Level | None
    explanation: str


def judge_units(judged: pl.DataFrame, policy: Policy) -> list[UnitVerdict]:
    """Every unit with targets in a judged frame, in its order; none where the policy has no levels for units.

    A unit none of whose items has a level can be warned (of what it did not report), but is never fine.
    """
    if not policy.unit_levels:
        return []
    started = judged.filter(pl.col("state").is_in([State.NO_TARGET.value, State.NOT_STARTED.value]).not_())
    units = [(key[0], part) for key, part in started.group_by("unit", maintain_order=True)]
    items = {str(unit): _items(part) for unit, part in units}
    groups = {str(unit): part["group"][0] for unit, part in units}
    placed = ranks({unit: each.share_warned for unit, each in items.items()}, groups)
    return [
        _judged(str(unit), part["unit_name"][0], groups[str(unit)], items[str(unit)], placed[str(unit)], part, policy)
        for unit, part in units
    ]


def _items(part: pl.DataFrame) -> Items:
    silent = int((part["state"] == State.NOT_REPORTED.value).sum())
    return Items(part.height, silent, tuple(part["severity"].drop_nulls().to_list()))


def _judged(
    unit: str, name: str, group: str | None, items: Items, rank: Rank, part: pl.DataFrame, policy: Policy
) -> UnitVerdict:
    conditions = {level: Condition.parse(level.when, Scope.UNIT) for level in policy.unit_levels if level.when}
    named = {name for condition in conditions.values() for name in condition.measures}
    values = unit_values(items, rank, dict.fromkeys((*_COUNTED, *sorted(named))))
    fits = (level for level, condition in conditions.items() if truth(condition.tree, values))
    level = next((level for level in fits if level.severity > 0 or items.severities), None)
    reason = Reason.LEVEL_MATCHED if level else Reason.NO_LEVEL_MATCHED if items.severities else _silence(items)
    return UnitVerdict(unit, name, group, values, reason, level, _explained(items, part, level))


def _silence(items: Items) -> Reason:
    return Reason.NOT_REPORTED if items.not_reported else Reason.AWAITED


def _explained(items: Items, part: pl.DataFrame, level: Level | None) -> str:
    """目标任务5项，红灯1项、黄灯2项、绿灯1项，未报送1项，预警占比75.0%，亮黄牌。"""
    counts = Counter(part.sort("severity", descending=True, nulls_last=True)["level_name"].drop_nulls().to_list())
    parts = [f"目标任务{items.total}项"]
    parts += ["、".join(f"{name}{number}项" for name, number in counts.items())] if counts else []
    parts += [f"未报送{items.not_reported}项"] if items.not_reported else []
    share = items.share_warned
    parts += [f"预警占比{phrase.percent(Fraction(share))}"] if share is not None else []
    parts.append(phrase.level(level.name) if level else "未达到任何单位等级")
    return "，".join(parts) + "。"
