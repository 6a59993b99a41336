"""One unit's share of one indicator (目标任务): the identity its versions share."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Target(SQLModel, table=True):
    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("indicator_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
