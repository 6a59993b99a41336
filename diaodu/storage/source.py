"""Where a scheme's reports come from."""

from sqlmodel import Session, col, select

from models.source import Source
from models.supply import Supply


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


def suppliers(session: Session, scheme_id: int) -> dict[int, str]:
    """The active source that supplies an indicator, by its id; of several the one that goes before the others."""
    found = session.exec(
        select(Supply.indicator_id, Source)
        .join(Source, col(Source.id) == Supply.source_id)
        .where(Source.scheme_id == scheme_id, col(Source.active))
    )
    ranked = sorted(found, key=lambda row: (row[1].precedence is None, row[1].precedence or 0, row[1].id), reverse=True)
    return {indicator_id: source.name for indicator_id, source in ranked}
