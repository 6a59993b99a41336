"""One step of a warning's life: from, to, who, when and why. Never changed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.exemption import Exemption
from diaodu.rules.warning import Act, Cause, WarningState
from models.column import choice, long_text


class WarningEvent(SQLModel, table=True):
    __tablename__ = "warning_event"
    __table_args__ = (
        UniqueConstraint("warning_id", "position"),
        CheckConstraint("act IS NULL OR cause = 'by_person'", name="only_people_act"),
        CheckConstraint(
            "act IS NULL OR act <> 'exempt'"
            " OR (exemption IS NOT NULL AND approver IS NOT NULL AND until IS NOT NULL AND note IS NOT NULL)",
            name="exempt_has_a_ground",
        ),
        CheckConstraint(
            "act IS NULL OR act NOT IN ('plan', 'postpone') OR until IS NOT NULL", name="promise_has_a_day"
        ),
        CheckConstraint("act IS NULL OR act <> 'hand_over' OR owner IS NOT NULL", name="handed_over_to_somebody"),
    )

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
    rectify_due: date | None = None
    cause: Cause = Field(sa_column=choice(Cause))
    act: Act | None = Field(default=None, sa_column=choice(Act, nullable=True))
    """What a person did; None for what the clock and the data did, and for what was done before this was recorded."""
    until: date | None = None
    """The day an act names: the last of an exemption, the one by which a plan will be done, or a proposal returns."""
    owner: str | None = None
    """Who answers for it from here on."""
    exemption: Exemption | None = Field(default=None, sa_column=choice(Exemption, nullable=True))
    approver: str | None = None
    note: str | None = Field(default=None, sa_column=long_text(nullable=True))
    actor: str
    verdict_id: int | None = Field(default=None, foreign_key="verdict.id")
    as_of: date
    recorded_at: datetime
