"""When the numbers of a day first came, and by when they were due."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from models.period import Period
from models.request import Request


@dataclass(frozen=True, slots=True)
class Came:
    """One number that answered a request."""

    target_id: int
    unit_id: int
    as_of: date
    due: date
    at: datetime


def first_came(session: Session, scheme_id: int, days: Collection[date], known_at: datetime) -> list[Came]:
    """Numbers of these days that had come by a moment, in the order they were asked for."""
    found = session.execute(
        sa.select(
            col(Request.target_id), col(Request.unit_id), col(Period.as_of), col(Request.due), col(Request.submitted_at)
        )
        .join(Period, col(Period.id) == col(Request.period_id))
        .where(col(Period.scheme_id) == scheme_id, col(Period.as_of).in_(days), col(Request.submitted_at) <= known_at)
        .order_by(col(Request.id))
    )
    return [Came(*row) for row in found]
