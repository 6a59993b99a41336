"""Whether a source supplied an indicator, from a moment on: what was known of it on a past day can be asked again."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class SupplyVersion(SQLModel, table=True):
    __tablename__ = "supply_version"

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    indicator_id: int = Field(foreign_key="indicator.id")
    supplies: bool
    """False from when the source was paused, or the indicator taken from it."""
    precedence: int | None = None
    """The source's own, at that time."""
    recorded_at: datetime
