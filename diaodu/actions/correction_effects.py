"""更正的影响: what a new revision moves, worked out by judging every day concerned before it and after it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import polars as pl
from sqlmodel import Session

from diaodu.actions.assess import Assessment, assess
from diaodu.actions.warning_round import ASSESSED
from diaodu.clock import office_day
from diaodu.rules.correction_effect import Change, Effects, Untouched, WarningMove, changes, speaks_of
from diaodu.rules.level import Policy
from diaodu.rules.obligation import Judgement, Obligation, decide
from diaodu.rules.verdict import Reason, State
from diaodu.storage import correction as store
from diaodu.storage import warning as warnings
from diaodu.storage.target import target_ids
from models.correction import Correction


@dataclass(frozen=True, slots=True)
class Judgements:
    """How every day concerned is judged by what is known at a moment."""

    days: Mapping[date, Assessment]


def judged(session: Session, scheme_id: int, since: date, at: datetime) -> Judgements:
    """Judge anew each day since the number's own that was judged before."""
    days = store.judged_days(session, scheme_id, since)
    return Judgements({day: _kept(assess(session, scheme_id, day, at)) for day in days})


def _kept(assessment: Assessment) -> Assessment:
    """Without the columns nothing here speaks of: a year of weeks stays small."""
    names = ("target_id", "unit", "unit_name", "indicator", "indicator_name", "state", "reason", "level", "level_name")
    also = ("severity", "actual", "rank", "as_of", "reported_as_of", "ranked", "group")
    return replace(assessment, frame=assessment.frame.select(*names, *also))


def effects(
    session: Session, scheme_id: int, correction: Correction, before: Judgements, after: Judgements, old: int
) -> Effects:
    """What lies between two judgements; `old` is the value that was replaced, in millionths."""
    moved = [
        change
        for day, now in after.days.items()
        for change in changes(day, before.days[day].frame, now.frame)
        if day in before.days
    ]
    return Effects(
        days=tuple(day.isoformat() for day in after.days),
        changes=tuple(moved),
        warnings=tuple(_warnings(session, scheme_id, correction, before, after, moved)),
        untouched=tuple(_untouched(session, scheme_id, correction, old)),
    )


def _warnings(
    session: Session,
    scheme_id: int,
    correction: Correction,
    before: Judgements,
    after: Judgements,
    moved: Sequence[Change],
) -> Iterator[WarningMove]:
    """What the next run over the newest day would do, where the correction makes it do otherwise."""
    newest = max(after.days, default=None)
    policy = after.days[newest].policy if newest else None
    if newest is None or policy is None or correction.decided_at is None:
        return
    touched = {change.target_id: change for change in moved if change.as_of == newest.isoformat()}
    known = warnings.latest(session, scheme_id, policy.code)
    today = office_day(correction.decided_at)
    was, now = (_judgements(judged.days[newest].frame, list(touched)) for judged in (before, after))
    for target_id, change in touched.items():
        if target_id in now and target_id in was:
            one = known.get(target_id)
            step = _step(one.obligation if one else None, was[target_id], now[target_id], policy, today)
            if step is not None:
                number = one.warning.id if one and one.warning.closed_at is None else None
                yield WarningMove(number, change.unit, change.unit_name, change.indicator, change.indicator_name, *step)


def _step(
    before: Obligation | None, was: Judgement, now: Judgement, policy: Policy, today: date
) -> tuple[str, str | None] | None:
    """Cause and level of a step that the old number would not have made."""
    step = decide(before, now, policy, today)
    if step.state is None or step == decide(before, was, policy, today):
        return None
    return step.cause.value, step.level.name if step.level else None


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


def _untouched(session: Session, scheme_id: int, correction: Correction, old: int) -> Iterator[Untouched]:
    """Briefings and notices that spoke of the old number."""
    indicator, unit = next(
        pair for pair, number in target_ids(session, scheme_id).items() if number == correction.target_id
    )
    for issued in store.briefings_since(session, scheme_id, correction.as_of):
        if speaks_of(json.loads(issued.facts), unit, indicator, correction.as_of, old):
            yield Untouched("briefing", issued.number, issued.as_of.isoformat(), issued.issued_at.isoformat())
    for notice in store.notices_resting_on(session, correction.target_id, correction.as_of, old):
        yield Untouched(notice.kind.value, notice.number, notice.as_of.isoformat(), notice.issued_at.isoformat())
