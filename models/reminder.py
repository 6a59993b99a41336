"""A step of the reminder ladder that came due for a unit, and what became of it (催报)."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.access import Role
from diaodu.rules.reminder import Leg, ReminderOutcome
from models.column import choice


class Reminder(SQLModel, table=True):
    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("period_id", "leg", "unit_id", "to_role", "planned_on"),)

    id: int | None = Field(default=None, primary_key=True)
    period_id: int = Field(foreign_key="period.id")
    leg: Leg = Field(sa_column=choice(Leg))
    unit_id: int = Field(foreign_key="unit.id", index=True)
    """Who owes: the unit that reports, or the lead unit that checks."""
    to_role: Role = Field(sa_column=choice(Role, name="to_role"))
    """Who is told; above the reporter it is an escalation."""
    told_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    """Whose people are told: the unit's own, or one above it in the reporting line."""
    offset: int
    """Working days from the deadline."""
    planned_on: date
    """The ladder's working day for it."""
    outcome: ReminderOutcome = Field(sa_column=choice(ReminderOutcome))
    owed: int
    """How many numbers were owed."""
    notice_id: int | None = Field(default=None, foreign_key="notice.id", index=True)
    """The letter (报送提醒函) that went with it."""
    message: str | None = Field(default=None, max_length=64, index=True)
    """What the keys of the deliveries that told it begin with; None for a letter, and for a step that waits."""
    recorded_at: datetime
