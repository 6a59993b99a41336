"""The rounds of collection of a scheme."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.period import Period

Key = tuple[int | None, date]
"""What tells two rounds of a scheme apart: the collection (None: the scheme's own calendar) and the as-of day."""


def periods(session: Session, scheme_id: int) -> list[Period]:
    """All rounds opened so far, the newest first."""
    newest = (col(Period.as_of).desc(), col(Period.id).desc())
    return list(session.exec(select(Period).where(Period.scheme_id == scheme_id).order_by(*newest)))


def periods_of(session: Session, scheme_id: int, as_of: date) -> list[Period]:
    """The rounds that collect the values of this day: the scheme's own, and those of its collections."""
    about = select(Period).where(Period.scheme_id == scheme_id, Period.as_of == as_of)
    return list(session.exec(about.order_by(col(Period.collection_id).is_not(None), col(Period.id))))


def period_of(session: Session, scheme_id: int, as_of: date, collection_id: int | None = None) -> Period | None:
    """The round of one calendar that collects the values of this day."""
    calendar = col(Period.collection_id).is_not_distinct_from(collection_id)
    return session.exec(select(Period).where(Period.scheme_id == scheme_id, Period.as_of == as_of, calendar)).first()


def still_open(session: Session, scheme_id: int) -> list[Period]:
    """Rounds that are not closed, the oldest first."""
    unfinished = select(Period).where(Period.scheme_id == scheme_id, col(Period.closed_at).is_(None))
    return list(session.exec(unfinished.order_by(col(Period.as_of), col(Period.id))))


def opened(session: Session, scheme_id: int) -> set[Key]:
    """Which rounds there are."""
    found = session.exec(select(col(Period.collection_id), col(Period.as_of)).where(Period.scheme_id == scheme_id))
    return set(found.all())


def first_opened_at(session: Session, scheme_id: int) -> datetime | None:
    """When the scheme's first round was opened."""
    return session.exec(select(sa.func.min(Period.opened_at)).where(Period.scheme_id == scheme_id)).one()


def add(session: Session, period: Period) -> Period:
    """The round as a row, with its id."""
    session.add(period)
    session.flush()
    return period
