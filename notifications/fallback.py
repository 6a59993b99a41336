"""What a channel will not take goes to the next one that reaches the person."""

import logging
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from diaodu.rules.routing import DeliveryReason, DeliveryState, Route
from diaodu.storage import delivery as store
from models.delivery import Delivery
from notifications.channel import Channel
from notifications.letter import key_for, letter
from notifications.message import Words

log = logging.getLogger(__name__)


def fall_back(session: Session, channels: Mapping[str, Channel], failed: Delivery, now: datetime) -> DeliveryReason:
    """Write the same message for the next channel that reaches the person, unless it has been told there."""
    recipient, about = store.recipient_of(session, failed), failed.key.split("/", 1)[0]
    for name, channel in channels.items():
        address = channel.reach(recipient)
        if address is None:
            continue
        way = Route(recipient, name, address)
        match store.state_of(session, key_for(about, way)):
            case None:
                words = Words(failed.subject, failed.text, failed.html)
                session.add(letter(about, way, words, now, failed.notice_id, failed.id, failed.attachment))
                return DeliveryReason.FELL_BACK
            case DeliveryState.FAILED:
                continue
            case _:
                return DeliveryReason.FELL_BACK
    log.error("message %s reaches nobody: %s %s", failed.key, failed.error_code, failed.error)
    return DeliveryReason.NOBODY
