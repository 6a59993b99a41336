"""A meeting that looks at progress (调度会): its day, what it speaks about, and who prepares its papers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.column import long_text


class Conference(SQLModel, table=True):
    """Its timetable is counted back from its day whenever asked for, so that it follows the working days."""

    __tablename__ = "conference"
    __table_args__ = (
        CheckConstraint("(called_off_at IS NULL) = (called_off_by IS NULL)", name="called_off_by_somebody"),
        CheckConstraint("(called_off_at IS NULL) = (reason IS NULL)", name="called_off_for_a_reason"),
        CheckConstraint("drafter <> reviewer AND drafter <> signer", name="checked_by_another"),
        CheckConstraint("lead >= 1", name="papers_come_before"),
    )

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id", index=True)
    name: str
    day: date
    place: str = ""
    as_of: date
    """The day its briefing speaks about."""
    lead: int
    """Working days before the meeting by which its papers are out."""
    drafter: str
    reviewer: str
    signer: str
    called_by: str
    called_at: datetime
    called_off_by: str | None = None
    called_off_at: datetime | None = None
    reason: str | None = Field(default=None, sa_column=long_text(nullable=True))
    """Why it was called off."""
