"""One step of a warning's life: from, to, who, when and why. Never changed."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.warning import Cause, WarningState
from models.column import choice, long_text


class WarningEvent(SQLModel, table=True):
    __tablename__ = "warning_event"
    __table_args__ = (UniqueConstraint("warning_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    warning_id: int = Field(foreign_key="warning.id")
    position: int
    from_state: WarningState | None = Field(
        default=None, sa_column=choice(WarningState, nullable=True, name="from_state")
    )
    to_state: WarningState = Field(sa_column=choice(WarningState, name="to_state"))
    from_level: str | None = None
    to_level: str
    severity: int
    floor: int = 0
    reply_due: date | None = None
    cause: Cause = Field(sa_column=choice(Cause))
    note: str | None = Field(default=None, sa_column=long_text(nullable=True))
    actor: str
    verdict_id: int | None = Field(default=None, foreign_key="verdict.id")
    as_of: date
    recorded_at: datetime
