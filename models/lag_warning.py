"""An open obligation raised by a verdict (预警): at most one open for a target, or a unit as a whole, and a rule."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from diaodu.rules.warning import WarningState
from models.column import choice


class LagWarning(SQLModel, table=True):
    """State and level here are where the last event left them."""

    __tablename__ = "warning"
    __table_args__ = (
        Index("ix_warning_latest", "target_id", "rule", "id"),
        Index("ix_warning_unit", "unit_id", "rule", "id"),
        *(
            Index(
                name,
                subject,
                "rule",
                unique=True,
                sqlite_where=text("closed_at IS NULL"),
                postgresql_where=text("closed_at IS NULL"),
            )
            for name, subject in (("uq_warning_open", "target_id"), ("uq_warning_open_unit", "unit_id"))
        ),
        CheckConstraint("(target_id IS NULL) <> (unit_id IS NULL)", name="of_one_subject"),
        CheckConstraint("(state IN ('closed', 'withdrawn')) = (closed_at IS NOT NULL)", name="closed_has_a_time"),
        CheckConstraint("(state = 'exempted') = (exempt_until IS NOT NULL)", name="exempted_has_an_end"),
        CheckConstraint("postponed_until IS NULL OR state = 'proposed'", name="only_proposals_wait"),
        CheckConstraint(
            "rectify_by IS NULL OR state IN ('proposed', 'planned', 'evidenced', 'verified')", name="promised_by_a_plan"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int | None = Field(default=None, foreign_key="target.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    """The unit warned as a whole; a target knows its own."""
    rule: str
    """The policy's code: what was broken."""
    state: WarningState = Field(sa_column=choice(WarningState))
    level: str
    severity: int
    floor: int = 0
    """Severity reached through unmet notices: a milder verdict does not lower it below."""
    exempt_until: date | None = None
    """Last day of an exemption."""
    opened_as_of: date
    reply_due: date | None = None
    """Working day by which the notice in force is to be answered."""
    rectify_due: date | None = None
    """Working day by which the notice in force wants it put right."""
    postponed_until: date | None = None
    """The day on which a proposal comes before the office again."""
    rectify_by: date | None = None
    """The day by which the unit's plan will be done."""
    owner: str | None = None
    """The person who answers for it: who signed, or to whom it was handed over."""
    owner_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    """Whose people they are, when not those of the unit warned."""
    opened_at: datetime
    closed_at: datetime | None = None
