"""Where one target stands, said again in plain Python over rows: what the statements of storage must agree with."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlmodel import Session, select

from diaodu.rules import collection
from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.standing import Standing
from models.definition import Definition
from models.group import Group
from models.indicator import Indicator
from models.milestone import Milestone
from models.report import Report
from models.target import Target
from models.target_version import TargetVersion
from models.unit import Unit
from models.unit_version import UnitVersion

V = TypeVar("V", Definition, UnitVersion, TargetVersion, Report)
RUNNING_TOTALS = {Kind.CUMULATIVE, Kind.COUNT, Kind.DELIVERABLE}


@dataclass(frozen=True)
class Asked:
    """The question, put to the scheme's own calendar."""

    scheme_id: int
    as_of: date
    known_at: datetime
    known_on: date
    required_as_of: date | None
    report_due: date | None
    previous_as_of: date | None

    @property
    def words(self) -> tuple[Any, ...]:
        """The parameters of `storage.standing.standings` but the session."""
        own = collection.Asked(self.required_as_of, self.report_due, self.previous_as_of)
        return (self.scheme_id, self.as_of, self.known_at, self.known_on, {None: own})


TABLES = (Definition, Group, Indicator, Milestone, Report, Target, TargetVersion, Unit, UnitVersion)
Rows = dict[type[Any], list[Any]]


def rows_of(session: Session) -> Rows:
    """Every row there is."""
    return {table: list(session.exec(select(table))) for table in TABLES}


def reference(rows: Rows, asked: Asked) -> list[Standing]:
    """Every target of the scheme that is in force, in plan order."""
    indicators = {row.id for row in rows[Indicator] if row.scheme_id == asked.scheme_id}
    found = [_standing(rows, target, asked) for target in rows[Target] if target.indicator_id in indicators]
    placed = sorted((pair for pair in found if pair is not None), key=lambda pair: pair[0])
    return [standing for _, standing in placed]


def _standing(rows: Rows, target: Target, asked: Asked) -> tuple[tuple[int, ...], Standing] | None:
    definition = _in_force(_of(rows, Definition, "indicator_id", target.indicator_id), "effective_from", asked)
    named = _in_force(_of(rows, UnitVersion, "unit_id", target.unit_id), "effective_from", asked)
    versions = _of(rows, TargetVersion, "target_id", target.id)
    version = _in_force(versions, "effective_from", asked)
    if definition is None or named is None or version is None:
        return None
    previous = _in_force(versions, "effective_from", asked, asked.previous_as_of)
    everything = [r for r in _of(rows, Report, "target_id", target.id) if r.recorded_at <= asked.known_at]
    reports = [r for r in everything if definition.kind not in RUNNING_TOTALS or r.as_of >= version.start]
    report = _in_force(reports, "as_of", asked)
    before = _in_force([r for r in reports if r.as_of == asked.previous_as_of], "as_of", asked, asked.previous_as_of)
    steps = _milestones(rows, target, asked)
    units = {row.id: row.code for row in rows[Unit]}
    groups = {row.id: row.name for row in rows[Group]}
    codes = {row.id: row.code for row in rows[Indicator]}
    actual = report.value if report else None
    due = [step for step in steps if step.due <= asked.as_of]
    unmet = [step for step in due if not _met(actual, step.planned, definition.direction)]
    past, following = _bracket(steps, asked.as_of)
    was_past, was_next = _bracket(steps, asked.previous_as_of)
    assert target.id is not None
    standing = Standing(
        target_id=target.id,
        indicator=codes[target.indicator_id],
        indicator_name=definition.name,
        unit=units[target.unit_id],
        unit_name=named.name,
        parent=units.get(named.parent_id),
        group=groups.get(named.group_id),
        ranked=named.ranked,
        kind=definition.kind,
        direction=definition.direction,
        measure_unit=definition.measure_unit,
        decimals=definition.decimals,
        weight=definition.weight,
        as_of=asked.as_of,
        known_on=asked.known_on,
        required_as_of=asked.required_as_of,
        report_due=asked.report_due,
        supplied_by=None,
        actual=actual,
        reported_as_of=report.as_of if report else None,
        recorded_at=report.recorded_at if report else None,
        changed_on=_changed_on(reports, asked) if report else None,
        target=version.value,
        upper=version.upper,
        baseline=version.baseline,
        trajectory=version.trajectory,
        start=version.start,
        due=version.due,
        past_due=past.due if past else None,
        past_planned=past.planned if past else None,
        next_name=following.name if following else None,
        next_due=following.due if following else None,
        next_planned=following.planned if following else None,
        milestones_due=len(due),
        milestones_met=len(due) - len(unmet),
        first_unmet_due=unmet[0].due if unmet else None,
        first_unmet_name=unmet[0].name if unmet else None,
        previous_as_of=asked.previous_as_of,
        previous_actual=before.value if before else None,
        previous_target=previous.value if previous else None,
        previous_upper=previous.upper if previous else None,
        previous_baseline=previous.baseline if previous else None,
        was_past_due=was_past.due if was_past else None,
        was_past_planned=was_past.planned if was_past else None,
        was_next_due=was_next.due if was_next else None,
        was_next_planned=was_next.planned if was_next else None,
        last_year_actual=_last_year(everything, report.as_of) if report else None,
    )
    return (definition.position, target.indicator_id, named.position, target.unit_id), standing


