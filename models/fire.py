"""The fact that a job is due for a day: written once, whoever writes it, so that a period runs exactly once."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.schedule import Origin
from models.column import choice


class Fire(SQLModel, table=True):
    __tablename__ = "fire"
    __table_args__ = (UniqueConstraint("scheme_id", "job", "as_of"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id")
    job: str
    as_of: date
    scheduled_for: datetime
    origin: Origin = Field(sa_column=choice(Origin))
    created_at: datetime
