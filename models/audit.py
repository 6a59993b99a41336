"""Who did what, when: append-only, each row carrying the hash of the one before (审计)."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.column import long_text


class Audit(SQLModel, table=True):
    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str = Field(sa_column=long_text())
    """JSON."""
    previous: str = Field(max_length=64, unique=True)
    """Unique: the chain cannot fork."""
    digest: str = Field(max_length=64, unique=True)
