"""Warnings that wait for somebody: since when, with whom, and who has been reminded of them already."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from diaodu.rules.warning import Cause
from diaodu.rules.warning_leg import WarningLeg
from diaodu.storage.subject import of_scheme, owner
from models.lag_warning import LagWarning
from models.target import Target
from models.warning_event import WarningEvent
from models.warning_reminder import WarningReminder


@dataclass(frozen=True, slots=True)
class Open:
    """An open warning. `unit_id` answers for it: the one warned, or to which it was handed over; `indicator_id` None
    where a unit is warned as a whole.

    `since` is the moment it came to stand where it does, or its term last began anew.
    """

    warning: LagWarning
    unit_id: int
    indicator_id: int | None
    since: datetime


def open_warnings(session: Session, scheme_id: int) -> list[Open]:
    """Every open warning of a scheme, oldest first."""
    told = select(LagWarning, owner(LagWarning), col(Target.indicator_id))
    rows = session.exec(
        of_scheme(told, LagWarning, scheme_id).where(col(LagWarning.closed_at).is_(None)).order_by(col(LagWarning.id))
    ).all()
    since = _since(session, [warning.id or 0 for warning, _, _ in rows])
    return [Open(w, w.owner_unit_id or unit, indicator, since[w.id or 0]) for w, unit, indicator in rows]


def _since(session: Session, warning_ids: Collection[int]) -> dict[int, datetime]:
    """When each began its present leg: the last event that led elsewhere, or set a new term."""
    events = session.exec(
        select(WarningEvent)
        .where(col(WarningEvent.warning_id).in_(warning_ids))
        .order_by(col(WarningEvent.warning_id), col(WarningEvent.position))
    )
    since: dict[int, datetime] = {}
    due: dict[int, Any] = {}
    for event in events:
        number = event.warning_id
        has_new_term = event.reply_due != due.get(number) and event.cause is not Cause.RESCHEDULED
        if event.from_state is not event.to_state or has_new_term:
            since[number] = event.recorded_at
        due[number] = event.reply_due
    return since


def reminders(session: Session, scheme_id: int) -> dict[tuple[int, WarningLeg], WarningReminder]:
    """How far each leg of a scheme's open warnings has been reminded of."""
    rows = session.exec(
        of_scheme(
            select(WarningReminder).join(LagWarning, col(LagWarning.id) == WarningReminder.warning_id),
            LagWarning,
            scheme_id,
        ).where(col(LagWarning.closed_at).is_(None))
    )
    return {(row.warning_id, WarningLeg(row.leg)): row for row in rows}


def reminders_of(session: Session, warning_id: int) -> list[WarningReminder]:
    """How far each leg of one warning has been reminded of, in the order in which it first was."""
    chosen = select(WarningReminder).where(WarningReminder.warning_id == warning_id)
    return list(session.exec(chosen.order_by(col(WarningReminder.id))))
