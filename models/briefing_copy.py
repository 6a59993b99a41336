"""One reader's copy of an issued briefing (分发件): which edition, and by which message it went."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class BriefingCopy(SQLModel, table=True):
    __tablename__ = "briefing_copy"
    __table_args__ = (UniqueConstraint("briefing_id", "edition", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    briefing_id: int = Field(foreign_key="briefing.id")
    edition: str = Field(max_length=80)
    person_id: int = Field(foreign_key="person.id")
    delivery_id: int | None = Field(default=None, foreign_key="delivery.id", index=True)
    """None where no channel reaches the person."""
