"""Gathering what stands open: milestones unmet and coming, blockers, and warnings with their clocks."""

from collections.abc import Iterable, Mapping
from datetime import date

from diaodu.briefing.open_facts import (
    BlockerFacts,
    BlockerList,
    MilestoneFacts,
    MilestoneList,
    OverdueFacts,
    WarningFacts,
)
from diaodu.briefing.tally import Line
from diaodu.rules.collection import Rhythm, spans
from diaodu.rules.standing import Standing
from diaodu.rules.verdict import State
from diaodu.rules.warning import WarningState
from diaodu.rules.warning_leg import OFFICE_LEGS, WarningLeg, waiting
from diaodu.rules.workday import Workdays
from diaodu.storage.background import WarningPlace

TOLD = 12
"""So many milestones or blockers are kept for the text; the others are only counted."""


def unmet(lines: Iterable[Line], as_of: date) -> MilestoneList | None:
    """Milestones that were due and are not met, the earliest of each reported target, the oldest first."""
    return _milestones(
        [
            (line.standing, line.standing.first_unmet_name, line.standing.first_unmet_due, None)
            for line in lines
            if line.state is State.REPORTED
        ],
        as_of,
    )


def coming(lines: Iterable[Line], rhythm: Rhythm, as_of: date, workdays: Workdays) -> MilestoneList | None:
    """The next milestone of each target that comes due before the next period ends, the soonest first."""
    until = next((end for _, end in spans(rhythm, workdays) if end > as_of), None)
    if until is None:
        return None
    found = [
        (line.standing, line.standing.next_name, line.standing.next_due, line.standing.next_planned)
        for line in lines
        if line.has_plan and not line.is_completed
    ]
    return _milestones([row for row in found if row[2] is not None and row[2] <= until], until)


def _milestones(rows: list[tuple[Standing, str | None, date | None, int | None]], until: date) -> MilestoneList | None:
    found = sorted(
        ((due, standing, name, planned) for standing, name, due, planned in rows if name and due),
        key=lambda row: row[0],
    )
    items = tuple(
        MilestoneFacts(s.unit_name, s.indicator_name, name, due.isoformat(), planned, s.measure_unit, s.decimals)
        for due, s, name, planned in found[:TOLD]
    )
    units = len({standing.unit for _, standing, _, _ in found})
    return MilestoneList(until.isoformat(), len(found), units, items) if found else None


def blockers(lines: Iterable[Line], raised: Mapping[int, str]) -> BlockerList | None:
    """What units say stands in their way, in the order of the plan."""
    found = [(line.standing, raised[line.standing.target_id]) for line in lines if line.standing.target_id in raised]
    items = tuple(BlockerFacts(s.unit_name, s.indicator_name, _in_a_line(text)) for s, text in found[:TOLD])
    return BlockerList(len(found), len({s.unit for s, _ in found}), items) if found else None


def _in_a_line(text: str) -> str:
    """A person's words without line breaks, and without the mark at their end: they are quoted inside a sentence."""
    return "，".join(text.split()).rstrip("。；;.，,")


def obligations(
    places: Iterable[WarningPlace],
    lines: Iterable[Line],
    names: Mapping[str, str],
    known_on: date,
    workdays: Workdays,
) -> WarningFacts | None:
    """Open warnings by what they wait for; `names` of levels by their codes."""
    standing_of = {line.standing.target_id: line.standing for line in lines}
    known = [place for place in places if place.target_id in standing_of]
    if not known:
        return None
    legs = [(place, leg) for place in known if (leg := _leg(place, workdays))]
    overdue = sorted(
        (
            OverdueFacts(s.unit_name, s.indicator_name, names.get(p.level, p.level), leg.value, due.isoformat(), days)
            for p, (leg, due) in legs
            if leg not in OFFICE_LEGS and due < known_on and (days := workdays.between(due, known_on)) > 0
            for s in (standing_of[p.target_id],)
        ),
        key=lambda one: -one.workdays,
    )
    count = {leg: sum(waits is leg for _, (waits, _) in legs) for leg in WarningLeg}
    return WarningFacts(
        sign=count[WarningLeg.SIGN],
        plan=count[WarningLeg.PLAN],
        evidence=count[WarningLeg.EVIDENCE],
        verify=count[WarningLeg.VERIFY],
        exempted=sum(place.state is WarningState.EXEMPTED for place in known),
        answered=sum(place.answered for place in known),
        overdue_count=len(overdue),
        overdue=tuple(overdue[:TOLD]),
    )


def _leg(place: WarningPlace, workdays: Workdays) -> tuple[WarningLeg, date] | None:
    waits = waiting(place.state, place.since, place.reply_due, place.rectify_by, place.postponed_until, workdays)
    return None if waits is None else (waits.leg, waits.due)
