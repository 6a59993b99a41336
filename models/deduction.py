"""Points a unit lost by a step of a warning, or was given back (扣分), each by a row of its own that never changes."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.deduction import DeductionReason
from models.column import choice, micro


class Deduction(SQLModel, table=True):
    __tablename__ = "deduction"
    __table_args__ = (
        CheckConstraint("(points < 0) = (reason = 'withdrawn')", name="given_back_when_withdrawn"),
        CheckConstraint("points <> 0", name="of_something"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    event_id: int = Field(foreign_key="warning_event.id", unique=True)
    """The step of the warning that caused it."""
    level: str
    points: int = Field(sa_column=micro())
    """Millionths of a point; below 0 when given back."""
    reason: DeductionReason = Field(sa_column=choice(DeductionReason))
    recorded_at: datetime
