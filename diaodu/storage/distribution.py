"""The distribution list, the copies that went out by it, and whether a reader may still be sent theirs."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from diaodu.rules.distribution import Entry, Reader, Withheld, edition_of, withheld
from diaodu.rules.routing import DeliveryState
from models.briefing import Briefing
from models.briefing_copy import BriefingCopy
from models.delivery import Delivery
from models.distribution import Distribution
from models.person import Person
from models.unit import Unit

HANDED_OVER = frozenset({DeliveryState.SENT, DeliveryState.CLAIMED})
"""States in which a message has left, or may have."""


@dataclass(frozen=True, slots=True)
class Known:
    """A reader as the rules see them, with the row."""

    person: Person
    reader: Reader


def lines(session: Session, scheme_id: int) -> list[Distribution]:
    """The list as it is in force, in the order it was made."""
    query = select(Distribution).where(Distribution.scheme_id == scheme_id, col(Distribution.removed_at).is_(None))
    return list(session.exec(query.order_by(col(Distribution.id))))


def line(session: Session, scheme_id: int, number: int) -> Distribution | None:
    return next((one for one in lines(session, scheme_id) if one.id == number), None)


def entries(session: Session, scheme_id: int) -> list[Entry]:
    """The list in force as the rules read it."""
    return [Entry(one.edition, one.role, one.person_id, one.kind) for one in lines(session, scheme_id)]


def readers(session: Session, scheme_id: int) -> list[Known]:
    """Everybody who ever was a contact, those who left marked so."""
    query = (
        select(Person, Unit.code)
        .join(Unit, col(Unit.id) == Person.unit_id, isouter=True)
        .where(Person.scheme_id == scheme_id)
        .order_by(col(Person.id))
    )
    return [_known(person, unit) for person, unit in session.exec(query)]


def withheld_now(session: Session, delivery: Delivery) -> Withheld | None:
    """Why a message with a briefing may not leave any more; None for any other message, and where it may."""
    copy = _copy_of(session, delivery) if delivery.attachment is not None else None
    if copy is None:
        return None
    briefing = session.get_one(Briefing, copy.briefing_id)
    person = session.get_one(Person, copy.person_id)
    unit = session.get_one(Unit, person.unit_id).code if person.unit_id is not None else None
    return judged(copy.edition, _known(person, unit).reader, entries(session, briefing.scheme_id), briefing)


def judged(name: str, reader: Reader, listed: Iterable[Entry], briefing: Briefing) -> Withheld | None:
    """Why this reader is not sent that edition of a briefing, by the list in force."""
    edition, _unit = edition_of(name)
    is_listed = any(entry.edition is edition and entry.names(reader, briefing.kind) for entry in listed)
    return withheld(name, reader, is_listed, briefing.circulation, briefing.state)


def copies(session: Session, briefing_id: int) -> list[tuple[BriefingCopy, Person, Delivery | None]]:
    """Every copy of an issue with its reader and its last message."""
    found = session.exec(
        select(BriefingCopy, Person, Delivery)
        .join(Person, col(Person.id) == BriefingCopy.person_id)
        .join(Delivery, col(Delivery.id) == BriefingCopy.delivery_id, isouter=True)
        .where(BriefingCopy.briefing_id == briefing_id)
        .order_by(col(BriefingCopy.id))
    )
    return [(copy, person, _last(session, delivery)) for copy, person, delivery in found]


def _last(session: Session, delivery: Delivery | None) -> Delivery | None:
    """The message that took the place of those that failed."""
    while delivery is not None:
        after = session.exec(select(Delivery).where(Delivery.instead_of == delivery.id)).first()
        if after is None:
            return delivery
        delivery = after
    return None


def _copy_of(session: Session, delivery: Delivery) -> BriefingCopy | None:
    """The copy a message brings, by the first message of those that stand in for each other."""
    first: Delivery = delivery
    while first.instead_of is not None:
        first = session.get_one(Delivery, first.instead_of)
    return session.exec(select(BriefingCopy).where(BriefingCopy.delivery_id == first.id)).first()


def _known(person: Person, unit: str | None) -> Known:
    assert person.id is not None
    return Known(person, Reader(person.id, person.role, unit, person.active))
