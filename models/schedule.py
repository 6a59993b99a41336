"""A timetable line in force for a scheme: the job, since when, and whether it is paused (调度计划)."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.schedule import CatchUp
from models.column import choice


class Schedule(SQLModel, table=True):
    __tablename__ = "schedule"
    __table_args__ = (UniqueConstraint("scheme_id", "job"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id")
    job: str
    trigger: str
    """A timetable expression such as "workdays 08:30"."""
    catch_up: CatchUp = Field(sa_column=choice(CatchUp))
    paused: bool = False
    since: datetime
    """Times before this are nobody's."""
