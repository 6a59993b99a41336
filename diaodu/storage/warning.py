"""Warnings as their last events left them: the latest of every target, who worked on one, and its whole life."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from diaodu.rules.obligation import Held, Obligation
from diaodu.rules.warning import Act, Cause, WarningState
from models.indicator import Indicator
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


def latest(session: Session, scheme_id: int, rule: str) -> dict[int, Known]:
    """The newest warning of every target that ever had one under this rule, open or over, by target."""
    newest = (
        select(func.max(LagWarning.id))
        .join(Target, col(Target.id) == LagWarning.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(Indicator.scheme_id == scheme_id, LagWarning.rule == rule)
        .group_by(col(LagWarning.target_id))
    )
    return {k.warning.target_id: k for k in _known(session, col(LagWarning.id).in_(newest))}


def known(session: Session, scheme_id: int, warning_ids: list[int]) -> dict[int, Known]:
    """Warnings of a scheme by id; ids it does not have are left out."""
    mine = (
        select(LagWarning.id)
        .join(Target, col(Target.id) == LagWarning.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(Indicator.scheme_id == scheme_id, col(LagWarning.id).in_(warning_ids))
    )
    return {id_of(k.warning): k for k in _known(session, col(LagWarning.id).in_(mine))}


def _known(session: Session, chosen: Any) -> list[Known]:
    event = aliased(WarningEvent)
    last = select(func.max(event.position)).where(event.warning_id == col(LagWarning.id)).scalar_subquery()
    rows = session.exec(
        select(LagWarning, WarningEvent, col(Verdict.severity), col(Verdict.reported_as_of))
        .join(WarningEvent, col(WarningEvent.warning_id) == LagWarning.id)
        .join(Verdict, col(Verdict.id) == WarningEvent.verdict_id, isouter=True)
        .where(chosen, WarningEvent.position == last)
        .order_by(col(LagWarning.id))
    ).all()
    held = _held(session, [id_of(w) for w, *_ in rows if w.state is WarningState.PROPOSED])
    return [Known(w, e, _obligation(w, e, severity, seen, held.get(id_of(w)))) for w, e, severity, seen in rows]


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


def newest_verdict(session: Session, target_id: int) -> Verdict | None:
    """The last judgement of a target: what a person who decides today has before them."""
    return session.exec(select(Verdict).where(Verdict.target_id == target_id).order_by(col(Verdict.id).desc())).first()


def verdict_ids(session: Session, scheme_id: int, as_of: date) -> dict[int, int]:
    """The last judgement of every target as of a day, by target."""
    newest = (
        select(Verdict.target_id, func.max(Verdict.id))
        .join(Target, col(Target.id) == Verdict.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(Indicator.scheme_id == scheme_id, Verdict.as_of == as_of)
        .group_by(col(Verdict.target_id))
    )
    return {target_id: verdict_id for target_id, verdict_id in session.exec(newest) if verdict_id is not None}


def id_of(warning: LagWarning) -> int:
    assert warning.id is not None
    return warning.id
