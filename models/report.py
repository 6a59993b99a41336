"""One value for one target as of one day (填报): append-only revisions, the newest known is in force."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.column import long_text, micro


class Report(SQLModel, table=True):
    __tablename__ = "report"
    __table_args__ = (Index("ix_report_in_force", "target_id", "as_of", "recorded_at", "id", "value"),)

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    as_of: date
    value: int | None = Field(default=None, sa_column=micro(nullable=True))
    """None: the day's number was returned or taken back, and none is in force until a new one comes."""
    note: str | None = Field(default=None, sa_column=long_text(nullable=True))
    blocker: str | None = Field(default=None, sa_column=long_text(nullable=True))
    evidence: str | None = Field(default=None, sa_column=long_text(nullable=True))
    justification: str | None = Field(default=None, sa_column=long_text(nullable=True))
    """Why a number that looks wrong is right (核实说明)."""
    source_id: int | None = Field(default=None, foreign_key="source.id")
    origin: str = Field(sa_column=long_text())
    """Where exactly it was read: file, sheet and row."""
    recorded_by: str
    recorded_at: datetime
