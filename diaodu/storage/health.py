"""How the house is doing, in a few numbers."""

from datetime import date

from alembic.runtime.migration import MigrationContext
from sqlmodel import Session, col, func, select

from models.holiday import Holiday
from models.lag_warning import LagWarning
from models.period import Period


def schema_version(session: Session) -> str | None:
    """The newest revision the database has seen."""
    return MigrationContext.configure(session.connection()).get_current_revision()


def open_warnings(session: Session) -> int:
    return session.exec(select(func.count()).select_from(LagWarning).where(col(LagWarning.closed_at).is_(None))).one()


def provisional_years(session: Session) -> list[int]:
    """Years of the calendar that are a guess."""
    days = session.exec(select(col(Holiday.day)).where(col(Holiday.provisional)))
    return sorted({day.year for day in days})


def provisional_deadlines(session: Session) -> list[date]:
    """Periods whose deadline rests on a guess."""
    guessed = select(col(Period.as_of)).where(col(Period.provisional)).order_by(col(Period.as_of))
    return list(session.exec(guessed))
