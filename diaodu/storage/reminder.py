"""Steps of the reminder ladder as rows: which were taken, for whom, and what became of each."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from diaodu.rules.access import Role
from diaodu.rules.reminder import ReminderOutcome
from diaodu.storage.plan import append
from models.period import Period
from models.reminder import Reminder


def reminders_of(session: Session, period_ids: Collection[int]) -> list[Reminder]:
    """Every step taken in these rounds, first to last."""
    return list(
        session.exec(select(Reminder).where(col(Reminder.period_id).in_(period_ids)).order_by(col(Reminder.id)))
    )


def add(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write steps down; the database refuses a day's step for the same unit and role a second time."""
    append(session, Reminder, rows)


def messages(session: Session, scheme_id: int, since: datetime) -> dict[int | None, int]:
    """How many reminders each unit's people were sent from a moment on: one a moment, however many steps it names.

    Those who owe numbers and checks get one for each; those above a unit get one for both.
    """
    own_leg = sa.case((col(Reminder.to_role) == Role.REPORTER, sa.cast(col(Reminder.leg), sa.String)))
    told = (
        sa.select(
            col(Reminder.told_unit_id), col(Reminder.to_role), col(Reminder.recorded_at), own_leg.label("own_leg")
        )
        .join(Period, col(Period.id) == Reminder.period_id)
        .where(
            col(Period.scheme_id) == scheme_id,
            col(Reminder.outcome) == ReminderOutcome.SENT,
            col(Reminder.recorded_at) >= since,
        )
        .distinct()
        .subquery()
    )
    counted = sa.select(told.c.told_unit_id, sa.func.count()).group_by(told.c.told_unit_id)
    return {row[0]: row[1] for row in session.execute(counted)}
