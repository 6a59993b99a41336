"""Many messages to one address in one: which wait, which digest they went into, and what became of them with it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from diaodu.rules.routing import DeliveryReason, DeliveryState
from diaodu.storage.delivery import is_written
from models.delivery import Delivery
from models.handover import Handover
from models.notice import Notice


def crowded(session: Session, channel: str, now: datetime, above: int, urgent: Iterable[str]) -> list[str]:
    """Addresses for which more than `above` messages wait that may go together."""
    waiting = (
        select(Delivery.address)
        .where(*_together(channel, now, urgent))
        .group_by(col(Delivery.address))
        .having(func.count() > above)
        .order_by(col(Delivery.address))
    )
    return list(session.exec(waiting))


def waiting(session: Session, channel: str, address: str, now: datetime, urgent: Iterable[str]) -> list[Delivery]:
    """Those messages, the oldest first, held against other senders until the end of the transaction."""
    found = (
        select(Delivery)
        .where(Delivery.address == address, *_together(channel, now, urgent))
        .order_by(col(Delivery.id))
        .with_for_update(skip_locked=True, of=Delivery)
    )
    return list(session.exec(found))


def _together(channel: str, now: datetime, urgent: Iterable[str]) -> list[ColumnElement[bool]]:
    """Due, not urgent, no part of it taken yet, and itself no digest."""
    begun = exists().where(col(Handover.delivery_id) == col(Delivery.id), col(Handover.accepted_at).is_not(None))
    hasty = exists().where(col(Notice.id) == col(Delivery.notice_id), col(Notice.kind).in_(list(urgent)))
    member = aliased(Delivery)
    is_digest = exists().where(col(member.digest_id) == col(Delivery.id))
    due = and_(col(Delivery.state) == DeliveryState.PENDING, col(Delivery.not_before) <= now)
    alone = and_(~begun, ~is_digest, or_(col(Delivery.notice_id).is_(None), ~hasty))
    return [col(Delivery.channel) == channel, col(Delivery.digest_id).is_(None), due, alone, is_written()]


def put_into(session: Session, digest: Delivery, members: Sequence[Delivery]) -> None:
    """Write the digest, and mark every message with it."""
    session.add(digest)
    session.flush()
    for member in members:
        member.digest_id, member.reason = digest.id, DeliveryReason.DIGEST
        session.add(member)


def members(session: Session, digest: Delivery) -> list[Delivery]:
    """The messages that went into a digest; none where it is a message of its own."""
    return list(session.exec(select(Delivery).where(Delivery.digest_id == digest.id).order_by(col(Delivery.id))))


def mark_members_sent(session: Session, digest: Delivery, at: datetime) -> None:
    """What the digest says has arrived."""
    sent = update(Delivery).where(col(Delivery.digest_id) == digest.id)
    session.exec(sent.values(state=DeliveryState.SENT, sent_at=at, error_code=None, error=None))


def mark_members_failed(session: Session, digest: Delivery, code: str, error: str) -> list[Delivery]:
    """Each goes its own way from here."""
    failed = update(Delivery).where(col(Delivery.digest_id) == digest.id)
    session.exec(failed.values(state=DeliveryState.FAILED, error_code=code, error=error))
    return members(session, digest)
