"""Who is assessed (责任单位): the identity its versions share."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Unit(SQLModel, table=True):
    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("scheme_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id")
    code: str = Field(max_length=64)
