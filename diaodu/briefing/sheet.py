"""One unit's part of the stored facts (结果反馈): its tasks with their ranks and what lies ahead, and what it owes."""

from collections import Counter
from fractions import Fraction

from diaodu.briefing.narrowing import NotTold, Stored, counts


class NoSuchUnit(NotTold):
    """The facts say nothing of this unit."""


def sheet(facts: Stored, unit: str) -> Stored:
    """What the facts say of one unit, by its code; of others only how many they are. Raises NoSuchUnit."""
    tasks = [_task(one, entry) for one in facts["indicators"] for entry in one["entries"] if entry["unit"] == unit]
    if not tasks:
        raise NoSuchUnit(f"本期没有单位“{unit}”的数据")
    return {
        "unit": unit,
        "name": tasks[0]["name"],
        "tasks": tasks,
        "counts": counts(tasks),
        "gaps": sorted((task for task in tasks if _lags(task)), key=lambda task: Fraction(task["gap_pp"])),
        "warned": [one for one in facts["warned"] if one["unit"] == unit],
        "promised": [
            one | _about(facts, one["indicator"]) for one in facts.get("promised") or () if one["unit"] == unit
        ],
    }


def _task(indicator: Stored, entry: Stored) -> Stored:
    """An entry with what its indicator says, and how many were ranked beside it."""
    sizes = Counter(other["group"] for other in indicator["entries"] if other["rank"])
    about = {name: indicator[name] for name in ("code", "kind", "measure_unit", "decimals")}
    size = sizes[entry["group"]] if entry["rank"] else None
    return about | entry | {"indicator_name": indicator["name"], "group_size": size}


def _lags(task: Stored) -> bool:
    return task["gap_pp"] is not None and Fraction(task["gap_pp"]) < 0


def _about(facts: Stored, code: str) -> Stored:
    one = next(one for one in facts["indicators"] if one["code"] == code)
    return {"indicator_name": one["name"], "measure_unit": one["measure_unit"], "decimals": one["decimals"]}
