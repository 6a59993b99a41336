"""Parts of messages handed to channels: which were accepted, and how many an address has been sent lately."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from diaodu.storage.delivery import hold_address
from models.delivery import Delivery
from models.handover import Handover


def accepted_parts(session: Session, delivery: Delivery) -> frozenset[int]:
    """The parts that need not leave again."""
    parts = select(Handover.part).where(Handover.delivery_id == delivery.id, col(Handover.accepted_at).is_not(None))
    return frozenset(session.exec(parts))


def free_at(
    session: Session, delivery: Delivery, rates: Sequence[tuple[int, timedelta]], now: datetime
) -> datetime | None:
    """When the address takes another part; None when now. `rates`: at most so many within any such time.

    Whoever asks holds the address, so that two senders do not both find the last place.
    """
    if not rates:
        return None
    hold_address(session, delivery)
    free = [_free_at(session, delivery, most, span) for most, span in rates]
    latest = max((moment for moment in free if moment is not None), default=None)
    return latest if latest is not None and latest > now else None


def _free_at(session: Session, delivery: Delivery, most: int, span: timedelta) -> datetime | None:
    """When the try that is `most` back leaves the span."""
    tries = (
        select(Handover.tried_at)
        .where(Handover.channel == delivery.channel, Handover.address == delivery.address)
        .order_by(col(Handover.tried_at).desc())
        .offset(most - 1)
        .limit(1)
    )
    found = session.exec(tries).first()
    return None if found is None else found + span


def begin(session: Session, delivery: Delivery, part: int, now: datetime) -> Handover:
    """Write down that a part is about to leave."""
    begun = Handover(
        delivery_id=delivery.id or 0, part=part, channel=delivery.channel, address=delivery.address, tried_at=now
    )
    session.add(begun)
    session.flush()
    return begun


def accept(session: Session, begun: Handover, now: datetime) -> None:
    """The channel took it."""
    begun.accepted_at = now
    session.merge(begun)
