"""A talk with a unit, called in, visited or at a meeting (约谈、走访、调度会): when, who, and what came of it."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from diaodu.rules.meeting import MeetingKind
from models.column import choice, long_text


class Meeting(SQLModel, table=True):
    __tablename__ = "meeting"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    kind: MeetingKind = Field(sa_column=choice(MeetingKind))
    day: date
    hosts: str
    """Who held it, names set apart by 、."""
    guests: str
    """Who spoke for the unit."""
    outcome: str = Field(sa_column=long_text())
    warning_id: int | None = Field(default=None, foreign_key="warning.id")
    """The warning it was about."""
    planned_meeting_id: int | None = Field(default=None, foreign_key="planned_meeting.id", index=True)
    """The one that a level obliged to, and that this was."""
    conference_id: int | None = Field(default=None, foreign_key="conference.id")
    """The meeting at which it took place."""
    recorded_by: str
    recorded_at: datetime
