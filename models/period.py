"""One round of collection (期次): when it opens, and by when unit, lead unit and office are done."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel


class Period(SQLModel, table=True):
    __tablename__ = "period"
    __table_args__ = (
        Index(
            "uq_period_of_scheme",
            "scheme_id",
            "as_of",
            unique=True,
            sqlite_where=text("collection_id IS NULL"),
            postgresql_where=text("collection_id IS NULL"),
        ),
        Index(
            "uq_period_of_collection",
            "collection_id",
            "as_of",
            unique=True,
            sqlite_where=text("collection_id IS NOT NULL"),
            postgresql_where=text("collection_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id", index=True)
    collection_id: int | None = Field(default=None, foreign_key="collection.id")
    """None for the scheme's own calendar."""
    as_of: date
    opens: date
    unit_due: date
    lead_due: date | None = None
    office_due: date | None = None
    provisional: bool
    """A deadline falls in a year whose holidays are not announced."""
    opened_at: datetime
    closed_at: datetime | None = None
    """After this nobody is reminded; what had not come is missing."""
