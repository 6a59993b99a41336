"""更正: asked for after a number was confirmed, decided by another person of the office, and recorded as a revision."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from diaodu.actions.correction_effects import concerned, effects, judged
from diaodu.actions.correction_notice import tell
from diaodu.actions.correction_value import NewValue, judge
from diaodu.actions.notice import Issuer
from diaodu.clock import office_day
from diaodu.rules.access import Actor, Role
from diaodu.rules.correction import (
    CorrectionState,
    Number,
    Pending,
    Refusal,
    refusal_of_value,
    refusal_to_ask,
    refusal_to_decide,
)
from diaodu.rules.correction_effect import Effects, to_json
from diaodu.rules.quantity import plain
from diaodu.rules.request import RequestAct, RequestState
from diaodu.storage import audit
from diaodu.storage import correction as store
from diaodu.storage.indicator import definitions_in_force
from diaodu.storage.plan import lock
from diaodu.storage.report import newest_revisions
from diaodu.storage.request import Mark, move, requests_for
from diaodu.storage.unit import unit_ids
from models.correction import Correction
from models.report import Report
from models.request import Request
from models.target import Target

OF_THE_VALUE = (Refusal.INVALID, Refusal.DOUBTFUL)
"""Refusals that want to be told what is the matter with the number."""


class Refused(Exception):
    """Nothing is done, and why; `words` say what is wrong or doubtful about the number."""

    def __init__(self, why: Refusal, words: tuple[str, ...] = ()) -> None:
        super().__init__(why.value)
        self.why, self.words = why, words


@dataclass(frozen=True, slots=True)
class Wish:
    """A correction as asked for; `value` in millionths."""

    target_id: int
    as_of: date
    value: int
    reason: str
    evidence: str | None
    actor: Actor
    justification: str | None = None
    """What was verified, where the number looks odd (核实说明)."""


def ask(session: Session, scheme_id: int, wish: Wish, at: datetime) -> Correction:
    """Ask for a confirmed number to be changed; nothing changes yet. Raises Refused."""
    lock(session, scheme_id)
    report = _in_force(session, wish.target_id, wish.as_of, at)
    number = _number(session, scheme_id, wish, report, at)
    new = NewValue(wish.target_id, wish.as_of, wish.value, wish.evidence, wish.justification)
    judged_value = judge(session, scheme_id, new, at)
    why = refusal_to_ask(number, wish.actor, wish.value, wish.reason, judged_value.held)
    if why is not None:
        raise Refused(why, judged_value.words if why in OF_THE_VALUE else ())
    assert report is not None
    assert report.id is not None
    correction = Correction(
        target_id=wish.target_id,
        as_of=wish.as_of,
        replaces_id=report.id,
        value=wish.value,
        reason=wish.reason.strip(),
        evidence=(wish.evidence or "").strip() or None,
        justification=(wish.justification or "").strip() or None,
        state=CorrectionState.REQUESTED,
        requested_by=wish.actor.name.strip(),
        requested_at=at,
    )
    session.add(correction)
    session.flush()
    detail = {"value": plain(wish.value), "replaces": report.id, "reason": correction.reason, "role": wish.actor.role}
    audit.record(session, correction.requested_by, "correction.request", f"correction {correction.id}", detail, at)
    return correction


def decide(
    session: Session, issuer: Issuer, correction: Correction, approved: bool, actor: Actor, reason: str
) -> Correction:
    """Approve it, which records the new revision and lists what that moves, or refuse it, and tell whom it concerns.

    At the issuer's moment. Raises Refused.
    """
    scheme_id, at = issuer.scheme_id, issuer.at
    lock(session, scheme_id)
    session.refresh(correction)
    report = _in_force(session, correction.target_id, correction.as_of, at)
    _may_be_decided(session, scheme_id, correction, report, approved, actor, reason, at)
    decided: dict[str, Any] = {"state": CorrectionState.REFUSED}
    moved = None
    if approved:
        assert report is not None
        revision, moved = _carried_out(session, scheme_id, correction, report, actor, at)
        decided = {"state": CorrectionState.APPROVED, "report_id": revision.id, "effects": to_json(moved)}
    by = actor.name.strip()
    correction.sqlmodel_update(decided | {"decided_by": by, "decided_at": at, "decision": reason.strip()})
    session.add(correction)
    session.flush()
    act = "correction.approve" if approved else "correction.refuse"
    detail = {"reason": correction.decision, "report": correction.report_id, "value": plain(correction.value)}
    audit.record(session, by, act, f"correction {correction.id}", detail, at)
    tell(session, issuer, correction, moved)
    return correction


def _may_be_decided(
    session: Session,
    scheme_id: int,
    correction: Correction,
    report: Report | None,
    approved: bool,
    actor: Actor,
    reason: str,
    at: datetime,
) -> None:
    """Raises Refused; what is approved is held once more against what is known by now."""
    replaced = session.get_one(Report, correction.replaces_id)
    pending = Pending(
        CorrectionState(correction.state),
        correction.requested_by,
        in_time=at >= correction.requested_at and (report is None or at >= report.recorded_at),
        holds=not approved or (report is not None and report.value == replaced.value),
    )
    why = refusal_to_decide(pending, actor, reason)
    if why is not None:
        raise Refused(why)
    if approved:
        said = (correction.evidence, correction.justification)
        new = judge(session, scheme_id, NewValue(correction.target_id, correction.as_of, correction.value, *said), at)
        if (wrong := refusal_of_value(new.held)) is not None:
            raise Refused(wrong, new.words)


def _carried_out(
    session: Session, scheme_id: int, correction: Correction, before: Report, actor: Actor, at: datetime
) -> tuple[Report, Effects]:
    """Record the new revision, and work out what it moves."""
    found = concerned(session, scheme_id, correction, at)
    was = judged(session, scheme_id, found, at)
    revision = Report(
        target_id=correction.target_id,
        as_of=correction.as_of,
        value=correction.value,
        note=before.note,
        blocker=before.blocker,
        evidence=correction.evidence or before.evidence,
        justification=correction.justification or correction.reason,
        origin=f"更正{correction.id}：{correction.requested_by}申请",
        recorded_by=actor.name.strip(),
        recorded_at=at,
    )
    session.add(revision)
    session.flush()
    assert revision.id is not None
    locked = _locked(session, scheme_id, correction.target_id, correction.as_of)
    mark = Mark(revision.recorded_by, at, Role.OFFICE, correction.reason)
    move(session, locked, RequestAct.CORRECT, mark, {request.id or 0: revision.id for request in locked})
    now = judged(session, scheme_id, found, at)
    return revision, effects(session, scheme_id, correction, found, was, now, at)


def _locked(session: Session, scheme_id: int, target_id: int, as_of: date) -> list[Request]:
    asked = requests_for(session, scheme_id, [as_of], [target_id]).get((target_id, as_of), [])
    return [request for request in asked if request.state is RequestState.CONFIRMED]


def _in_force(session: Session, target_id: int, as_of: date, at: datetime) -> Report | None:
    """The revision of exactly this day."""
    return newest_revisions(session, [target_id], [as_of], at).get((target_id, as_of))


def _number(session: Session, scheme_id: int, wish: Wish, report: Report | None, at: datetime) -> Number:
    target = session.get_one(Target, wish.target_id)
    codes = {number: code for code, number in unit_ids(session, scheme_id).items()}
    known = definitions_in_force(session, scheme_id, office_day(at), at)
    defined = next(one for one in known if one.indicator_id == target.indicator_id)
    return Number(
        unit=codes[target.unit_id],
        lead=None if defined.lead_unit_id is None else codes[defined.lead_unit_id],
        value=None if report is None else report.value,
        is_confirmed=bool(_locked(session, scheme_id, wish.target_id, wish.as_of)),
        is_pending=store.is_pending(session, wish.target_id, wish.as_of),
    )
