"""What is measured (指标): the identity its definitions share."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Indicator(SQLModel, table=True):
    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("scheme_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id")
    code: str = Field(max_length=64)
