"""A document to one unit (通知书): one per unit, kind and run, listing all its items in frozen words."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.routing import NoticeKind
from models.column import choice, long_text


class Notice(SQLModel, table=True):
    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("run_id", "unit_id", "kind"),
        UniqueConstraint("scheme_id", "kind", "year", "serial"),
    )

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    run_id: int | None = Field(default=None, foreign_key="run.id")
    """None when a person issued it."""
    kind: NoticeKind = Field(sa_column=choice(NoticeKind))
    year: int
    serial: int
    """Numbered 1, 2, … within scheme, kind and year; gapless."""
    number: str
    """As printed: 浙水考办预警〔2023〕5号."""
    as_of: date
    """The day judged; for a chase, the period's day the report is owed for."""
    reply_due: date | None = None
    body: str = Field(sa_column=long_text())
    """JSON: the facts its words are made of, frozen."""
    issued_at: datetime
    file: str | None = None
    """The Word file, relative to the workspace; None until written, and nothing is sent before."""
    digest: str | None = None
    """SHA-256 of the Word file as issued."""
