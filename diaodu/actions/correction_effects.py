"""更正的影响: what a new revision moves, worked out by judging every day concerned before it and after it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import polars as pl
from sqlmodel import Session

from diaodu.actions.assess import Assessment, assess
from diaodu.actions.unit_effects import unit_changes, unit_warnings
from diaodu.clock import office_day
from diaodu.rules.correction_effect import (
    Change,
    Effects,
    Untouched,
    WarningMove,
    changes,
    may_move,
    next_step,
    speaks_of,
)
from diaodu.rules.obligation import Judgement
from diaodu.rules.standing import ASSESSED
from diaodu.rules.subject import Subject
from diaodu.rules.verdict import Reason, State
from diaodu.storage import correction as store
from diaodu.storage import warning as warnings
from diaodu.storage.collection import asked_of
from diaodu.storage.report import revisions
from diaodu.storage.target import target_ids
from models.correction import Correction
from models.report import Report


@dataclass(frozen=True, slots=True)
class Concerned:
    """Days judged since the number's own that can rest on it, oldest first, and the newest day judged at all."""

    days: tuple[date, ...]
    newest: date | None


Judgements = Mapping[date, Assessment]
"""How every day concerned is judged by what is known at a moment."""


def concerned(session: Session, scheme_id: int, correction: Correction, at: datetime) -> Concerned:
    """Which days a correction can move; asked before its revision is recorded."""
    judged_on = store.judged_days(session, scheme_id, correction.as_of)
    newest_first = revisions(session, correction.target_id, at)
    before = {report.as_of: report.value for report in reversed(newest_first)}
    after = before | {correction.as_of: correction.value}

    def moves(day: date) -> bool:
        calendars = asked_of(session, scheme_id, day, at).values()
        return may_move(day, correction.as_of, before, after, [calendar.previous_as_of for calendar in calendars])

    return Concerned(tuple(day for day in judged_on if moves(day)), max(judged_on, default=None))


def judged(session: Session, scheme_id: int, found: Concerned, at: datetime) -> Judgements:
    """Judge anew each day concerned."""
    return {day: _kept(assess(session, scheme_id, day, at)) for day in found.days}


def _kept(assessment: Assessment) -> Assessment:
    """Without the columns nothing here speaks of: a year of weeks stays small."""
    names = ("target_id", "unit", "unit_name", "indicator", "indicator_name", "state", "reason", "level", "level_name")
    also = ("severity", "actual", "rank", "as_of", "reported_as_of", "ranked", "group")
    return replace(assessment, frame=assessment.frame.select(*names, *also))


def effects(
    session: Session,
    scheme_id: int,
    correction: Correction,
    found: Concerned,
    before: Judgements,
    after: Judgements,
    at: datetime,
) -> Effects:
    """What lies between two judgements, the second made at `at` with the new revision."""
    moved = [change for day, now in after.items() for change in changes(day, before[day].frame, now.frame)]
    units = [change for day, now in after.items() for change in unit_changes(day, before[day].units, now.units)]
    moves: list[WarningMove] = []
    newest = found.newest
    if newest is not None and newest in after:
        policy = after[newest].policy
        known = warnings.latest(session, scheme_id, policy.code) if policy else {}
        moves = list(_warnings(known, before[newest], after[newest], moved, office_day(at)))
        moves += unit_warnings(known, before[newest].units, after[newest].units, policy, office_day(at))
    return Effects(
        days=tuple(day.isoformat() for day in found.days),
        changes=tuple(moved),
        warnings=tuple(moves),
        untouched=tuple(_untouched(session, scheme_id, correction)),
        units=tuple(units),
    )


def _warnings(
    known: Mapping[Subject, warnings.Known],
    before: Assessment,
    after: Assessment,
    moved: Sequence[Change],
    today: date,
) -> Iterator[WarningMove]:
    """What the next run over the newest day would do, where the correction makes it do otherwise."""
    policy = after.policy
    if policy is None or after.frame.is_empty():
        return
    newest = after.frame["as_of"][0].isoformat()
    touched = {change.target_id: change for change in moved if change.as_of == newest}
    was, now = (_judgements(one.frame, list(touched)) for one in (before, after))
    for target_id in now:
        one, change = known.get(Subject(target_id)), touched[target_id]
        step = next_step(one.obligation if one else None, was[target_id], now[target_id], policy, today)
        if step is not None:
            number = one.warning.id if one and one.warning.closed_at is None else None
            yield WarningMove(number, change.unit, change.unit_name, change.indicator, change.indicator_name, *step)


def _judgements(frame: pl.DataFrame, targets: list[int]) -> dict[int, Judgement]:
    """Of those that can be warned at all."""
    chosen = frame.filter(ASSESSED & pl.col("target_id").is_in(targets))
    return {row["target_id"]: _judgement(row) for row in chosen.iter_rows(named=True)}


def _judgement(row: Mapping[str, Any]) -> Judgement:
    return Judgement(
        row["as_of"],
        State(row["state"]),
        Reason(row["reason"]),
        row["level"],
        row["severity"],
        row["reported_as_of"],
    )


def _untouched(session: Session, scheme_id: int, correction: Correction) -> Iterator[Untouched]:
    """Briefings and notices that spoke of the old number."""
    day, target_id = correction.as_of, correction.target_id
    old = session.get_one(Report, correction.replaces_id).value
    indicator, unit = next(pair for pair, one in target_ids(session, scheme_id).items() if one == target_id)
    assert old is not None
    for issued in store.briefings_since(session, scheme_id, day):
        if speaks_of(json.loads(issued.facts), unit, indicator, day, old):
            assert issued.number is not None
            assert issued.issued_at is not None
            yield Untouched("briefing", issued.number, issued.as_of.isoformat(), issued.issued_at.isoformat())
    for notice in store.notices_resting_on(session, target_id, day, old):
        yield Untouched(notice.kind.value, notice.number, notice.as_of.isoformat(), notice.issued_at.isoformat())
