"""What a collection's calendar said from a day on. Indicators that name no collection follow the scheme's own."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from diaodu.rules.cadence import Cadence, RestDay
from models.column import choice, long_text


class CollectionVersion(SQLModel, table=True):
    __tablename__ = "collection_version"

    id: int | None = Field(default=None, primary_key=True)
    collection_id: int = Field(foreign_key="collection.id", index=True)
    name: str
    cadence: Cadence = Field(sa_column=choice(Cadence))
    every: int = 1
    """For a cadence of days: every so many calendar days."""
    windows: str | None = Field(default=None, sa_column=long_text(nullable=True))
    """For a custom cadence: one `2026-03-01..2026-03-20` a line, from a window's first day to its as-of day."""
    opens: str | None = None
    """A deadline expression; without one a period opens on the day after its last."""
    report_due: str
    """A deadline expression or a chain of them, counted from a period's last day."""
    rest_day: RestDay = Field(sa_column=choice(RestDay))
    active: bool = True
    effective_from: date
    recorded_at: datetime
