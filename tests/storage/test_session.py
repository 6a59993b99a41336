"""Readers beside a writer: they see what was committed, wait for nobody, and cannot write."""

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from diaodu.storage.session import reading, transaction
from models.scheme import Scheme


def codes(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.exec(select(Scheme.code)))


def test_a_reader_does_not_wait_for_a_writer(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(Scheme(code="2023"))
        session.flush()
        assert codes(engine) == []
    assert codes(engine) == ["2023"]


def test_a_reader_sees_one_moment(engine: Engine) -> None:
    with reading(engine) as session:
        before = list(session.exec(select(Scheme.code)))
        with transaction(engine) as other:
            other.add(Scheme(code="2023"))
        assert list(session.exec(select(Scheme.code))) == before
    assert codes(engine) == ["2023"]


def test_a_reader_cannot_write(engine: Engine) -> None:
    with reading(engine) as session, pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        session.exec(insert(Scheme).values(code="2023"))
    assert codes(engine) == []


def test_a_writer_after_a_reader_writes_again(engine: Engine) -> None:
    codes(engine)
    with transaction(engine) as session:
        session.add(Scheme(code="2023"))
    assert codes(engine) == ["2023"]
