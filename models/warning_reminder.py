"""A step of the ladder that came due while a warning waited for somebody, and whose people heard of it (催办)."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.access import Role
from diaodu.rules.warning_leg import WarningLeg
from models.column import choice


class WarningReminder(SQLModel, table=True):
    __tablename__ = "warning_reminder"
    __table_args__ = (UniqueConstraint("warning_id", "leg", "due", "to_role", "planned_on"),)

    id: int | None = Field(default=None, primary_key=True)
    warning_id: int = Field(foreign_key="warning.id")
    leg: WarningLeg = Field(sa_column=choice(WarningLeg))
    due: date
    """The leg's deadline: a new term is a new ladder."""
    to_role: Role = Field(sa_column=choice(Role, name="to_role"))
    told_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    """Whose people heard; None for the office's own."""
    offset: int
    """Working days from the deadline."""
    planned_on: date
    recorded_at: datetime
