"""What a target asked from a day on; revisions are new rows."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from diaodu.rules.trajectory import Trajectory
from models.column import choice, micro


class TargetVersion(SQLModel, table=True):
    __tablename__ = "target_version"
    __table_args__ = (Index("ix_target_version_in_force", "target_id", "effective_from", "recorded_at", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    value: int | None = Field(default=None, sa_column=micro(nullable=True))
    """None: no target set, 不适用. A missing target is not a zero."""
    upper: int | None = Field(default=None, sa_column=micro(nullable=True))
    """The band's upper bound; only for direction `band`."""
    baseline: int = Field(sa_column=micro())
    trajectory: Trajectory = Field(sa_column=choice(Trajectory))
    start: date
    due: date
    effective_from: date
    recorded_at: datetime
