"""Warnings that wait for somebody: since when, with whom, and who has been reminded of them already."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from diaodu.rules.access import Role
from diaodu.rules.warning_leg import WarningLeg
from diaodu.storage.plan import append
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
    """When each began its present leg: the last event that led elsewhere, or set another deadline."""
    events = session.exec(
        select(WarningEvent)
        .where(col(WarningEvent.warning_id).in_(warning_ids))
        .order_by(col(WarningEvent.warning_id), col(WarningEvent.position))
    )
    since: dict[int, datetime] = {}
    due: dict[int, Any] = {}
    for event in events:
        number = event.warning_id
        if event.from_state is not event.to_state or event.reply_due != due.get(number):
            since[number] = event.recorded_at
        due[number] = event.reply_due
    return since


class Taken(NamedTuple):
    """A step that was taken: of which warning's leg, by which deadline, for whom, and for which day of the ladder."""

    warning_id: int
    leg: WarningLeg
    due: date
    to_role: Role
    planned_on: date


def reminded(session: Session, scheme_id: int) -> list[Taken]:
    """Every step taken for a scheme's open warnings: very many in a year, so without their rows around them."""
    columns = [col(getattr(WarningReminder, name)) for name in Taken._fields]
    rows = session.execute(
        of_scheme(
            sa.select(*columns).join(LagWarning, col(LagWarning.id) == WarningReminder.warning_id),
            LagWarning,
            scheme_id,
        ).where(col(LagWarning.closed_at).is_(None))
    )
    return [Taken(*row) for row in rows]


def add(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write steps down; the database refuses a day's step for the same leg and role a second time."""
    append(session, WarningReminder, rows)
