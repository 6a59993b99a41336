"""One round over a judged frame: decide on every target's warning, write down what moved, and say what to tell."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl
from sqlmodel import Session

from diaodu.actions.assess import Assessment
from diaodu.actions.matter import Judged, Matter, matter_of, rectify_due, reply_due
from diaodu.actions.notice import Issuer
from diaodu.actions.obliging import Given, oblige
from diaodu.actions.streak import streaks
from diaodu.clock import office_day
from diaodu.rules.deduction import Charge
from diaodu.rules.history import FINE
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
_RECORDED = frozenset({Cause.OPENED, Cause.WORSENED, Cause.LADDER, Cause.EXEMPTION_OVER})
"""Causes by which a unit gets a level that no notice tells it of."""


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
    charges = _oblige(session, issuer, moved)
    return Round(+causes, moved, _matters(session, issuer, policy, moved, charges))


def clock_day(issuer: Issuer) -> date:
    """The last working day there was: on rest days nothing runs out, and what did so is seen on the next."""
    return issuer.workdays.on_or_before(office_day(issuer.at))


def _steps(frame: pl.DataFrame, before: Mapping[int, Obligation], policy: Policy, today: date) -> Iterator[Step]:
    fine = pl.col(FINE) if FINE in frame.columns else pl.lit(0).alias(FINE)
    for target_id, as_of, state, reason, level, severity, reported, before_it in frame.select(
        *_JUDGED, fine
    ).iter_rows():
        judged = Judgement(as_of, State(state), Reason(reason), level, severity, reported, before_it)
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
    due, rectify = (before.warning.reply_due, before.warning.rectify_due) if before else (None, None)
    if step.level is None:  # recovered: closed at the level it had
        assert before is not None
        was = before.warning
        place = Place(step.state, was.level, was.severity, was.floor, None)
    else:
        if step.tells or step.restarts:
            about = (step.level, office_day(issuer.at), issuer.workdays)
            due, fresh = reply_due(*about), rectify_due(*about)
            rectify = max(rectify, due or rectify) if step.restarts and rectify else fresh
        place = Place(step.state, step.level.code, step.level.severity, step.floor, due, rectify_due=rectify)
    if before is None or step.cause is Cause.OPENED:
        return place
    was = before.warning
    return replace(place, rectify_by=was.rectify_by, owner=was.owner, owner_unit_id=was.owner_unit_id)


def _oblige(session: Session, issuer: Issuer, moved: list[Moved]) -> dict[int, Charge]:
    """What follows where a unit was told of a level, or got one that tells it nothing; what it costs, by warning."""
    ids = unit_ids(session, issuer.scheme_id)
    given = [
        Given(store.id_of(m.warning), ids[m.row["unit"]], m.step.level)
        for m in moved
        if m.step.level is not None and (m.step.tells or (m.step.level.notice is None and m.step.cause in _RECORDED))
    ]
    return oblige(session, issuer.scheme_id, issuer.scheme.issuer, given, issuer.workdays, issuer.at)


def _matters(
    session: Session, issuer: Issuer, policy: Policy, moved: list[Moved], charges: Mapping[int, Charge]
) -> list[Matter]:
    ids, told = unit_ids(session, issuer.scheme_id), [m for m in moved if m.step.tells and m.step.level is not None]
    periods = {m.row["target_id"]: m.row["required_as_of"] for m in told}
    running = streaks(session, issuer.scheme_id, periods, issuer.as_of, issuer.at)
    matters = []
    for m in told:
        assert m.step.level is not None
        row, charge = m.row, charges.get(store.id_of(m.warning))
        streak = running.get(row["target_id"], 1)
        judged = Judged(row["explanation"], Reason(row["reason"]), row["dimension"], streak, charge)
        about = (m.warning, ids[row["unit"]], of_row(row), policy, m.step.level)
        matters.append(matter_of(*about, judged, issuer.workdays))
    return matters
