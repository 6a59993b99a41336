"""The audit's chain: every row follows from the one before, whoever writes at once, and a change shows."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session, select

from diaodu.storage.audit import FIRST, newest, record, verify
from diaodu.storage.session import transaction
from models.audit import Audit

AT = datetime(2023, 11, 3, 1, 2, 3, 456_789, tzinfo=UTC)
TABLE = Audit.__table__  # type: ignore[attr-defined]


def written(session: Session, count: int = 4) -> list[Audit]:
    return [record(session, "考核办", "import", f"plan {n}", {"added": n, "at": AT}, AT) for n in range(count)]


def test_an_audit_nobody_touched_is_whole(session: Session) -> None:
    assert verify(session) is None
    rows = written(session)
    assert verify(session) is None
    assert [row.previous for row in rows] == [FIRST, *(row.digest for row in rows[:-1])]
    assert newest(session) == rows[-1].digest


def test_an_audit_read_back_by_another_process_is_whole(engine: Engine) -> None:
    with transaction(engine) as session:
        written(session)
    with transaction(engine) as session:
        assert verify(session) is None


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "某人"},
        {"action": "delete"},
        {"subject": "plan 9"},
        {"detail": "{}"},
        {"at": datetime(2023, 11, 3, 1, 2, 3, 456_788, tzinfo=UTC)},
        {"digest": "f" * 64},
        {"previous": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_row_is_found(session: Session, change: dict[str, object]) -> None:
    third = written(session)[2].id
    session.execute(sa.update(TABLE).where(TABLE.c.id == third).values(**change))
    session.expire_all()
    broken = verify(session)
    assert broken is not None
    assert broken.id == third


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_row_taken_out_shows_at_the_next(session: Session, gone: int) -> None:
    rows = [row.id for row in written(session)]
    session.execute(sa.delete(TABLE).where(TABLE.c.id == rows[gone]))
    session.expire_all()
    broken = verify(session)
    assert broken is not None
    assert broken.id == rows[gone + 1]


def test_a_row_cut_off_the_end_shows_in_the_newest_digest(session: Session) -> None:
    rows = [row.id for row in written(session)]
    noted = newest(session)
    session.execute(sa.delete(TABLE).where(TABLE.c.id == rows[-1]))
    assert verify(session) is None
    assert newest(session) != noted


def test_writers_at_once_make_one_chain(engine: Engine) -> None:
    def work(name: str) -> Callable[[], None]:
        def write() -> None:
            for n in range(5):
                with transaction(engine) as session:
                    session.exec(select(Audit)).first()
                    record(session, name, "act", str(n), {}, AT)

        return write

    workers = [threading.Thread(target=work(name)) for name in ("a", "b", "c", "d")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with transaction(engine) as session:
        assert len(session.exec(select(Audit)).all()) == 20
        assert verify(session) is None


def test_what_is_rolled_back_leaves_no_gap(engine: Engine) -> None:
    with transaction(engine) as session:
        written(session, 1)
    with pytest.raises(ZeroDivisionError), transaction(engine) as session:  # noqa: PT012  (the point is to fail late)
        written(session, 1)
        raise ZeroDivisionError
    with transaction(engine) as session:
        written(session, 1)
        assert verify(session) is None
