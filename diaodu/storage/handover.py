"""Parts of messages handed to channels: which were accepted, and how many an address has been sent lately."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from diaodu.storage.delivery import hold_address
from diaodu.storage.plan import table_of
from models.delivery import Delivery
from models.handover import Handover


def accepted_parts(session: Session, delivery: Delivery) -> frozenset[int]:
    """The parts that need not leave again."""
    return frozenset(session.execute(_accepted(), {"of": delivery.id}).scalars())


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


class Begun(NamedTuple):
    """A part that is about to leave."""

    id: int
    tried_at: datetime


def begin(session: Session, delivery: Delivery, part: int, now: datetime) -> Begun:
    """Write down that a part is about to leave."""
    way = {"channel": delivery.channel, "address": delivery.address}
    row = {"delivery_id": delivery.id, "part": part, "tried_at": now, **way}
    return Begun(session.execute(_beginning(), row).scalar_one(), now)


def accept(session: Session, begun: Begun, now: datetime) -> None:
    """The channel took it."""
    session.execute(_accepting(), {"its_id": begun.id, "at": now})


@cache
def _accepted() -> sa.Select[Any]:
    handovers = table_of(Handover)
    return sa.select(handovers.c.part).where(
        handovers.c.delivery_id == sa.bindparam("of"), handovers.c.accepted_at.is_not(None)
    )


@cache
def _beginning() -> sa.Insert:
    return sa.insert(table_of(Handover)).returning(table_of(Handover).c.id)


@cache
def _accepting() -> sa.Update:
    handovers = table_of(Handover)
    return sa.update(handovers).where(handovers.c.id == sa.bindparam("its_id")).values(accepted_at=sa.bindparam("at"))
