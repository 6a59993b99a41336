"""One unit of work: all of it or none of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlmodel import Session

from diaodu.storage.engine import READS_ONLY


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session that commits at the end and rolls back on any error. Nothing else in the house commits."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one moment and never waits for a writer; writing in it is an error."""
    postgresql = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    options = {READS_ONLY: True} if engine.dialect.name == "sqlite" else postgresql
    with Session(engine.execution_options(**options), expire_on_commit=False) as session, session.begin():
        yield session
