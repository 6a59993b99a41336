"""What a run did for one unit, source or document."""

from sqlmodel import Field, SQLModel

from models.column import long_text


class RunItem(SQLModel, table=True):
    __tablename__ = "run_item"

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="run.id", index=True)
    step: str
    subject: str
    outcome: str
    detail: str | None = Field(default=None, sa_column=long_text(nullable=True))
