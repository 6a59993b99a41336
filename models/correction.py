"""A request to change a number that was confirmed (更正), and what was decided."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.correction import CorrectionState
from models.column import choice, long_text, micro


class Correction(SQLModel, table=True):
    __tablename__ = "correction"
    __table_args__ = (
        CheckConstraint("(state = 'requested') = (decided_at IS NULL)", name="decided_has_a_time"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_has_a_person"),
        CheckConstraint("(state = 'approved') = (report_id IS NOT NULL)", name="approved_has_a_revision"),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id", index=True)
    as_of: date
    replaces_id: int = Field(foreign_key="report.id")
    """The revision in force when it was asked for."""
    value: int = Field(sa_column=micro())
    reason: str = Field(sa_column=long_text())
    evidence: str | None = Field(default=None, sa_column=long_text(nullable=True))
    justification: str | None = Field(default=None, sa_column=long_text(nullable=True))
    """核实说明: what was verified, where the number looks odd."""
    state: CorrectionState = Field(sa_column=choice(CorrectionState))
    requested_by: str
    requested_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    decision: str | None = Field(default=None, sa_column=long_text(nullable=True))
    """Why."""
    report_id: int | None = Field(default=None, foreign_key="report.id")
    """The new revision."""
    effects: str | None = Field(default=None, sa_column=long_text(nullable=True))
    """JSON: verdicts, warnings and ranks it changed, and what was already issued and stays."""
