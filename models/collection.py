"""A calendar of its own inside a scheme (报送安排): the identity its versions share."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Collection(SQLModel, table=True):
    __tablename__ = "collection"
    __table_args__ = (UniqueConstraint("scheme_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id")
    code: str = Field(max_length=64)
