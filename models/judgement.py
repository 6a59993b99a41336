"""What a person said of a target, with author, reason and day: an input of the rules besides the numbers (人工研判)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.judgement import JudgementKind
from models.column import choice, long_text


class Judgement(SQLModel, table=True):
    """Never changed: an assessment gives way to a newer one, a flag to its last day."""

    __tablename__ = "judgement"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="ends_after_it_begins"),)

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id", index=True)
    kind: JudgementKind = Field(sa_column=choice(JudgementKind))
    weight: int
    """What the policy's conditions see: how grave."""
    reason: str = Field(sa_column=long_text())
    author: str
    """Who judged, or who raised the flag."""
    since: date
    until: date | None = None
    """Last day it counts; None for as long as nothing newer is said."""
    recorded_at: datetime
    recorded_by: str
