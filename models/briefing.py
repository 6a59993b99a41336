"""One issued report on one period (简报): frozen facts, number, and the moment they were known. Never changed."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.column import long_text


class Briefing(SQLModel, table=True):
    __tablename__ = "briefing"
    __table_args__ = (UniqueConstraint("scheme_id", "kind", "year", "serial"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id")
    run_id: int | None = Field(default=None, foreign_key="run.id")
    kind: str
    """weekly or monthly."""
    year: int
    serial: int
    number: str
    """As printed: 第12期."""
    as_of: date
    known_at: datetime
    facts: str = Field(sa_column=long_text())
    """Canonical JSON: every number the text may use."""
    digest: str = Field(max_length=64)
    issued_at: datetime
    issued_by: str
