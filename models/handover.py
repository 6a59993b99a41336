"""One part of a message handed to a channel: what is not handed over again, and what counts against its rate."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class Handover(SQLModel, table=True):
    __tablename__ = "handover"
    __table_args__ = (Index("ix_handover_rate", "channel", "address", "tried_at"),)

    id: int | None = Field(default=None, primary_key=True)
    delivery_id: int = Field(foreign_key="delivery.id", index=True)
    part: int
    """From 1; a message within the channel's limit is its own first part."""
    channel: str = Field(max_length=32)
    address: str
    tried_at: datetime
    """Written before the part leaves: a sender that dies has tried."""
    accepted_at: datetime | None = None
    """None when the channel refused, or when nobody lived to hear its answer."""
