"""One step of a briefing's life: what was done, by whom, when and why, and every edit with its words. Never changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.briefing import BriefingAct, BriefingState
from models.column import choice, long_text


class BriefingEvent(SQLModel, table=True):
    __tablename__ = "briefing_event"
    __table_args__ = (
        UniqueConstraint("briefing_id", "position"),
        CheckConstraint("(act = 'edit') = (edited IS NOT NULL)", name="edit_has_words"),
        CheckConstraint("(edited IS NULL) = (original IS NULL)", name="edit_has_an_original"),
    )

    id: int | None = Field(default=None, primary_key=True)
    briefing_id: int = Field(foreign_key="briefing.id")
    position: int
    act: BriefingAct = Field(sa_column=choice(BriefingAct))
    from_state: BriefingState | None = Field(
        default=None, sa_column=choice(BriefingState, nullable=True, name="from_state")
    )
    to_state: BriefingState = Field(sa_column=choice(BriefingState, name="to_state"))
    actor: str
    reason: str | None = Field(default=None, sa_column=long_text(nullable=True))
    recorded_at: datetime
    original: str | None = Field(default=None, sa_column=long_text(nullable=True))
    """The paragraph as it was composed."""
    edited: str | None = Field(default=None, sa_column=long_text(nullable=True))
    """What stands in its place from now on."""
