"""Whatever anybody hands in is read or refused with faults, in bounded time and memory; nothing else is ever raised."""

import io
import random
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from diaodu.confined import MEMORY, SECONDS
from diaodu.sources.fault import Faults
from diaodu.sources.limited import dumps, loads, read
from diaodu.sources.plan import PlanFile, plan_of, read_plan
from diaodu.sources.reading import Book, read_files
from diaodu.sources.sheet import Cell, Sheet
from diaodu.sources.workbook import OLE, ZIP
from tests.plan_file import SOUND, book_of, bytes_of, csv_bytes
from tests.sources.hostile import HOSTILE, an_entity_that_reads_a_file, cost_of
from tests.sources.workbooks import old_workbook, rewritten


def fat_workbook(rows: int, columns: int) -> bytes:
    """Within every limit of the archive, and far beyond the memory its cells would take: one long text, shared."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        made.add_worksheet("填报").write(0, 0, "x" * 32_000)
    cells = b'<c t="s"><v>0</v></c>' * columns
    body = b"".join(b'<row r="%d">' % n + cells + b"</row>" for n in range(1, rows + 1))
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    xml = sheet + body + b"</sheetData></worksheet>"
    return rewritten(out.getvalue(), "xl/worksheets/sheet1.xml", lambda _old: xml)


def test_a_sheet_too_big_for_its_memory_dies_alone() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Faults, match="无法在限定的内存和时间内读完"):
        read_files([("fat.xlsx", fat_workbook(20_000, 50))])
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < MEMORY // 2


@pytest.mark.parametrize(("make", "said"), HOSTILE, ids=lambda part: getattr(part, "__name__", ""))
def test_a_hostile_workbook_costs_little_and_is_refused(make: Callable[[], bytes], said: str) -> None:
    """What it costs is in the report of a failing test; what it may cost is a fraction of what the process may use."""
    cost = cost_of("h.xlsx", make())
    assert (cost.peak < MEMORY // 2, cost.seconds < SECONDS // 2) == (True, True), cost
    assert [fault.right for fault in cost.faults] == ([said] if said else [])
    assert bool(cost.sheets) is not bool(cost.faults)


def test_no_file_of_this_machine_is_ever_read_into_a_sheet() -> None:
    cost = cost_of("h.xlsx", an_entity_that_reads_a_file())
    assert "root:" not in str(cost.sheets)


CELLS = st.one_of(st.none(), st.text(max_size=12), st.floats(), st.booleans(), st.dates(), st.datetimes())
KNOWN = st.sampled_from([cell for sheet in SOUND.values() for row in sheet for cell in row])


def faults_of(read_it: Callable[[], PlanFile]) -> list[str]:
    """What is wrong, as people are told; anything but Faults is raised."""
    try:
        return [str(fault) for fault in read_it().faults]
    except Faults as wrong:
        return [str(fault) for fault in wrong.faults]


def opened(files: list[tuple[str, bytes]]) -> PlanFile:
    """The same as `read_plan`, without the limits of a process of its own."""
    return plan_of(Book(*read(files), ""), "plan")


@given(st.sampled_from(list(SOUND)), st.lists(st.lists(st.one_of(KNOWN, CELLS.map(str)), max_size=9), max_size=6))
def test_any_table_is_read_or_refused(sheet: str, rows: list[list[str]]) -> None:
    assert all(faults_of(lambda: opened([(f"{sheet}.csv", csv_bytes(rows))])))


@given(st.sampled_from(list(SOUND)), st.lists(st.lists(st.one_of(KNOWN, CELLS), max_size=9), max_size=6))
def test_any_cells_are_read_or_refused(sheet: str, rows: list[list[Cell]]) -> None:
    book = Book([Sheet("plan.xlsx", sheet, list(enumerate(rows, 1)))], [], "")
    assert all(faults_of(lambda: plan_of(book, "plan.xlsx")))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_as_text(data: bytes) -> None:
    sheets, faults = read([("targets.csv", data)])
    assert bool(sheets) is not bool(faults)
    assert loads(dumps(sheets, faults)) == (sheets, faults)


@given(st.binary(max_size=300), st.sampled_from([ZIP, OLE, b"<html", b""]))
def test_any_bytes_are_refused_whatever_they_pretend_to_be(data: bytes, start: bytes) -> None:
    told = faults_of(lambda: opened([("plan.xlsx", start + data)]))
    assert told
    assert all(told)


def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path) -> None:
    """Bytes changed at random, in the archive and in the parts it holds."""
    chance = random.Random(20231031)
    sound, old = bytes_of(book_of(SOUND)), old_workbook()
    parts = [name for name in zipfile.ZipFile(io.BytesIO(sound)).namelist() if name.endswith(".xml")]
    refused = 0
    for number in range(24):
        if number % 3:
            data = damaged(old if number % 3 == 1 else sound, chance)
        else:
            data = rewritten(sound, chance.choice(parts), lambda part: damaged(part, chance))
        (tmp_path / "a.xlsx").write_bytes(data)
        refused += bool(faults_of(lambda: read_plan(tmp_path / "a.xlsx")))
    assert refused > 12


def damaged(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(6):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)
