"""An interview or a visit that a level obliges to (应约谈、应走访): who is to talk to whom, and by when."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from diaodu.rules.meeting import MeetingKind
from models.column import choice


class PlannedMeeting(SQLModel, table=True):
    """One for a unit, however many of its warnings want it at once (`planned_meeting_warning`)."""

    __tablename__ = "planned_meeting"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    kind: MeetingKind = Field(sa_column=choice(MeetingKind))
    hosts: str
    """As the policy says it: 分管副县长."""
    guests: str
    """Of the unit, as the policy says it; the unit itself where it says nothing."""
    due: date
    """Working day by which it is to be held."""
    planned_at: datetime
    reminded_on: date | None = None
    """The last day on which the office was reminded of it."""
