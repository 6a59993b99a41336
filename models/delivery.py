"""One message to one person by one channel, and what became of it (送达): claimed with a lease, marked after."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from diaodu.rules.routing import DeliveryReason, DeliveryState
from models.column import choice, long_text


class Delivery(SQLModel, table=True):
    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_due", "state", "not_before"),
        Index("ix_delivery_created_at", "created_at"),
        CheckConstraint("(state = 'claimed') = (lease_until IS NOT NULL)", name="claimed_has_a_lease"),
        CheckConstraint("(lease_until IS NULL) = (holder IS NULL)", name="lease_has_a_holder"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_a_time"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    """Idempotency key, handed to channels that know one."""
    notice_id: int | None = Field(default=None, foreign_key="notice.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    channel: str = Field(max_length=32)
    """A name in `notifications.registry`: open, so that a new channel needs no migration."""
    address: str
    subject: str
    text: str = Field(sa_column=long_text())
    html: str = Field(sa_column=long_text())
    attachment: str | None = None
    """A file of the workspace that goes with it, where its notice is none."""
    state: DeliveryState = Field(sa_column=choice(DeliveryState))
    reason: DeliveryReason | None = Field(default=None, sa_column=choice(DeliveryReason, nullable=True))
    """Why it waits, or how it ended where that needs saying."""
    attempts: int = 0
    not_before: datetime
    holder: str | None = None
    lease_until: datetime | None = None
    sent_at: datetime | None = None
    error_code: str | None = None
    """What the provider said, not only its HTTP status."""
    error: str | None = Field(default=None, sa_column=long_text(nullable=True))
    instead_of: int | None = Field(default=None, foreign_key="delivery.id")
    """The failed delivery this one stands in for."""
    digest_id: int | None = Field(default=None, foreign_key="delivery.id", index=True)
    """The digest it went into: what becomes of that becomes of it."""
    created_at: datetime
