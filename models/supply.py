"""An indicator that a source supplies, so that no unit is asked for it (供数)."""

from sqlmodel import Field, SQLModel


class Supply(SQLModel, table=True):
    __tablename__ = "supply"

    source_id: int = Field(foreign_key="source.id", primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", primary_key=True, index=True)
