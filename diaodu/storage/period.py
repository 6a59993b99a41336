"""The rounds of collection of a scheme."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from diaodu.rules.workday import ONE_DAY
from models.period import Period


def periods(session: Session, scheme_id: int) -> list[Period]:
    """All rounds opened so far, the newest first."""
    return list(session.exec(select(Period).where(Period.scheme_id == scheme_id).order_by(col(Period.as_of).desc())))


def period_of(session: Session, scheme_id: int, as_of: date) -> Period | None:
    """The round that collects the values of this day."""
    return session.exec(select(Period).where(Period.scheme_id == scheme_id, Period.as_of == as_of)).first()


def open_period(
    session: Session, scheme_id: int, as_of: date, unit_due: date, provisional: bool, opened_at: datetime
) -> Period:
    """The round for this day, opened now unless it was; its deadline follows a calendar announced since."""
    period = period_of(session, scheme_id, as_of)
    if period is None:
        period = Period(
            scheme_id=scheme_id,
            as_of=as_of,
            opens=as_of + ONE_DAY,
            unit_due=unit_due,
            provisional=provisional,
            opened_at=opened_at,
        )
    elif period.provisional:
        period.unit_due, period.provisional = unit_due, provisional
    session.add(period)
    session.flush()
    return period
