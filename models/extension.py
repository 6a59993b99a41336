"""A request to move a milestone (节点延期), and what was decided; the original plan stays in the revisions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from diaodu.rules.extension import ExtensionState
from models.column import choice, long_text, micro


class Extension(SQLModel, table=True):
    __tablename__ = "extension"
    __table_args__ = (
        Index(
            "uq_extension_requested",
            "target_id",
            "name",
            unique=True,
            sqlite_where=text("state = 'requested'"),
            postgresql_where=text("state = 'requested'"),
        ),
        CheckConstraint("(state = 'requested') = (decided_at IS NULL)", name="decided_has_a_time"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_has_a_person"),
        CheckConstraint("(decided_at IS NULL) = (decision IS NULL)", name="decided_has_a_reason"),
        CheckConstraint("(state = 'approved') = (revision IS NOT NULL)", name="approved_has_a_revision"),
        CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name="decided_by_another"),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id", index=True)
    name: str
    """The milestone's, which does not change when it moves."""
    due: date
    new_due: date
    planned: int = Field(sa_column=micro())
    new_planned: int = Field(sa_column=micro())
    reason: str = Field(sa_column=long_text())
    state: ExtensionState = Field(sa_column=choice(ExtensionState))
    requested_by: str
    requested_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    decision: str | None = Field(default=None, sa_column=long_text(nullable=True))
    """Why."""
    revision: int | None = None
    """The revision of the target's milestones that it led to."""
