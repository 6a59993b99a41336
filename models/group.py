"""Units that are ranked against each other and against nobody else (分组)."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Group(SQLModel, table=True):
    __tablename__ = "unit_group"
    __table_args__ = (UniqueConstraint("scheme_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id")
    name: str
