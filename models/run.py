"""One attempt at a fire, held under a lease that the run renews; an expired lease is a crash."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.schedule import Origin, RunState
from models.column import choice, long_text


class Run(SQLModel, table=True):
    __tablename__ = "run"
    __table_args__ = (
        UniqueConstraint("fire_id", "attempt"),
        CheckConstraint("(state = 'running') = (finished_at IS NULL)", name="running_is_unfinished"),
    )

    id: int | None = Field(default=None, primary_key=True)
    fire_id: int = Field(foreign_key="fire.id")
    attempt: int
    origin: Origin = Field(sa_column=choice(Origin))
    state: RunState = Field(sa_column=choice(RunState))
    known_at: datetime
    holder: str
    lease_until: datetime
    started_at: datetime
    finished_at: datetime | None = None
    error: str | None = Field(default=None, sa_column=long_text(nullable=True))
