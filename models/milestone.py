"""A dated step of a target (节点任务). A re-plan is a whole new revision; the original stays."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.column import micro


class Milestone(SQLModel, table=True):
    __tablename__ = "milestone"
    __table_args__ = (
        Index("ix_milestone_bracket", "target_id", "revision", "due", "position", "id", "planned"),
        Index("ix_milestone_known", "target_id", "recorded_at", "revision"),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    revision: int
    """1, 2, …; all milestones of one revision share `recorded_at`, and the newest one known is in force."""
    position: int
    name: str
    due: date
    planned: int = Field(sa_column=micro())
    """Planned cumulative value; for deliverables the number of milestones done by then."""
    deliverable: str | None = None
    owner: str | None = None
    recorded_at: datetime
