"""One round over a judged frame: decide on every target's warning, write down what moved, and say what to tell."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl
from sqlmodel import Session

from diaodu.actions.assess import Assessment
from diaodu.actions.matter import matter_of, reply_due
from diaodu.actions.notice import Issuer, Matter
from diaodu.clock import office_day
from diaodu.rules.level import Policy
from diaodu.rules.obligation import Judgement, Obligation, Step, decide
from diaodu.rules.standing import of_row
from diaodu.rules.verdict import Reason, State
from diaodu.rules.warning import Cause
from diaodu.storage import verdict as verdicts
from diaodu.storage import warning as store
from diaodu.storage.unit import unit_ids
from diaodu.storage.warning import Known
from diaodu.storage.warning_event import Mark, Place, begin, move
from models.lag_warning import LagWarning

CLOCK = "系统"
"""Who moves warnings when nobody does."""
ASSESSED = pl.col("ranked") | pl.col("group").is_not_null()
"""Totals and what else is only shown beside the assessed units owe nothing, so they are neither warned nor chased."""
_JUDGED = ("target_id", "as_of", "state", "reason", "level", "severity", "reported_as_of")


@dataclass(frozen=True, slots=True)
class Moved:
    """A warning that moved, the step, and the judged row behind it with its `explanation`."""

    warning: LagWarning
    step: Step
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Round:
    """Why every warning moved or did not, what moved, and what units are to hear."""

    causes: Counter[Cause]
    moved: list[Moved]
    matters: list[Matter]


def go_round(session: Session, issuer: Issuer, assessment: Assessment) -> Round:
    """Decide and write; without a policy nothing is a warning. The scheme is locked by the caller."""
    policy = assessment.policy
    if policy is None:
        return Round(Counter(), [], [])
    before = store.latest(session, issuer.scheme_id, policy.code)
    frame = assessment.frame.filter(ASSESSED)
    steps = list(_steps(frame, {t: k.obligation for t, k in before.items()}, policy, clock_day(issuer)))
    causes = Counter(step.cause for step in steps)
    causes[Cause.SHOWN_ONLY] = assessment.frame.height - frame.height
    moving = [(i, step) for i, step in enumerate(steps) if step.state is not None]
    judged = _saved(session, issuer, replace(assessment, frame=frame[[i for i, _ in moving]]))
    moves = list(zip(judged.iter_rows(named=True), (step for _, step in moving), strict=True))
    warnings = _write(session, issuer, policy, before, moves)
    moved = [Moved(w, step, row) for w, (row, step) in zip(warnings, moves, strict=True)]
    return Round(+causes, moved, _matters(session, issuer, policy, moved))


def clock_day(issuer: Issuer) -> date:
    """The last working day there was: on rest days nothing runs out, and what did so is seen on the next."""
    return issuer.workdays.on_or_before(office_day(issuer.at))


def _steps(frame: pl.DataFrame, before: Mapping[int, Obligation], policy: Policy, today: date) -> Iterator[Step]:
    for target_id, as_of, state, reason, level, severity, reported in frame.select(_JUDGED).iter_rows():
        judged = Judgement(as_of, State(state), Reason(reason), level, severity, reported)
        yield decide(before.get(target_id), judged, policy, today)


def _saved(session: Session, issuer: Issuer, moving: Assessment) -> pl.DataFrame:
    """The rows of targets that move, explained, and their verdicts stored unless a check has done so."""
    judged = moving.explained()
    verdicts.save(
        session,
        judged,
        run_id=issuer.run_id,
        as_of=issuer.as_of,
        known_at=issuer.at,
        policy_version_id=moving.policy_version_id,
    )
    return judged


def _write(
    session: Session,
    issuer: Issuer,
    policy: Policy,
    before: Mapping[int, Known],
    moves: list[tuple[dict[str, Any], Step]],
) -> list[LagWarning]:
    """One event for each of `moves`; the warnings in the same order."""
    verdicts = store.verdict_ids(session, issuer.scheme_id, issuer.as_of)
    planned = [
        (row["target_id"], step, Mark(step.cause, CLOCK, verdicts.get(row["target_id"]), issuer.as_of, issuer.at))
        for row, step in moves
    ]
    moved = {t: move(session, before[t], _place(issuer, before[t], s), m) for t, s, m in planned if _goes_on(s)}
    opening = [(t, _place(issuer, None, s), m) for t, s, m in planned if not _goes_on(s)]
    moved |= {w.target_id: w for w in begin(session, policy.code, opening)}
    session.flush()
    return [moved[target_id] for target_id, _, _ in planned]


def _goes_on(step: Step) -> bool:
    return step.cause is not Cause.OPENED


def _place(issuer: Issuer, before: Known | None, step: Step) -> Place:
    """Where the step leads. Being told starts the level's term; else a term that runs goes on."""
    assert step.state is not None
    due = before.warning.reply_due if before else None
    if step.level is None:  # recovered: closed at the level it had
        assert before is not None
        was = before.warning
        place = Place(step.state, was.level, was.severity, was.floor, None)
    else:
        if step.tells or step.restarts:
            due = reply_due(step.level, office_day(issuer.at), issuer.workdays)
        place = Place(step.state, step.level.code, step.level.severity, step.floor, due)
    if before is None or step.cause is Cause.OPENED:
        return place
    kept = before.warning
    return replace(place, rectify_by=kept.rectify_by, owner=kept.owner, owner_unit_id=kept.owner_unit_id)


def _matters(session: Session, issuer: Issuer, policy: Policy, moved: list[Moved]) -> list[Matter]:
    ids = unit_ids(session, issuer.scheme_id)
    return [
        matter_of(
            m.warning, ids[m.row["unit"]], of_row(m.row), policy, m.step.level, m.row["explanation"], issuer.workdays
        )
        for m in moved
        if m.step.tells and m.step.level is not None
    ]
