"""The policy document in force from a day on (预警规则)."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.column import long_text


class PolicyVersion(SQLModel, table=True):
    __tablename__ = "policy_version"
    __table_args__ = (UniqueConstraint("scheme_id", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id")
    code: str
    revision: int
    document: str = Field(sa_column=long_text())
    """The TOML text, exactly as applied."""
    effective_from: date
    recorded_at: datetime
    recorded_by: str
