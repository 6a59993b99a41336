"""Freezing an assessment into facts: every figure a briefing may print is worked out here, exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol

import polars as pl

from diaodu.briefing import outstanding, roster, tally
from diaodu.briefing.ahead import ahead, next_period_end, promised
from diaodu.briefing.course import earlier
from diaodu.briefing.facts import Entry, Facts, IndicatorFacts, exact
from diaodu.briefing.sheet_facts import Warned
from diaodu.briefing.since import Told, since, streak, told_before
from diaodu.briefing.tally import Line, leagues
from diaodu.clock import office_day
from diaodu.rules import frame as frames
from diaodu.rules import measures
from diaodu.rules.level import Policy
from diaodu.rules.standing import of_row
from diaodu.rules.unit_verdict import UnitVerdict
from diaodu.rules.verdict import State
from diaodu.rules.workday import Workdays
from diaodu.storage.background import Background
from diaodu.storage.briefing import WarningTally
from diaodu.storage.collection import own_rhythm
from diaodu.storage.promise import Promise
from diaodu.storage.warned import OpenWarning
from models.scheme_version import SchemeVersion

NOTHING_BESIDE = Background()


class Assessed(Protocol):
    """What `actions.assess` hands over: one judged row a target, and the rules it was judged by."""

    @property
    def frame(self) -> pl.DataFrame: ...
    @property
    def scheme(self) -> SchemeVersion: ...
    @property
    def policy(self) -> Policy | None: ...
    @property
    def workdays(self) -> Workdays: ...
    @property
    def required_as_of(self) -> date | None: ...
    @property
    def previous_as_of(self) -> date | None: ...
    @property
    def units(self) -> tuple[UnitVerdict, ...]: ...


def gather(
    assessed: Assessed,
    as_of: date,
    known_at: datetime,
    warnings: WarningTally,
    late: Mapping[int, int],
    beside: Background = NOTHING_BESIDE,
    warned: Sequence[OpenWarning] = (),
    promises: Sequence[Promise] = (),
    of_units: WarningTally | None = None,
) -> Facts:
    """The facts of one briefing; the same assessment, warnings, lateness and background give the same facts.

    `late`: by how many working days numbers came after their deadline, by target id. `of_units` are the warnings of
    units as wholes.
    """
    lines = _lines(assessed)
    counted = [line for line in lines if line.standing.ranked] or lines
    scheme, policy = assessed.scheme, assessed.policy
    period_end = next_period_end(scheme, as_of, assessed.workdays)
    indicators = _indicators(lines, counted, assessed, beside, late, period_end)
    levels = {one.code: one for one in ((*policy.levels, *policy.unit_levels) if policy else ())}
    known_on = office_day(known_at)
    return Facts(
        **_head(assessed, as_of, known_at),
        report_due=_day(max((line.standing.report_due for line in counted if line.standing.report_due), default=None)),
        trajectories=tuple(sorted({line.standing.trajectory.value for line in counted if line.has_plan})),
        policy=policy.name if policy else None,
        units_count=len({line.standing.unit for line in counted}),
        indicators_count=len(indicators),
        units_not_reported=tally.units_in(State.NOT_REPORTED, counted),
        units_awaited=tally.units_in(State.AWAITED, counted),
        counts=tally.counts(counted),
        without_level=sum(line.state is State.REPORTED and tally.level_of(line) is None for line in counted),
        indicators=indicators,
        units=roster.units(counted),
        levels=roster.levels(policy, counted),
        warnings=warnings,
        late=roster.late(counted, late),
        warned=tuple(map(_warned, warned)) or None,
        promised=promised(promises, lines) or None,
        unmet=outstanding.unmet(counted, as_of),
        coming=outstanding.coming(counted, own_rhythm(scheme), as_of, assessed.workdays),
        blockers=outstanding.blockers(counted, beside.blockers),
        obligations=outstanding.obligations(beside.warnings, lines, levels, known_on, assessed.workdays),
        whole_units=roster.whole_units(assessed.policy, assessed.units, of_units),
        rules_since=_day(beside.rules_since),
        earlier=earlier(beside.latest) or None,
    )


def _head(assessed: Assessed, as_of: date, known_at: datetime) -> dict[str, Any]:
    """What the scheme says of itself, and the days spoken of."""
    scheme = assessed.scheme
    return {
        "scheme": scheme.name,
        "issuer": scheme.issuer,
        "masthead": scheme.masthead,
        "number_prefix": scheme.number_prefix or None,
        "starts": scheme.starts.isoformat(),
        "cadence": scheme.cadence.value,
        "ranking_measure": scheme.ranking_measure,
        "tie": scheme.tie.value,
        "as_of": as_of.isoformat(),
        "known_at": known_at.isoformat(),
        "known_on": office_day(known_at).isoformat(),
        "required_as_of": _day(assessed.required_as_of),
        "previous_as_of": _day(assessed.previous_as_of),
    }


def _warned(one: OpenWarning) -> Warned:
    days = _day(one.reply_due), _day(one.rectify_by)
    opened = one.opened_as_of.isoformat()
    return Warned(one.unit, one.indicator, one.level, one.severity, one.state.value, opened, *days, one.moved)


def _lines(assessed: Assessed) -> list[Line]:
    before = {
        row["target_id"]: measures.exact(of_row(row), "completion", assessed.workdays)
        for row in frames.previous(assessed.frame).iter_rows(named=True)
        if row["actual"] is not None and row["target"] is not None
    }
    return [tally.line(row, before, assessed.workdays) for row in assessed.frame.iter_rows(named=True)]


def _indicators(
    lines: list[Line],
    counted: list[Line],
    assessed: Assessed,
    beside: Background,
    late: Mapping[int, int],
    period_end: date | None,
) -> tuple[IndicatorFacts, ...]:
    """One for each indicator, in the frame's order, its units in the plan's order."""
    before = told_before(beside.previous)
    parents = {line.standing.parent for line in lines} - {None}
    counted_of = tally.by("indicator", counted)
    made = []
    for code, own in tally.by("indicator", lines).items():
        first = own[0].standing
        entries = tuple(
            replace(
                _entry(
                    line,
                    line.standing.unit in parents,
                    assessed,
                    before.get((code, line.standing.unit)),
                    code in beside.redefined,
                ),
                ahead=ahead(line, period_end),
                late_workdays=late.get(line.standing.target_id) if line.state is State.REPORTED else None,
            )
            for line in own
        )
        expected = {line.expected for line in counted_of[code] if line.expected is not None}
        made.append(
            IndicatorFacts(
                code=code,
                name=first.indicator_name,
                kind=first.kind.value,
                measure_unit=first.measure_unit,
                decimals=first.decimals,
                expected=exact(expected.pop()) if len(expected) == 1 else None,
                counts=tally.counts(counted_of[code]),
                entries=entries,
                leagues=leagues(entries),
                category=first.category,
            )
        )
    return tuple(made)


def _entry(line: Line, total: bool, assessed: Assessed, before: Told | None, redefined: bool) -> Entry:
    standing, reported = line.standing, line.state is State.REPORTED
    level = _named_level(line, assessed.policy)
    return Entry(
        unit=standing.unit,
        name=standing.unit_name,
        group=standing.group,
        ranked=standing.ranked,
        total=total,
        state=line.state.value,
        reported_as_of=_day(standing.reported_as_of),
        target=standing.target,
        actual=standing.actual if reported or line.state is State.NO_TARGET else None,
        planned=exact(line.planned),
        completion=exact(line.completion) if reported else None,
        expected=exact(line.expected),
        gap_pp=exact(line.gap),
        value=exact(measures.exact(standing, assessed.scheme.ranking_measure, assessed.workdays)) if reported else None,
        movement=exact(line.movement),
        completed=line.is_completed,
        rank=line.row["rank"],
        rank_change=line.row["rank_change"],
        level=tally.level_of(line),
        since=since(line, level, before, redefined),
        streak=streak(line, before),
    )


def _named_level(line: Line, policy: Policy | None) -> tuple[str, int] | None:
    """Name and severity of its level."""
    code = tally.level_of(line)
    return next(((one.name, one.severity) for one in (policy.levels if policy else ()) if one.code == code), None)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
