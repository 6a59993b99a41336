"""One round over a judged day: decide on every target's and unit's warning, write down what moved, say what to tell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
from diaodu.actions.unit_round import unit_matter, unit_steps
from diaodu.clock import office_day
from diaodu.rules.deduction import Charge
from diaodu.rules.history import FINE
from diaodu.rules.level import Policy
from diaodu.rules.obligation import Judgement, Obligation, Step, decide
from diaodu.rules.standing import ASSESSED, of_row
from diaodu.rules.subject import Subject
from diaodu.rules.unit_verdict import UnitVerdict
from diaodu.rules.verdict import Reason, State
from diaodu.rules.warning import Cause
from diaodu.storage import verdict as verdicts
from diaodu.storage import warning as store
from diaodu.storage.subject import subject_of
from diaodu.storage.unit import unit_ids
from diaodu.storage.unit_verdict import save_units
from diaodu.storage.warning import Known
from diaodu.storage.warning_event import Mark, Place, begin, move
from models.lag_warning import LagWarning

CLOCK = "系统"
"""Who moves warnings when nobody does."""
Move = tuple[Mapping[str, Any] | UnitVerdict, Step]
_JUDGED = ("target_id", "as_of", "state", "reason", "level", "severity", "reported_as_of")
_RECORDED = frozenset({Cause.OPENED, Cause.WORSENED, Cause.LADDER, Cause.EXEMPTION_OVER})
"""Causes by which a unit gets a level that no notice tells it of."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A warning that moved, the step, and what it is about: a judged row with its `explanation`, or a unit."""

    warning: LagWarning
    step: Step
    about: Mapping[str, Any] | UnitVerdict

    @property
    def unit_name(self) -> str:
        return self.about.standing.unit_name if isinstance(self.about, UnitVerdict) else str(self.about["unit_name"])

    @property
    def words(self) -> str:
        return self.about.explanation if isinstance(self.about, UnitVerdict) else str(self.about["explanation"])


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
    known, today = {subject: each.obligation for subject, each in before.items()}, clock_day(issuer)
    frame = assessment.frame.filter(ASSESSED)
    steps = list(_steps(frame, known, policy, today))
    of_units = list(zip(assessment.units, unit_steps(assessment.units, known, policy, today), strict=True))
    causes = Counter(step.cause for step in [*steps, *(step for _, step in of_units)])
    causes[Cause.SHOWN_ONLY] = assessment.frame.height - frame.height
    moving = [(i, step) for i, step in enumerate(steps) if step.state is not None]
    units = [(unit, step) for unit, step in of_units if step.state is not None]
    judged = replace(assessment, frame=frame[[i for i, _ in moving]], units=tuple(unit for unit, _ in units))
    rows = _saved(session, issuer, judged).iter_rows(named=True)
    moves: list[Move] = [*units, *zip(rows, (step for _, step in moving), strict=True)]
    warnings = _write(session, issuer, policy, before, moves)
    moved = [Moved(w, step, about) for w, (about, step) in zip(warnings, moves, strict=True)]
    charges = _oblige(session, issuer, moved)
    return Round(+causes, moved, _matters(session, issuer, policy, moved, charges))


def clock_day(issuer: Issuer) -> date:
    """The last working day there was: on rest days nothing runs out, and what did so is seen on the next."""
    return issuer.workdays.on_or_before(office_day(issuer.at))


def _steps(frame: pl.DataFrame, before: Mapping[Subject, Obligation], policy: Policy, today: date) -> Iterator[Step]:
    fine = pl.col(FINE) if FINE in frame.columns else pl.lit(0).alias(FINE)
    for target_id, as_of, state, reason, level, severity, reported, fine_before in frame.select(
        *_JUDGED, fine
    ).iter_rows():
        judged = Judgement(as_of, State(state), Reason(reason), level, severity, reported, fine_before)
        yield decide(before.get(Subject(target_id)), judged, policy, today)


def _saved(session: Session, issuer: Issuer, moving: Assessment) -> pl.DataFrame:
    """The rows of targets that move, explained; their and the units' verdicts are stored unless a check has done so."""
    judged = moving.explained()
    by = (issuer.run_id, issuer.as_of, issuer.at, moving.policy_version_id)
    verdicts.save(session, judged, *by)
    save_units(session, moving.units, *by)
    return judged


def _write(
    session: Session,
    issuer: Issuer,
    policy: Policy,
    before: Mapping[Subject, Known],
    moves: Sequence[Move],
) -> list[LagWarning]:
    """One event for each of `moves`; the warnings in the same order."""
    verdicts = store.verdict_ids(session, issuer.scheme_id, issuer.as_of)
    subjects = [_subject(about) for about, _ in moves]
    planned = [
        (subject, step, Mark(step.cause, CLOCK, verdicts.get(subject), issuer.as_of, issuer.at))
        for subject, (_, step) in zip(subjects, moves, strict=True)
    ]
    moved = {t: move(session, before[t], _place(issuer, before[t], s), m) for t, s, m in planned if _goes_on(s)}
    opening = [(t, _place(issuer, None, s), m) for t, s, m in planned if not _goes_on(s)]
    moved |= {subject_of(warning): warning for warning in begin(session, policy.code, opening)}
    session.flush()
    return [moved[subject] for subject in subjects]


def _subject(about: Mapping[str, Any] | UnitVerdict) -> Subject:
    return Subject(unit_id=about.standing.unit_id) if isinstance(about, UnitVerdict) else Subject(about["target_id"])


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
        Given(store.id_of(m.warning), _unit_id(m, ids), m.step.level)
        for m in moved
        if m.step.level is not None and (m.step.tells or (m.step.level.notice is None and m.step.cause in _RECORDED))
    ]
    return oblige(session, issuer.scheme_id, issuer.scheme.issuer, given, issuer.workdays, issuer.at)


def _unit_id(moved: Moved, ids: Mapping[str, int]) -> int:
    about = moved.about
    return about.standing.unit_id if isinstance(about, UnitVerdict) else ids[about["unit"]]


def _matters(
    session: Session, issuer: Issuer, policy: Policy, moved: list[Moved], charges: Mapping[int, Charge]
) -> list[Matter]:
    """What units are to hear: of themselves first, then of their targets."""
    ids, found = unit_ids(session, issuer.scheme_id), []
    rows = [m.about for m in moved if m.step.tells and not isinstance(m.about, UnitVerdict)]
    periods = {row["target_id"]: row["required_as_of"] for row in rows}
    running = streaks(session, issuer.scheme_id, periods, issuer.as_of, issuer.at)
    for m in moved:
        level, charge = m.step.level, charges.get(store.id_of(m.warning))
        if not m.step.tells or level is None:
            continue
        if isinstance(m.about, UnitVerdict):
            found.append(unit_matter(m.warning, m.about.standing, policy.for_units, level, m.words, charge))
            continue
        row = m.about
        judged = Judged(m.words, Reason(row["reason"]), row["dimension"], running[row["target_id"]], charge)
        found.append(matter_of(m.warning, _unit_id(m, ids), of_row(row), policy, level, judged, issuer.workdays))
    return found
