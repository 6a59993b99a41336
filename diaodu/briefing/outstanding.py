"""Gathering what stands open: milestones unmet and coming, blockers, and warnings with their clocks."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from diaodu.briefing.open_facts import (
    BlockerFacts,
    BlockerList,
    MilestoneFacts,
    MilestoneList,
    OpenWarning,
    WarningFacts,
)
from diaodu.briefing.tally import Line
from diaodu.rules.collection import Rhythm, spans
from diaodu.rules.duty import STANDARD
from diaodu.rules.level import Level
from diaodu.rules.standing import Standing
from diaodu.rules.verdict import State
from diaodu.rules.warning import WarningState
from diaodu.rules.warning_leg import OFFICE_LEGS, WarningLeg, waiting
from diaodu.rules.workday import Workdays
from diaodu.storage.background import WarningPlace

LISTS = ("unmet", "coming", "blockers")
Whose = tuple[str, str, str | None, str | None]
"""Code and name of a unit and of its indicator."""
Dated = tuple[Standing, str | None, date | None, int | None]
"""A milestone of a standing: name, due day and planned value."""


def unmet(lines: Iterable[Line], as_of: date) -> MilestoneList | None:
    """Milestones that were due and are not met, the earliest of each reported target, the oldest first."""
    reported = [line.standing for line in lines if line.state is State.REPORTED]
    return _milestones([(s, s.first_unmet_name, s.first_unmet_due, None) for s in reported], as_of)


def coming(lines: Iterable[Line], rhythm: Rhythm, as_of: date, workdays: Workdays) -> MilestoneList | None:
    """The next milestone of each target that comes due before the next period ends, the soonest first."""
    until = next((end for _, end in spans(rhythm, workdays) if end > as_of), None)
    if until is None:
        return None
    owing = [line.standing for line in lines if line.has_plan and not line.is_completed]
    soon = [s for s in owing if s.next_due is not None and s.next_due <= until]
    return _milestones([(s, s.next_name, s.next_due, s.next_planned) for s in soon], until)


def _milestones(rows: Iterable[Dated], until: date) -> MilestoneList | None:
    found = [
        MilestoneFacts(*_whose(s), name, due.isoformat(), planned, s.measure_unit, s.decimals)
        for s, name, due, planned in rows
        if name and due
    ]
    found.sort(key=lambda one: one.due)
    return MilestoneList(until.isoformat(), len(found), tuple(found)) if found else None


def blockers(lines: Iterable[Line], raised: Mapping[int, str]) -> BlockerList | None:
    """What units say stands in their way, in the order of the plan."""
    found = [
        BlockerFacts(*_whose(line.standing), _in_a_line(raised[line.standing.target_id]))
        for line in lines
        if line.standing.target_id in raised
    ]
    return BlockerList(len(found), tuple(found)) if found else None


def _in_a_line(text: str) -> str:
    """A person's words without line breaks, and without the mark at their end: they are quoted inside a sentence."""
    return "，".join(text.split()).rstrip("。；;.，,")


def obligations(
    places: Iterable[WarningPlace],
    lines: Iterable[Line],
    levels: Mapping[str, Level],
    known_on: date,
    workdays: Workdays,
) -> WarningFacts | None:
    """Open warnings by what they wait for, in the terms of their levels; `levels` by their codes."""
    lines = list(lines)
    of_target = {line.standing.target_id: _whose(line.standing) for line in lines}
    of_unit = {line.standing.unit: (line.standing.unit, line.standing.unit_name, None, None) for line in lines}
    found = []
    for place in places:
        whose = of_unit.get(place.unit) if place.target_id is None else of_target.get(place.target_id)
        one = _open(place, whose, levels.get(place.level), known_on, workdays) if whose else None
        found += [one] if one else []
    items = sorted(found, key=lambda one: -one.workdays)
    counted = _counted([(one.indicator, one.leg, one.workdays, one.answered) for one in items])
    return WarningFacts(**counted, items=tuple(items)) if items else None


def _open(
    place: WarningPlace, whose: Whose, level: Level | None, known_on: date, workdays: Workdays
) -> OpenWarning | None:
    """None once it is settled, and while it is only proposed."""
    days = (place.reply_due, place.rectify_by, place.postponed_until)
    terms = level.duty.terms if level else STANDARD
    waits = waiting(place.state, place.since, *days, workdays, terms, place.rectify_due)
    exempted = place.state is WarningState.EXEMPTED
    if not exempted and (waits is None or waits.leg is WarningLeg.REVIEW):
        return None
    is_units = waits is not None and waits.leg not in OFFICE_LEGS
    return OpenWarning(
        *whose,
        level=level.name if level else place.level,
        leg=waits.leg.value if waits else None,
        due=waits.due.isoformat() if waits else None,
        workdays=max(0, workdays.between(waits.due, known_on)) if waits and is_units else 0,
        answered=place.answered,
    )


def _counted(warnings: Collection[tuple[str | None, str | None, int, bool]]) -> dict[str, int]:
    """The counts of `WarningFacts`, from each warning's indicator, leg, working days overdue, and its answer."""
    of_tasks = [one for one in warnings if one[0] is not None]
    legs = Counter(leg for _, leg, _, _ in of_tasks)
    waits = {leg.value: legs[leg.value] for leg in WarningLeg if leg is not WarningLeg.REVIEW}
    answered, overdue = sum(one[3] for one in of_tasks), sum(one[2] > 0 for one in warnings)
    return waits | {"exempted": legs[None], "answered": answered, "overdue": overdue}


def confined(facts: Mapping[str, Any], indicators: Collection[str]) -> dict[str, Any]:
    """Stored facts of what stands open, of these indicators only, counted again; what is left without any is None."""
    found: dict[str, Any] = {}
    for name in (*LISTS, "obligations"):
        whole = facts.get(name)
        items = [one for one in whole["items"] if one["indicator"] in indicators] if whole else []
        counted = {"count": len(items)}
        if name == "obligations":
            counted = _counted([(one["indicator"], one["leg"], one["workdays"], one["answered"]) for one in items])
        found[name] = whole | counted | {"items": items} if whole and items else None
    return found


def _whose(standing: Standing) -> tuple[str, str, str, str]:
    return standing.unit, standing.unit_name, standing.indicator, standing.indicator_name
