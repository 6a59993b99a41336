"""Where reports come from (数据源)."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Source(SQLModel, table=True):
    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("scheme_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id")
    name: str
    kind: str
    """A name in the source registry."""
    location: str
    active: bool = True
