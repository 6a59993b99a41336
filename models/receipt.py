"""Who read a notice, and who signed for it, and when (签收)."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from diaodu.rules.routing import ReceiptAct
from models.column import choice


class Receipt(SQLModel, table=True):
    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("notice_id", "act", "person"),)

    id: int | None = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    act: ReceiptAct = Field(sa_column=choice(ReceiptAct))
    person: str
    """As they gave their name; a person reads and signs once."""
    at: datetime
