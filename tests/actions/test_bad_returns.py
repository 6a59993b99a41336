"""Whatever a unit does to its form on the way is understood or refused clearly; nothing is half taken."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from diaodu.actions.import_report import import_report
from diaodu.sources.columns import REPORTS
from diaodu.sources.fault import Faults
from diaodu.sources.form_page import ASKED, KNOWN
from diaodu.sources.sheet import letter
from diaodu.storage.engine import open_engine
from diaodu.storage.scheme import scheme_id
from diaodu.storage.session import transaction
from tests.actions.bad_numbers import REFUSED, UNDERSTOOD
from tests.actions.bad_structures import FILLED, STRUCTURES, Answer
from tests.actions.returns import RETURNED, ROW, Fill, both, filled, form_of, planned, say, values

LETTERS = {key: letter(len(KNOWN) + len(ASKED) + place) for place, key in enumerate(("indicator", "unit", "as_of"))}
PLACES = LETTERS | {"columns": "、".join(column.chinese for column in REPORTS)}


@pytest.fixture(scope="module")
def opened(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with an open round: one for all cases, each undone again."""
    folder = tmp_path_factory.mktemp("opened")
    engine = open_engine(f"sqlite:///{shutil.copy(migrated_file, folder / 'diaodu.db')}")
    with transaction(engine) as session:
        planned(session, folder)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def form(opened: Engine) -> bytes:
    with transaction(opened) as session:
        return form_of(session, scheme_id(session, None))


def answer(engine: Engine, path: Path) -> Answer:
    """What stands after a return, or what is answered when nothing of it was taken; nothing is kept."""
    with engine.connect() as connection, Session(connection) as session:
        number = scheme_id(session, None)
        try:
            import_report(session, number, path, "东区", RETURNED)
        except Faults as wrong:
            assert values(session, number) == {}
            return tuple(str(fault) for fault in wrong.faults)
        found = values(session, number)
        session.rollback()
        return found


@pytest.mark.parametrize(("_name", "indicator", "typed", "meant"), UNDERSTOOD, ids=[case[0] for case in UNDERSTOOD])
def test_a_number_is_understood(
    opened: Engine, form: bytes, tmp_path: Path, _name: str, indicator: str, typed: object, meant: str
) -> None:
    (tmp_path / "return.xlsx").write_bytes(filled(form, say(indicator, typed)))
    assert answer(opened, tmp_path / "return.xlsx") == {indicator: meant}


@pytest.mark.parametrize(("_name", "indicator", "typed", "said"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_number_is_refused_with_what_would_be_right(
    opened: Engine, form: bytes, tmp_path: Path, _name: str, indicator: str, typed: object, said: str
) -> None:
    """Beside a sound one, which is not taken either."""
    sound = "jobs" if indicator != "jobs" else "invest"
    (tmp_path / "return.xlsx").write_bytes(filled(form, both(say(indicator, typed), say(sound, 1))))
    place = f"return.xlsx · 填报 · 第 {ROW[indicator]} 行 · F 累计完成："
    assert answer(opened, tmp_path / "return.xlsx") == (place + said,)


@pytest.mark.parametrize(("_name", "spoil", "expected"), STRUCTURES, ids=[case[0] for case in STRUCTURES])
def test_a_spoiled_form_is_understood_or_refused_whole(
    opened: Engine, form: bytes, tmp_path: Path, _name: str, spoil: Fill, expected: Answer
) -> None:
    (tmp_path / "return.xlsx").write_bytes(filled(form, both(FILLED, spoil)))
    if isinstance(expected, tuple):
        expected = tuple(line.format(**PLACES) for line in expected)
    assert answer(opened, tmp_path / "return.xlsx") == expected


def test_there_are_enough_bad_returns_and_no_two_alike() -> None:
    names = [case[0] for case in (*UNDERSTOOD, *REFUSED, *STRUCTURES)]
    assert len(set(names)) == len(names)
    assert len(REFUSED) + sum(isinstance(case[2], tuple) for case in STRUCTURES) >= 60
