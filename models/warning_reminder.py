"""How far a leg of a warning has been reminded of (催办): one row a leg, however many days it waits.

What was said, to whom and when stands in the deliveries; here stands what need not be said again.
"""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.warning_leg import WarningLeg
from models.column import choice


class WarningReminder(SQLModel, table=True):
    __tablename__ = "warning_reminder"
    __table_args__ = (UniqueConstraint("warning_id", "leg"),)

    id: int | None = Field(default=None, primary_key=True)
    warning_id: int = Field(foreign_key="warning.id")
    leg: WarningLeg = Field(sa_column=choice(WarningLeg))
    due: date
    """The leg's deadline when its newest step came."""
    planned_on: date
    """The ladder's day of the newest step that came; all before it went with it."""
    held_since: date | None = None
    """The ladder's day of the oldest plain reminder that still waits for a week with messages to spare (延后)."""
    times: int
    """On how many occasions anybody was told."""
    recorded_at: datetime
    """When last; before the first of them, when the first reminder was held back."""
