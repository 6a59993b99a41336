"""Whom to reach: the work contacts of units and of the office."""

from sqlmodel import Session, col, select

from models.person import Person


def people(session: Session, scheme_id: int) -> list[Person]:
    """Everybody active, in the order they were entered."""
    return list(
        session.exec(select(Person).where(Person.scheme_id == scheme_id, col(Person.active)).order_by(col(Person.id)))
    )


def people_of_unit(session: Session, unit_id: int) -> list[Person]:
    """A unit's active contacts, in the order they were entered."""
    return list(
        session.exec(select(Person).where(Person.unit_id == unit_id, col(Person.active)).order_by(col(Person.id)))
    )


def people_of_office(session: Session, scheme_id: int) -> list[Person]:
    """The office's own active people, who belong to no unit."""
    return [person for person in people(session, scheme_id) if person.unit_id is None]


def robots_named(session: Session) -> set[str]:
    """The robots that contacts are to be reached by, in any scheme: whatever is no address of the web."""
    named = select(col(Person.webhook)).where(col(Person.active), col(Person.webhook).is_not(None)).distinct()
    return {name for name in session.exec(named) if name and "://" not in name}
