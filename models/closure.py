"""A day on which one unit rests or works otherwise than the calendar says (单位日历)."""

from datetime import date

from sqlmodel import Field, SQLModel


class Closure(SQLModel, table=True):
    __tablename__ = "closure"

    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    day: date = Field(primary_key=True)
    workday: bool
    name: str
