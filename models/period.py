"""One round of collection (期次)."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Period(SQLModel, table=True):
    __tablename__ = "period"
    __table_args__ = (UniqueConstraint("scheme_id", "as_of"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id")
    as_of: date
    unit_due: date
    provisional: bool
    """The deadline falls in a year whose holidays are not announced."""
    opened_at: datetime
