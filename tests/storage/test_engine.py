"""What a transaction promises on both databases."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from diaodu.storage.engine import open_engine
from diaodu.storage.session import transaction
from models.scheme import Scheme
from models.unit import Unit


def test_a_transaction_is_all_or_nothing(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), transaction(engine) as session:  # noqa: PT012  (the point is to fail late)
        session.add(Scheme(code="a"))
        session.flush()
        raise ZeroDivisionError
    with transaction(engine) as session:
        assert session.exec(select(Scheme)).all() == []


def test_what_a_transaction_did_is_there_for_the_next(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(Scheme(code="a"))
    with transaction(engine) as session:
        assert [scheme.code for scheme in session.exec(select(Scheme))] == ["a"]


def test_references_are_kept_on_every_connection(engine: Engine) -> None:
    for _ in range(2):
        with pytest.raises(IntegrityError), transaction(engine) as session:
            session.add(Unit(scheme_id=999, code="a"))


def test_sqlite_keeps_a_log_and_its_references(migrated_file: str) -> None:
    engine = open_engine(f"sqlite:///{migrated_file}")
    with engine.connect() as connection:
        assert connection.scalar(sa.text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(sa.text("PRAGMA foreign_keys")) == 1
    engine.dispose()
