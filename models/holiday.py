"""A day that differs from its weekday: statutory holiday or make-up working day (调休)."""

from datetime import date

from sqlmodel import Field, SQLModel


class Holiday(SQLModel, table=True):
    __tablename__ = "holiday"

    day: date = Field(primary_key=True)
    workday: bool
    """True for a make-up working day on a weekend, False for a day off on a weekday or a named rest day."""
    name: str
    provisional: bool
    """The year is not announced yet; this is a guess by rule."""
    origin: str = ""
    """Where it is from: the library's release, a file, a person."""
