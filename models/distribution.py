"""A line of the office's distribution list (分发名单): which edition goes to a role or a person, from when to when."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.access import Role
from diaodu.rules.distribution import Edition
from models.column import choice


class Distribution(SQLModel, table=True):
    __tablename__ = "distribution"
    __table_args__ = (
        CheckConstraint("(role IS NULL) <> (person_id IS NULL)", name="role_or_person"),
        CheckConstraint("(removed_at IS NULL) = (removed_by IS NULL)", name="removed_by_somebody"),
    )

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id", index=True)
    kind: str | None = None
    """Of briefing; None is every kind."""
    edition: Edition = Field(sa_column=choice(Edition))
    role: Role | None = Field(default=None, sa_column=choice(Role, nullable=True))
    person_id: int | None = Field(default=None, foreign_key="person.id")
    added_by: str
    added_at: datetime
    removed_by: str | None = None
    removed_at: datetime | None = None
