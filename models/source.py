"""Where reports come from (数据源)."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.column import long_text


class Source(SQLModel, table=True):
    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("scheme_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id")
    name: str
    kind: str
    """A name in the source registry."""
    location: str
    options: str = Field(default="{}", sa_column=long_text())
    """JSON: what its kind wants to know besides the location; secrets are named here, never kept."""
    precedence: int | None = None
    """1 goes before 2 where two sources disagree; None gives way to every number and overrules none."""
    active: bool = True
