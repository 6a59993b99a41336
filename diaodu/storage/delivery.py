"""Messages on their way: written before they are sent, claimed by one sender at a time, marked afterwards.

A sender takes thousands a day, one by one: statements are put together once, and told of a message by name.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, CursorResult, and_, bindparam, exists, or_, text, update
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session, col, select

from diaodu.rules.routing import DeliveryReason, DeliveryState, Recipient
from diaodu.storage.plan import append, table_of
from models.delivery import Delivery
from models.notice import Notice
from models.person import Person
from models.unit import Unit


def add(session: Session, letters: Iterable[Delivery]) -> None:
    """Lay many messages in the outbox at once."""
    append(session, Delivery, [letter.model_dump(exclude={"id"}) for letter in letters])


def claim(
    session: Session, holder: str, now: datetime, lease_until: datetime, resting: frozenset[str] = frozenset()
) -> Delivery | None:
    """Take one message whose sender's lease ran out, or that is due, for `holder`; None when nothing is left.

    The former first: it may have been taken already, and receivers remember what they took for a while only.

    Channels in `resting` are passed over, and so is a message whose notice has no file yet, or that is in a digest.
    """
    said = {"at": now, "claimant": holder, "until": lease_until}
    claimed = session.execute(_claiming(resting), said).mappings().one_or_none()
    return None if claimed is None else Delivery(**claimed)


@cache
def _claiming(resting: frozenset[str]) -> ReturningUpdate[Any]:
    """The statement that claims the oldest message abandoned at a moment, or else the oldest that is due."""
    left = {DeliveryState.CLAIMED: col(Delivery.lease_until), DeliveryState.PENDING: col(Delivery.not_before)}
    come = {first: and_(col(Delivery.state) == state, first <= bindparam("at")) for state, first in left.items()}
    oldest = [
        select(Delivery.id)
        .where(condition, is_written(), col(Delivery.digest_id).is_(None), col(Delivery.channel).not_in(resting))
        .order_by(first, col(Delivery.id))
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
        for first, condition in come.items()
    ]
    taken = {
        "state": DeliveryState.CLAIMED,
        "holder": bindparam("claimant"),
        "lease_until": bindparam("until"),
        "attempts": col(Delivery.attempts) + 1,
    }
    chosen = and_(col(Delivery.id) == sa.func.coalesce(*oldest), or_(*come.values()))
    return sa.update(table_of(Delivery)).where(chosen).values(taken).returning(table_of(Delivery))


def is_written() -> ColumnElement[bool]:
    """Whether the file of the notice that the message brings is there, where it brings one."""
    written = exists().where(col(Notice.id) == col(Delivery.notice_id), col(Notice.file).is_not(None))
    return or_(col(Delivery.notice_id).is_(None), written)


def renew(session: Session, delivery: Delivery, lease_until: datetime) -> bool:
    """Keep a message for another while. False when the lease was lost to another sender."""
    return _change(session, delivery, lease_until=lease_until)


def mark_sent(session: Session, delivery: Delivery, at: datetime) -> bool:
    """The channel took it. False when the lease was lost to another sender, who will say what became of it."""
    return _release(session, delivery, state=DeliveryState.SENT, sent_at=at, error_code=None, error=None, reason=None)


def put_off(session: Session, delivery: Delivery, until: datetime, code: str, error: str) -> bool:
    """Try again from `until` on. False when the lease was lost."""
    said = {"error_code": code, "error": error, "reason": DeliveryReason.RETRY}
    return _release(session, delivery, state=DeliveryState.PENDING, not_before=until, **said)


def hold(session: Session, delivery: Delivery, until: datetime, reason: DeliveryReason) -> bool:
    """Keep it back until then, which counts as no attempt. False when the lease was lost."""
    attempts = delivery.attempts - 1
    return _release(session, delivery, state=DeliveryState.PENDING, not_before=until, attempts=attempts, reason=reason)


def hold_back(session: Session, delivery: Delivery, until: datetime, reason: DeliveryReason) -> None:
    """Let everything that waits for the same address wait until then."""
    hold_address(session, delivery)
    same = and_(col(Delivery.channel) == delivery.channel, col(Delivery.address) == delivery.address)
    waits = and_(col(Delivery.state) == DeliveryState.PENDING, col(Delivery.digest_id).is_(None))
    early = and_(waits, col(Delivery.not_before) < until)
    session.exec(update(Delivery).where(same, early).values(not_before=until, reason=reason))


def hold_address(session: Session, delivery: Delivery) -> None:
    """Let one sender at a time decide on an address, until the end of its transaction; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        address = {"address": f"{delivery.channel}/{delivery.address}"}
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:address, 0))"), address)


