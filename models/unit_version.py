"""What a unit was called and where it stood from a day on. Totals and 市本级 are shown, never ranked."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel


class UnitVersion(SQLModel, table=True):
    __tablename__ = "unit_version"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    name: str
    group_id: int | None = Field(default=None, foreign_key="unit_group.id")
    ranked: bool
    parent_id: int | None = Field(default=None, foreign_key="unit.id")
    position: int
    """Order of the plan's rows, which published tables keep."""
    effective_from: date
    recorded_at: datetime
