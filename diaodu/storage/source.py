"""Where a scheme's reports come from."""

from sqlmodel import Session, col, select

from models.source import Source


class NameTaken(ValueError):
    """The scheme has a source of this name."""


def add(session: Session, source: Source) -> Source:
    """Register a source; raises NameTaken."""
    if named(session, source.scheme_id, source.name):
        raise NameTaken(source.name)
    session.add(source)
    session.flush()
    return source


def named(session: Session, scheme_id: int, name: str) -> Source | None:
    return session.exec(select(Source).where(Source.scheme_id == scheme_id, Source.name == name)).first()


def sources(session: Session, scheme_id: int) -> list[Source]:
    """All of a scheme, in the order they were registered."""
    return list(session.exec(select(Source).where(Source.scheme_id == scheme_id).order_by(col(Source.id))))
