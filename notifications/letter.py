"""Messages before they leave: rows of the outbox, written in the transaction that decided on them."""

from datetime import datetime
from hashlib import sha256

from diaodu.rules.routing import DeliveryState, Route
from models.delivery import Delivery
from notifications.message import Words


def key_for(about: str, way: Route) -> str:
    """The idempotency key: the same matter is told once by one channel to one address."""
    return f"{about}/{way.channel}/{sha256(way.address.encode()).hexdigest()[:16]}"


def letter(
    about: str,
    way: Route,
    words: Words,
    now: datetime,
    notice_id: int | None,
    instead_of: int | None = None,
    attachment: str | None = None,
) -> Delivery:
    """A message to be sent: `about` is the matter's own key, never used for another, without a slash."""
    return Delivery(
        key=key_for(about, way),
        notice_id=notice_id,
        person_id=way.recipient.person_id,
        channel=way.channel,
        address=way.address,
        subject=words.subject,
        text=words.text,
        html=words.html,
        attachment=attachment,
        state=DeliveryState.PENDING,
        not_before=now,
        instead_of=instead_of,
        created_at=now,
    )
