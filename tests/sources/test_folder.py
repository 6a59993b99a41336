"""A drop folder as a source, while people are still at it."""

import io
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlmodel import Session

from diaodu.sources import registry
from diaodu.sources.fault import SourceDown
from diaodu.sources.kind import Found
from diaodu.sources.place import Place
from tests.sources.contract import GOOD, Given, check_contract

HEADING = "指标,单位,截至日,累计完成\n"
ROWS = 2000
WRITER = f"""
import sys, time
with open(sys.argv[1], "w", encoding="utf-8") as file:
    file.write({HEADING!r})
    for n in range({ROWS}):
        file.write(f"investment,east{{n}},2023-11-30,{{n}}\\n")
        if n % 100 == 0:
            file.flush()
            print("writing", flush=True)
            time.sleep(0.15)
"""


@dataclass
class Drop:
    """Somebody's folder, given its rows by the contract as one more file."""

    folder: Path
    kind: str = "folder"
    count: int = 0

    @property
    def place(self) -> Place:
        return Place(str(self.folder), {"quiet": 0})

    def give(self, rows: Sequence[Given]) -> None:
        for old in self.folder.iterdir():
            old.unlink()
        (self.folder / "填报.csv").write_text(csv(rows), encoding="utf-8")

    def go_away(self) -> None:
        self.folder = self.folder / "gone"


def csv(rows: Sequence[Given]) -> str:
    return HEADING + "".join(",".join(row) + "\n" for row in rows)


def workbook(rows: Sequence[Given]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in (HEADING.strip().split(","), *rows):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def age(path: Path, seconds: float) -> None:
    now = path.stat().st_mtime
    os.utime(path, (now - seconds, now - seconds))


def read(folder: Path, **options: int) -> Found:
    return registry.read("folder", Place(str(folder), {"quiet": 0, **options}))


def test_it_keeps_what_every_source_promises(session: Session, tmp_path: Path) -> None:
    check_contract(Drop(tmp_path), session)


def test_every_file_is_read_alone_oldest_first(tmp_path: Path) -> None:
    for number, (name, text) in enumerate((("b.csv", csv(GOOD)), ("a.csv", csv(GOOD[:1])), ("坏.csv", "随便"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        age(tmp_path / name, 100 - number)
    (tmp_path / "c.xlsx").write_bytes(workbook(GOOD))
    found = read(tmp_path)
    assert [(file.name, bool(file.faults)) for file in found.files] == [
        ("b.csv", False),
        ("a.csv", False),
        ("坏.csv", True),
        ("c.xlsx", False),
    ]
    assert [file.data is not None for file in found.files] == [True] * 4


def test_what_is_not_for_reading_is_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.csv", "~$a.xlsx", "说明.docx", "a.tmp"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder.csv").mkdir()
    assert read(tmp_path) == Found()


def test_a_file_being_written_is_left_and_never_half_read(tmp_path: Path) -> None:
    """A real process writes for three seconds, while the folder is read again and again."""
    file = tmp_path / "大.csv"
    with subprocess.Popen([sys.executable, "-c", WRITER, file], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        met = [read(tmp_path, quiet=3)]
        while writer.poll() is None:
            met.append(read(tmp_path, quiet=3))
    met.append(read(tmp_path, quiet=3))
    assert met[0].files == []
    assert [(left.name, "还在写入" in left.why) for left in met[0].left] == [("大.csv", True)]
    assert {len(file.rows("reports")) for found in met for file in found.files} == {ROWS}


def test_a_workbook_without_its_end_is_left_while_it_is_young_and_damaged_when_it_is_old(tmp_path: Path) -> None:
    file = tmp_path / "半.xlsx"
    file.write_bytes(workbook(GOOD)[:-100])
    found = read(tmp_path)
    assert (found.files, [left.name for left in found.left]) == ([], ["半.xlsx"])
    age(file, 3600)
    (damaged,) = read(tmp_path).files
    assert "已损坏" in damaged.faults[0].right


def test_a_file_that_grows_between_looking_and_reading_is_left(tmp_path: Path) -> None:
    file = tmp_path / "填报.csv"
    file.write_text(csv(GOOD), encoding="utf-8")
    later = threading.Timer(0.3, lambda: file.write_text(csv(GOOD) * 2, encoding="utf-8"))
    later.start()
    found = read(tmp_path, quiet=1)
    later.join()
    assert (found.files, [left.name for left in found.left]) == ([], ["填报.csv"])


def test_a_file_taken_before_is_not_opened_again(tmp_path: Path) -> None:
    (tmp_path / "填报.csv").write_text(csv(GOOD), encoding="utf-8")
    (file,) = read(tmp_path).files
    again = registry.read("folder", Place(str(tmp_path), {"quiet": 0}, taken=frozenset({file.digest})))
    assert again == Found(known=["填报.csv"])


def test_what_is_too_much_at_once_waits_for_the_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diaodu.sources.spreadsheet.MOST_AT_ONCE", 100)
    for number in range(3):
        (tmp_path / f"{number}.csv").write_text(csv(GOOD), encoding="utf-8")
        age(tmp_path / f"{number}.csv", 100 - number)
    found = read(tmp_path)
    assert [file.name for file in found.files] == ["0.csv"]
    again = registry.read("folder", Place(str(tmp_path), {"quiet": 0}, taken=frozenset({found.files[0].digest})))
    assert ([file.name for file in again.files], again.known) == (["1.csv"], ["0.csv"])


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "大.csv").open("wb") as file:
        file.truncate(60_000_000)
    (refused,) = read(tmp_path).files
    assert "50 兆字节" in refused.faults[0].right


@pytest.mark.parametrize(("path", "says"), [("nowhere", "没有这个文件夹：.*nowhere"), ("file.csv", "file.csv：")])
def test_a_folder_that_cannot_be_opened_is_down(tmp_path: Path, path: str, says: str) -> None:
    (tmp_path / "file.csv").write_text("x")
    with pytest.raises(SourceDown, match=says):
        read(tmp_path / path)


def test_the_place_is_kept_whole_whoever_reads_it_from_where() -> None:
    location, _options, faults = registry.settled("folder", "投放", "drop/here", {})
    assert (location, faults) == (str(Path("drop/here").absolute()), [])
    for wrong in (" ", "http://x/y"):
        assert [fault.right for fault in registry.settled("folder", "投放", wrong, {})[2]] == ["应为文件夹的路径"]
