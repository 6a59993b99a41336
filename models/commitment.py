"""What a unit promised at a meeting (承诺事项): a milestone of its target from then on."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.column import micro


class Commitment(SQLModel, table=True):
    __tablename__ = "commitment"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    position: int
    target_id: int = Field(foreign_key="target.id")
    name: str
    due: date
    planned: int = Field(sa_column=micro())
    owner: str
    revision: int
    """The revision of the target's milestones that has it."""
