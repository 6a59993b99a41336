"""Whatever stands in a form that comes back, it is taken whole or refused whole, and nothing else is ever raised."""

import io
import random
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlmodel import Session

from diaodu.actions.import_report import take_reports
from diaodu.sources.fault import Faults
from diaodu.sources.limited import read
from diaodu.sources.plan import reports_of
from diaodu.sources.reading import Book
from diaodu.sources.sheet import Cell, Odd, Oddity, Sheet
from diaodu.storage.engine import open_engine
from diaodu.storage.scheme import scheme_id
from diaodu.storage.session import transaction
from models.audit import Audit
from models.report import Report
from models.request_event import RequestEvent
from tests.actions.bad_numbers import REFUSED, UNDERSTOOD
from tests.actions.returns import RETURNED, form_of, planned
from tests.sources.test_hostile import damaged
from tests.sources.workbooks import rewritten

TRACES = (Report, RequestEvent, Audit)


@pytest.fixture(scope="module")
def opened(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("fuzzed")
    engine = open_engine(f"sqlite:///{shutil.copy(migrated_file, folder / 'diaodu.db')}")
    with transaction(engine) as session:
        planned(session, folder)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def form(opened: Engine) -> bytes:
    with transaction(opened) as session:
        return form_of(session, scheme_id(session, None))


@pytest.fixture(scope="module")
def sheets(form: bytes) -> list[Sheet]:
    found, faults = read([("east.xlsx", form)])
    assert faults == []
    return found


def traces(session: Session) -> list[int]:
    return [session.execute(select(func.count()).select_from(table)).scalar_one() for table in TRACES]


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a return: what was told, what was left behind (reports, events, audits), what was counted."""

    told: list[str]
    left: list[int]
    counted: int = 0
    news: bool = False

    @property
    def is_taken(self) -> bool:
        return not self.told

    @property
    def is_whole(self) -> bool:
        """All of it or nothing, and every refusal says why."""
        reports, events, audits = self.left
        if self.told:
            return all(self.told) and self.left == [0, 0, 0]
        return reports == self.counted and events <= reports and audits == int(self.news)


def tried(engine: Engine, book: Book) -> Tried:
    """Hand a return in; nothing is kept."""
    with engine.connect() as connection, Session(connection) as session:
        before = traces(session)
        try:
            outcome = take_reports(session, scheme_id(session, None), reports_of(book, "east.xlsx"), "东区", RETURNED)
        except Faults as wrong:
            told, counted, news = [str(fault) for fault in wrong.faults], 0, False
        else:
            tally = outcome.tally("reports")
            told, counted, news = [], tally.added + tally.changed, outcome.is_news
        left = [after - then for then, after in zip(before, traces(session), strict=True)]
        return Tried(told, left, counted, news)


TYPED = st.one_of(
    st.sampled_from([case[2] for case in (*UNDERSTOOD, *REFUSED)]),
    st.sampled_from(["invest", "东区", "west", "2023-10-31", date(2023, 10, 31), "累计完成", "指标", "", None, "0"]),
    st.builds(Odd, st.sampled_from(Oddity), st.sampled_from(["0.85", "#N/A", ""])),
    st.text(max_size=8), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(),
)  # fmt: skip
EDITS = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 14), TYPED), max_size=6)
SHAPES = st.sampled_from(["as it was", "a row taken out", "a row twice", "shuffled columns", "hidden row", "merged"])


def edited(sheet: Sheet, edits: list[tuple[int, int, Cell]], shape: str, chance: random.Random) -> Sheet:
    rows = [[*cells, *[None] * (15 - len(cells))] for _number, cells in sheet.rows]
    rows += [[None] * 15 for _ in range(14 - len(rows))]
    for row, column, cell in edits:
        rows[row][column] = cell
    if shape == "a row taken out":
        del rows[chance.randrange(len(rows))]
    if shape == "a row twice":
        rows.append(chance.choice(rows))
    if shape == "shuffled columns":
        order = chance.sample(range(15), 15)
        rows = [[cells[place] for place in order] for cells in rows]
    hidden = [chance.randrange(1, 14)] if shape == "hidden row" else []
    merged = [(row := chance.randrange(1, 12), 1, row + 1, 2)] if shape == "merged" else []
    return replace(sheet, rows=list(enumerate(rows, 1)), hidden_rows=hidden, merged=merged)


@given(EDITS, EDITS, SHAPES, st.randoms(use_true_random=False))
def test_any_form_is_taken_whole_or_refused_whole(
    opened: Engine,
    sheets: list[Sheet],
    edits: list[tuple[int, int, Cell]],
    marked: list[tuple[int, int, Cell]],
    shape: str,
    chance: random.Random,
) -> None:
    form, mark = sheets
    tampered = edited(mark, marked, "as it was", chance) if chance.random() < 0.2 else mark
    assert tried(opened, Book([edited(form, edits, shape, chance), tampered], [], f"{chance.random()}")).is_whole


def test_numbers_typed_into_the_right_cells_are_taken(opened: Engine, sheets: list[Sheet]) -> None:
    """So that the test above is not about refusals alone."""
    form, mark = sheets
    chance = random.Random(20231031)
    tries = [
        tried(opened, Book([edited(form, [(4 + n % 6, 5, n)], "as it was", chance), mark], [], str(n)))
        for n in range(30)
    ]
    assert all(one.is_taken and one.is_whole and one.counted == 1 for one in tries)


def test_a_damaged_form_is_taken_whole_or_refused_whole(opened: Engine, form: bytes) -> None:
    """Bytes changed at random in the parts of the archive."""
    chance = random.Random(1)
    parts = [name for name in zipfile.ZipFile(io.BytesIO(form)).namelist() if name.endswith(".xml")]
    refused = 0
    for number in range(60):
        data = rewritten(form, chance.choice(parts), lambda part: damaged(part, chance))
        found, faults = read([("east.xlsx", data)])
        one = tried(opened, Book(found, faults, str(number)))
        assert one.is_whole
        refused += not one.is_taken
    assert 0 < refused < 60


def test_moments_are_no_days(opened: Engine, sheets: list[Sheet]) -> None:
    form, mark = sheets
    moment = datetime(2023, 10, 31, 8)  # noqa: DTZ001  (spreadsheets know no zones)
    assert not tried(
        opened, Book([edited(form, [(4, 5, moment)], "as it was", random.Random(1)), mark], [], "x")
    ).is_taken
