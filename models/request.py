"""One number asked of one unit for one period (报送事项), and where its last event left it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.request import RequestState
from models.column import choice


class Request(SQLModel, table=True):
    __tablename__ = "request"
    __table_args__ = (
        UniqueConstraint("period_id", "target_id"),
        Index("ix_request_owed", "period_id", "unit_id", "state"),
        CheckConstraint(
            "state NOT IN ('submitted', 'approved', 'checked', 'confirmed') OR submitted_at IS NOT NULL",
            name="answered_has_a_time",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    period_id: int = Field(foreign_key="period.id")
    target_id: int = Field(foreign_key="target.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    due: date
    """By when this unit owes it, on its own calendar."""
    fields: int
    """How many cells it is asked to fill in."""
    state: RequestState = Field(sa_column=choice(RequestState))
    asked_at: datetime
    submitted_at: datetime | None = None
    """When a number first came."""
