"""Steps of the reminder ladder as rows: which were taken, for whom, and what became of each."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, or_, select

from diaodu.rules.access import Role
from diaodu.rules.reminder import Leg, ReminderOutcome
from diaodu.rules.request import UNANSWERED
from diaodu.storage.owing import TO_CHECK
from diaodu.storage.plan import append
from models.definition import Definition
from models.delivery import Delivery
from models.reminder import Reminder
from models.request import Request
from models.target import Target


class Taken(NamedTuple):
    """A step that was taken: whose, who was told, which day's it was, what became of it, and when."""

    period_id: int
    leg: Leg
    unit_id: int
    to_role: Role
    planned_on: date
    outcome: ReminderOutcome
    recorded_at: datetime


def reminders_of(session: Session, period_ids: Collection[int]) -> list[Reminder]:
    """Every step taken in these rounds, first to last."""
    return list(
        session.exec(select(Reminder).where(col(Reminder.period_id).in_(period_ids)).order_by(col(Reminder.id)))
    )


def steps_of(session: Session, period_ids: Collection[int]) -> list[Taken]:
    """The same without what is not needed to know who was told when."""
    columns = (Reminder.period_id, Reminder.leg, Reminder.unit_id, Reminder.to_role)
    more = (Reminder.planned_on, Reminder.outcome, Reminder.recorded_at)
    found = session.execute(
        sa.select(*map(col, columns), *map(col, more))
        .where(col(Reminder.period_id).in_(period_ids))
        .order_by(col(Reminder.id))
    )
    return [Taken(*row) for row in found]


def add(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write steps down; the database refuses a day's step for the same unit and role a second time."""
    append(session, Reminder, rows)


def is_answered(session: Session, delivery: Delivery) -> bool:
    """Whether a message reminds of what has all come, or is no longer owed, since it was written."""
    about = delivery.key.split("/", 1)[0]
    spoken_of = col(Reminder.message) == about
    if delivery.notice_id is not None:
        spoken_of = or_(spoken_of, col(Reminder.notice_id) == delivery.notice_id)
    steps = select(Reminder.period_id, Reminder.leg, Reminder.unit_id).where(spoken_of).distinct()
    found = session.exec(steps).all()
    return bool(found) and not any(
        _still_owes(session, period_id, Leg(leg), unit_id) for period_id, leg, unit_id in found
    )


def _still_owes(session: Session, period_id: int, leg: Leg, unit_id: int) -> bool:
    mine = select(Request.id).where(Request.period_id == period_id)
    if leg == Leg.UNIT:
        mine = mine.where(Request.unit_id == unit_id, col(Request.state).in_(UNANSWERED))
    else:
        led = select(Definition.indicator_id).where(Definition.lead_unit_id == unit_id)
        mine = mine.join(Target, col(Target.id) == Request.target_id).where(
            col(Target.indicator_id).in_(led), col(Request.state).in_(TO_CHECK)
        )
    return session.exec(mine.limit(1)).first() is not None
