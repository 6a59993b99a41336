"""Steps of the reminder ladder as rows: which were taken, for whom, and what became of each."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cache
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
    about = {"message": delivery.key.split("/", 1)[0], "notice": delivery.notice_id}
    found = session.execute(_steps_told_by(), about).all()
    return bool(found) and not any(
        session.execute(_still_owed(Leg(leg)), {"period": period_id, "unit": unit_id}).first()
        for period_id, leg, unit_id in found
    )


@cache
def _steps_told_by() -> sa.Select[Any]:
    """Whose steps of which ladders a message, or the letter it brings, tells of."""
    spoken_of = or_(col(Reminder.message) == sa.bindparam("message"), col(Reminder.notice_id) == sa.bindparam("notice"))
    whose: tuple[Any, ...] = (Reminder.period_id, Reminder.leg, Reminder.unit_id)
    return sa.select(*whose).where(spoken_of).distinct()


@cache
def _still_owed(leg: Leg) -> sa.Select[Any]:
    """A request of a round that a unit owes in a leg, where there is one."""
    unit = sa.bindparam("unit", type_=sa.Integer)
    mine = sa.select(col(Request.id)).where(col(Request.period_id) == sa.bindparam("period"))
    if leg is Leg.UNIT:
        mine = mine.where(col(Request.unit_id) == unit, col(Request.state).in_(UNANSWERED))
    else:
        led = select(Definition.indicator_id).where(col(Definition.lead_unit_id) == unit)
        mine = mine.join(Target, col(Target.id) == Request.target_id).where(
            col(Target.indicator_id).in_(led), col(Request.state).in_(TO_CHECK)
        )
    return mine.limit(1)
