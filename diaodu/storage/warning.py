"""Warnings as their last events left them: the latest of every subject, who worked on one, and its whole life."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from diaodu.rules.obligation import Held, Obligation
from diaodu.rules.subject import Subject
from diaodu.rules.warning import Act, Cause, WarningState
from diaodu.storage.subject import is_about, of_scheme, subject_of
from models.lag_warning import LagWarning
from models.target import Target
from models.verdict import Verdict
from models.warning_event import WarningEvent

HANDED_IN = frozenset({WarningState.PLANNED, WarningState.EVIDENCED})
"""States a unit's own work leads to: whoever did it does not check it."""
OWN_WORK = frozenset({Act.PLAN, Act.EVIDENCE, Act.APPLY})
"""Acts that are a unit's own work."""
DECIDED = frozenset({Cause.BY_PERSON, Cause.UNACKNOWLEDGED})
"""Causes after which a person's decision on the data still stands: that a signature lapsed takes nothing back."""


@dataclass(frozen=True, slots=True)
class Known:
    """A warning as its last event left it."""

    warning: LagWarning
    last: WarningEvent
    obligation: Obligation


def latest(session: Session, scheme_id: int, rule: str) -> dict[Subject, Known]:
    """The newest warning of everything that ever had one under this rule, open or over."""
    newest = (
        of_scheme(select(func.max(LagWarning.id)), LagWarning, scheme_id)
        .where(LagWarning.rule == rule)
        .group_by(col(LagWarning.target_id), col(LagWarning.unit_id))
    )
    return {subject_of(k.warning): k for k in _known(session, col(LagWarning.id).in_(newest))}


def known(session: Session, scheme_id: int, warning_ids: list[int]) -> dict[int, Known]:
    """Warnings of a scheme by id; ids it does not have are left out."""
    mine = of_scheme(select(LagWarning.id), LagWarning, scheme_id).where(col(LagWarning.id).in_(warning_ids))
    return {id_of(k.warning): k for k in _known(session, col(LagWarning.id).in_(mine))}


def _known(session: Session, chosen: Any) -> list[Known]:
    event, decisive = aliased(WarningEvent), aliased(WarningEvent)
    last = select(func.max(event.position)).where(event.warning_id == col(LagWarning.id))
    decided = last.where(event.cause != Cause.RESCHEDULED)  # a deadline that followed the calendar settles nothing
    rows = session.execute(
        sa.select(LagWarning, WarningEvent, decisive, col(Verdict.severity), col(Verdict.reported_as_of))
        .join(WarningEvent, col(WarningEvent.warning_id) == LagWarning.id)
        .join(decisive, col(decisive.warning_id) == LagWarning.id)
        .join(Verdict, col(Verdict.id) == decisive.verdict_id, isouter=True)
        .where(chosen, col(WarningEvent.position) == last.scalar_subquery())
        .where(col(decisive.position) == decided.scalar_subquery())
        .order_by(col(LagWarning.id))
    ).all()
    held = _held(session, [id_of(w) for w, *_ in rows if w.state is WarningState.PROPOSED])
    return [Known(w, e, _obligation(w, d, severity, seen, held.get(id_of(w)))) for w, e, d, severity, seen in rows]


def _held(session: Session, warning_ids: list[int]) -> dict[int, Held]:
    """Where warnings stood before the rise that is now proposed; nothing for those never issued."""
    transient = (WarningState.PROPOSED, WarningState.EXEMPTED)
    events = session.exec(
        select(WarningEvent)
        .where(col(WarningEvent.warning_id).in_(warning_ids), col(WarningEvent.to_state).not_in(transient))
        .order_by(col(WarningEvent.position))
    )
    return {e.warning_id: Held(e.to_state, e.to_level, e.severity, e.floor) for e in events}


def _obligation(
    warning: LagWarning, last: WarningEvent, severity: int | None, report: date | None, held: Held | None
) -> Obligation:
    by_person = last.cause in DECIDED
    return Obligation(
        state=warning.state,
        level=warning.level,
        severity=warning.severity,
        as_of=last.as_of,
        floor=warning.floor,
        reply_due=warning.reply_due,
        rectify_by=warning.rectify_by,
        rectify_due=warning.rectify_due,
        exempt_until=warning.exempt_until,
        held=held,
        seen_severity=severity if by_person else None,
        seen_report=report if by_person else None,
    )


def life(session: Session, warning_id: int) -> list[WarningEvent]:
    """Every event of a warning, first to last."""
    events = select(WarningEvent).where(WarningEvent.warning_id == warning_id)
    return list(session.exec(events.order_by(col(WarningEvent.position))))


def authors(session: Session, warning_id: int) -> frozenset[str]:
    """Whoever handed in a plan or evidence for this warning."""
    return frozenset(e.actor for e in life(session, warning_id) if _is_own_work(e))


def _is_own_work(event: WarningEvent) -> bool:
    """Events from before acts were recorded are known by where they lead."""
    return event.act in OWN_WORK if event.act is not None else event.to_state in HANDED_IN


def newest_verdict(session: Session, subject: Subject) -> Verdict | None:
    """The last judgement of a target or unit: what a person who decides today has before them."""
    judged = select(Verdict).where(is_about(Verdict, subject))
    return session.exec(judged.order_by(col(Verdict.id).desc())).first()


def verdict_ids(session: Session, scheme_id: int, as_of: date) -> dict[Subject, int]:
    """The last judgement of everything as of a day."""
    newest = (
        of_scheme(select(Verdict.target_id, Verdict.unit_id, func.max(Verdict.id)), Verdict, scheme_id)
        .where(Verdict.as_of == as_of)
        .group_by(col(Verdict.target_id), col(Verdict.unit_id))
    )
    return {Subject(target_id, unit_id): verdict_id for target_id, unit_id, verdict_id in session.exec(newest)}


def exempt_targets(session: Session, scheme_id: int, rule: str, on: date, known_at: datetime) -> frozenset[int]:
    """Targets whose warning under this rule is exempted on a day, as known at a moment."""
    earlier = aliased(WarningEvent)
    newest = (
        select(func.max(earlier.position))
        .where(earlier.warning_id == col(LagWarning.id), earlier.recorded_at <= known_at)
        .scalar_subquery()
    )
    exempted = (
        of_scheme(select(LagWarning.target_id), LagWarning, scheme_id)
        .join(WarningEvent, col(WarningEvent.warning_id) == LagWarning.id)
        .where(
            LagWarning.rule == rule,
            col(LagWarning.target_id).is_not(None),
            WarningEvent.position == newest,
            WarningEvent.to_state == WarningState.EXEMPTED,
            func.coalesce(WarningEvent.until, LagWarning.exempt_until) >= on,
        )
    )
    return frozenset(session.exec(exempted))


def owner_of(session: Session, warning: LagWarning) -> int:
    """The unit that is warned, of whatever."""
    if warning.unit_id is not None:
        return warning.unit_id
    return session.get_one(Target, warning.target_id).unit_id


def id_of(warning: LagWarning) -> int:
    assert warning.id is not None
    return warning.id
