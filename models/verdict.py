"""Level and reason for a target or a whole unit, with what they rest on (研判); a changed judgement is a new row."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from diaodu.rules.verdict import Reason, State
from models.column import choice, long_text, micro


class Verdict(SQLModel, table=True):
    __tablename__ = "verdict"
    __table_args__ = (
        Index("ix_verdict_latest", "target_id", "as_of", "id"),
        Index("ix_verdict_unit", "unit_id", "as_of", "id"),
        CheckConstraint("(target_id IS NULL) <> (unit_id IS NULL)", name="of_one_subject"),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int | None = Field(default=None, foreign_key="target.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    """The unit judged as a whole; a target knows its own."""
    run_id: int | None = Field(default=None, foreign_key="run.id")
    policy_version_id: int | None = Field(default=None, foreign_key="policy_version.id")
    as_of: date
    period: date | None = None
    """The period's day a report was owed for: what rules that look back count by."""
    known_at: datetime
    state: State = Field(sa_column=choice(State))
    reason: Reason = Field(sa_column=choice(Reason))
    level: str | None = None
    severity: int | None = None
    dimension: str | None = None
    """The side of the task (code) that decided; None where the policy knows no sides, or the level before was kept."""
    actual: int | None = Field(default=None, sa_column=micro(nullable=True))
    reported_as_of: date | None = None
    target_value: int | None = Field(default=None, sa_column=micro(nullable=True))
    rank: int | None = None
    rank_change: int | None = None
    standing: str = Field(sa_column=long_text())
    """JSON of the `rules.standing.Standing` judged, of a unit the `rules.unit_standing.UnitStanding`: every measure can
    be recomputed from it exactly."""
    explanation: str = Field(sa_column=long_text())
    digest: str = Field(max_length=64)
    """SHA-256 of all of the above but run and known_at: the same judgement is not stored twice."""
