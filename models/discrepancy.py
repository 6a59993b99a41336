"""Two sources, one target and day, two numbers: a question to the unit (数据不一致)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from diaodu.rules.discrepancy import Settlement
from models.column import choice, long_text, micro


class Discrepancy(SQLModel, table=True):
    __tablename__ = "discrepancy"
    __table_args__ = (
        Index(
            "uq_discrepancy_open",
            "target_id",
            "as_of",
            "source_id",
            unique=True,
            sqlite_where=text("settlement IS NULL"),
            postgresql_where=text("settlement IS NULL"),
        ),
        CheckConstraint("(settlement IS NULL) = (settled_at IS NULL)", name="settled_has_a_time"),
        CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="settled_has_a_person"),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id", index=True)
    as_of: date
    report_id: int = Field(foreign_key="report.id")
    """The revision in force, which holds until the question is answered."""
    source_id: int = Field(foreign_key="source.id")
    """Who says otherwise."""
    value: int = Field(sa_column=micro())
    origin: str = Field(sa_column=long_text())
    found_at: datetime
    told_at: datetime | None = None
    """When the unit was asked; None until the run's message is written."""
    settlement: Settlement | None = Field(default=None, sa_column=choice(Settlement, nullable=True))
    settled_by: str | None = None
    settled_at: datetime | None = None
    reason: str | None = Field(default=None, sa_column=long_text(nullable=True))