def mark_failed(session: Session, delivery: Delivery, code: str, error: str) -> bool:
    """This channel will not take it. False when the lease was lost."""
    return _release(session, delivery, state=DeliveryState.FAILED, error_code=code, error=error)


def explain(session: Session, delivery: Delivery, reason: DeliveryReason) -> None:
    """Say how a message ended."""
    session.exec(update(Delivery).where(col(Delivery.id) == delivery.id).values(reason=reason))


def _release(session: Session, delivery: Delivery, **values: object) -> bool:
    return _change(session, delivery, holder=None, lease_until=None, **values)


def _change(session: Session, delivery: Delivery, **values: object) -> bool:
    """Write this down, if this attempt's sender holds the message still."""
    held = {"its_id": delivery.id, "its_holder": delivery.holder, "its_attempts": delivery.attempts}
    said = {f"new_{name}": value for name, value in values.items()}
    result = session.execute(_changing(tuple(values)), held | said)
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


@cache
def _changing(names: tuple[str, ...]) -> sa.Update:
    table = table_of(Delivery)
    held = and_(
        table.c.id == bindparam("its_id"),
        table.c.state == DeliveryState.CLAIMED,
        table.c.holder == bindparam("its_holder"),
        table.c.attempts == bindparam("its_attempts"),
    )
    return sa.update(table).where(held).values({table.c[name]: bindparam(f"new_{name}") for name in names})


def state_of(session: Session, key: str) -> DeliveryState | None:
    """How the message with this key stands; None when there is none."""
    found = session.exec(select(Delivery.state).where(Delivery.key == key)).first()
    return None if found is None else DeliveryState(found)


def recipient_of(session: Session, delivery: Delivery) -> Recipient:
    """Whom the message is for, with the addresses known today."""
    person = session.get(Person, delivery.person_id) if delivery.person_id is not None else None
    notice = session.get(Notice, delivery.notice_id) if delivery.notice_id is not None else None
    unit_id = notice.unit_id if notice is not None else person.unit_id if person is not None else None
    unit = session.get(Unit, unit_id) if unit_id is not None else None
    code = unit.code if unit is not None else None
    if person is None:
        return Recipient(None, None, code)
    return Recipient(person.id, person.role, code, person.mail, person.webhook, person.phone, person.wecom)


def notice_of(session: Session, delivery: Delivery) -> Notice | None:
    """The notice that the message brings."""
    return session.get(Notice, delivery.notice_id) if delivery.notice_id is not None else None


def deliveries_of(session: Session, notice_ids: list[int]) -> list[Delivery]:
    """Every message that brought one of these notices, in the order they were written."""
    chosen = select(Delivery).where(col(Delivery.notice_id).in_(notice_ids)).order_by(col(Delivery.id))
    return list(session.exec(chosen))


def inbox(session: Session, scheme_id: int, unit_code: str) -> list[Delivery]:
    """What lies in a unit's inbox, the newest first."""
    chosen = (
        select(Delivery)
        .join(Notice, col(Notice.id) == Delivery.notice_id)
        .where(Notice.scheme_id == scheme_id, Delivery.channel == "inbox", Delivery.address == unit_code)
        .where(Delivery.state == DeliveryState.SENT)
        .order_by(col(Delivery.id).desc())
    )
    return list(session.exec(chosen))
