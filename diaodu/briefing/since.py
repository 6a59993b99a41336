"""What is different since the period before, target by target: from its briefing's facts and from the standing."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from diaodu.briefing.facts import Since
from diaodu.briefing.tally import Line
from diaodu.rules.movement import MovementCause, causes
from diaodu.rules.verdict import State


class Told(NamedTuple):
    """What the briefing on the period before told of one target."""

    actual: int | None
    behind: bool
    streak: int
    level: str | None  # its name
    severity: int


Before = Mapping[tuple[str, str], Told]
"""By indicator's and unit's code."""


def told_before(stored: str | None) -> Before:
    """What stored facts tell of every target."""
    if stored is None:
        return {}
    facts = json.loads(stored)
    levels = {level["code"]: (level["name"], level["severity"]) for level in facts["levels"]}
    return {
        (indicator["code"], entry["unit"]): _told(entry, levels)
        for indicator in facts["indicators"]
        for entry in indicator["entries"]
    }


def _told(entry: Mapping[str, Any], levels: Mapping[str, tuple[str, int]]) -> Told:
    behind = str(entry["gap_pp"] or "").startswith("-")
    name, severity = levels.get(entry["level"], (None, 0))
    return Told(entry["actual"], behind, entry.get("streak") or int(behind), name, severity)


def streak(line: Line, before: Told | None) -> int | None:
    """For how many periods on end it has been behind; a period without data is passed over, as in `rules.history`."""
    told = before.streak if before else 0
    if line.state is not State.REPORTED:
        return told or None
    return None if line.gap is None or line.gap >= 0 else told + 1


def since(line: Line, level: tuple[str, int] | None, before: Told | None, redefined: bool) -> Since | None:
    """What is different; None where nothing is. `level` is the name and severity it has now."""
    if line.state is not State.REPORTED:
        return None
    standing, told = line.standing, before.actual if before else None
    found = causes(standing, told, redefined)
    revised, corrected = (cause in found for cause in (MovementCause.TARGET_REVISED, MovementCause.CORRECTED))
    moved = before is not None and level is not None and before.level is not None and level[1] != before.severity
    if not found and not moved:
        return None
    added = MovementCause.REPORTED in found and standing.actual is not None and standing.previous_actual is not None
    return Since(
        causes=tuple(cause.value for cause in found),
        change=standing.actual - standing.previous_actual
        if added and standing.actual is not None and standing.previous_actual is not None
        else None,
        previous_target=standing.previous_target if revised else None,
        told=told if corrected else None,
        corrected=standing.previous_actual if corrected else None,
        level=before.level if before and moved else None,
        severity=before.severity if before and moved else None,
    )
