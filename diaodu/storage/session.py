"""One unit of work: all of it or none of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlmodel import Session


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session that commits at the end and rolls back on any error. Nothing else in the house commits."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session