def _of(rows: Rows, table: type[V], owner: str, owner_id: int | None) -> list[V]:
    return [row for row in rows[table] if getattr(row, owner) == owner_id]


def _in_force(rows: Sequence[V], axis: str, asked: Asked, day: date | str | None = "as asked") -> V | None:
    """The two time axes: effective by the day, recorded by the moment; the newest of both, then the newest row."""
    by = asked.as_of if day == "as asked" else day
    if not isinstance(by, date):
        return None
    speaks_from: Callable[[V], date] = lambda row: getattr(row, axis)  # noqa: E731
    known = [row for row in rows if speaks_from(row) <= by and row.recorded_at <= asked.known_at]
    return max(known, key=lambda row: (speaks_from(row), row.recorded_at, row.id), default=None)


def _milestones(rows: Rows, target: Target, asked: Asked) -> list[Milestone]:
    """The revision recorded last, in order of due day and position."""
    known = [m for m in rows[Milestone] if m.target_id == target.id and m.recorded_at <= asked.known_at]
    newest = max(known, key=lambda m: (m.recorded_at, m.revision), default=None)
    steps = [m for m in known if newest and m.revision == newest.revision]
    return sorted(steps, key=lambda m: (m.due, m.position, m.id))


def _bracket(steps: Sequence[Milestone], day: date | None) -> tuple[Milestone | None, Milestone | None]:
    if day is None:
        return None, None
    past = [step for step in steps if step.due <= day]
    following = [step for step in steps if step.due > day]
    return (past[-1] if past else None), (following[0] if following else None)


def _met(actual: int | None, planned: int, direction: Direction) -> bool:
    if actual is None:
        return False
    return actual <= planned if direction is Direction.LOWER else actual >= planned


def _changed_on(reports: Sequence[Report], asked: Asked) -> date:
    """Walk the days reported for, back from the day asked, while the value in force on them stays the same."""
    days = sorted({r.as_of for r in reports if r.as_of <= asked.as_of}, reverse=True)
    values = {day: _in_force(reports, "as_of", asked, day) for day in days}
    changed_on = days[0]
    for day in days:
        if values[day].value != values[days[0]].value:  # type: ignore[union-attr]
            return changed_on
        changed_on = day
    return changed_on


def _last_year(reports: Sequence[Report], day: date) -> int | None:
    """The value reported for the same day a year before; the end of February answers for the end of February."""
    last_of_month = monthrange(day.year - 1, day.month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    same_day = date(day.year - 1, day.month, last_of_month if is_last else min(day.day, last_of_month))
    then = [r for r in reports if r.as_of == same_day]
    newest = max(then, key=lambda r: (r.recorded_at, r.id), default=None)
    return newest.value if newest else None
