"""One report on one period (简报): a draft first, numbered when it is issued, its facts frozen from the start."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from diaodu.rules.briefing import BriefingState, Circulation
from models.column import choice, long_text


class Briefing(SQLModel, table=True):
    """State here is where the last event left it; nothing else changes after the draft but what issuing adds."""

    __tablename__ = "briefing"
    __table_args__ = (
        UniqueConstraint("scheme_id", "series", "year", "serial"),
        Index(
            "uq_briefing_open",
            "scheme_id",
            "kind",
            "as_of",
            unique=True,
            sqlite_where=text("state IN ('drafted', 'reviewed')"),
            postgresql_where=text("state IN ('drafted', 'reviewed')"),
        ),
        CheckConstraint("(state IN ('issued', 'withdrawn')) = (serial IS NOT NULL)", name="issued_has_a_serial"),
        CheckConstraint("(serial IS NULL) = (number IS NULL)", name="serial_has_a_number"),
        CheckConstraint("(serial IS NULL) = (issued_at IS NULL)", name="issued_has_a_time"),
        CheckConstraint("(issued_at IS NULL) = (issued_by IS NULL)", name="issued_has_a_person"),
        CheckConstraint("(corrects_id IS NULL) = (reason IS NULL)", name="correction_has_a_reason"),
    )

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id")
    run_id: int | None = Field(default=None, foreign_key="run.id")
    kind: str
    """The code of its kind file: weekly, monthly, special:民生实事."""
    series: str
    """Kinds of one series are numbered together."""
    year: int
    state: BriefingState = Field(sa_column=choice(BriefingState))
    serial: int | None = None
    number: str | None = None
    """As printed: 第12期."""
    as_of: date
    known_at: datetime
    facts: str = Field(sa_column=long_text())
    """Canonical JSON: every number the text may use."""
    digest: str = Field(max_length=64)
    layouts: str | None = Field(default=None, sa_column=long_text(nullable=True))
    """JSON: by edition the code and the text of the kind file that it was printed by; None where it is from before."""
    circulation: Circulation = Field(sa_column=choice(Circulation))
    policy_version_id: int | None = Field(default=None, foreign_key="policy_version.id")
    """The rules that judged it; None where none were in force, or where it is from before this was kept."""
    data_version: str | None = Field(default=None, max_length=64)
    """The last digest of the audit chain when the facts were frozen: all that was written until then."""
    drafted_at: datetime
    drafted_by: str
    issued_at: datetime | None = None
    issued_by: str | None = None
    corrects_id: int | None = Field(default=None, foreign_key="briefing.id")
    """The issue this one corrects (更正)."""
    reason: str | None = Field(default=None, sa_column=long_text(nullable=True))
    """Why it is corrected."""
