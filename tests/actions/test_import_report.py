"""Reports taken in: append-only revisions, missing is not zero, and nothing twice."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from diaodu.actions.import_plan import import_plan
from diaodu.actions.import_report import import_found, import_report
from diaodu.actions.outcome import Outcome, Tally
from diaodu.rules.quantity import to_micro
from diaodu.sources.fault import Faults, SourceDown
from diaodu.sources.place import Place
from diaodu.sources.registry import read
from diaodu.storage.report import report_in_force, revisions
from diaodu.storage.scheme import scheme_id
from diaodu.storage.source import add
from diaodu.storage.target import target_ids
from models.source import Source
from tests.plan_file import SOUND, csv_bytes, write_book, write_folder

NOVEMBER_3 = datetime(2023, 11, 3, 4, tzinfo=UTC)
NOVEMBER_10 = datetime(2023, 11, 10, 4, tzinfo=UTC)
DECEMBER_5 = datetime(2023, 12, 5, 4, tzinfo=UTC)
OCTOBER = date(2023, 10, 31)
HEADINGS = ["指标", "单位", "截至日", "累计完成", "进展", "难题"]
COMMENTED = [*HEADINGS, "核实说明"]


@pytest.fixture
def scheme(session: Session, tmp_path: Path) -> int:
    """A scheme that knows the sound plan and its two reports."""
    import_plan(session, write_folder(tmp_path / "plan", SOUND), None, "考核办", NOVEMBER_3)
    return scheme_id(session, None)


def take(session: Session, scheme: int, path: Path, at: datetime = NOVEMBER_10) -> Tally:
    return import_report(session, scheme, path, "东区", at).tally("reports")


def written(tmp_path: Path, *rows: list[str], headings: list[str] = HEADINGS) -> Path:
    path = tmp_path / f"reports {len(list(tmp_path.iterdir()))}.csv"
    path.write_bytes(csv_bytes([headings, *rows]))
    return path


def east(session: Session, scheme: int) -> int:
    return target_ids(session, scheme)["invest", "east"]


def test_a_correction_is_a_further_revision(session: Session, scheme: int, tmp_path: Path) -> None:
    tally = take(session, scheme, written(tmp_path, ["invest", "east", "2023-10-31", "105.4", "核减", ""]))
    assert tally == Tally(changed=1)
    target = east(session, scheme)
    assert [r.value for r in revisions(session, target, NOVEMBER_10)] == [to_micro("105.4"), to_micro("105.5")]
    before = report_in_force(session, target, OCTOBER, NOVEMBER_3)
    assert before is not None
    assert before.value == to_micro("105.5")


def test_a_report_that_says_what_is_in_force_is_nothing_new(session: Session, scheme: int, tmp_path: Path) -> None:
    same = ["invest", "东区", "2023/10/31", "１０５．５０", "按期推进", ""]
    assert take(session, scheme, written(tmp_path, same)) == Tally(unchanged=1)


@pytest.mark.parametrize("change", [("106", "按期推进", ""), ("105.5", "加快", ""), ("105.5", "按期推进", "缺地")])
def test_value_note_and_blocker_each_make_a_revision(
    session: Session, scheme: int, tmp_path: Path, change: tuple[str, str, str]
) -> None:
    row = ["invest", "east", "2023-10-31", *change]
    assert take(session, scheme, written(tmp_path, row)) == Tally(changed=1)


def test_an_unchanged_value_for_a_new_day_is_a_report(session: Session, scheme: int, tmp_path: Path) -> None:
    row = ["invest", "east", "2023-11-09", "105.5", "按期推进", ""]
    assert take(session, scheme, written(tmp_path, row)) == Tally(added=1)


def test_a_row_without_a_value_is_no_report_and_no_zero(session: Session, scheme: int, tmp_path: Path) -> None:
    rows = ["invest", "east", "2023-11-09", "", "", "", ""], ["invest", "west", "2023-11-09", "0", "", "", "项目移交"]
    path = written(tmp_path, *rows, headings=COMMENTED)
    assert take(session, scheme, path) == Tally(added=1, blank=1)
    report = report_in_force(session, east(session, scheme), date(2023, 11, 9), NOVEMBER_10)
    assert report is not None
    assert report.as_of == OCTOBER


def test_history_may_be_entered_with_its_own_moments(session: Session, scheme: int, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        ["invest", "east", "2023-09-30", "91", "2023-10-20"],
        ["invest", "east", "2023-09-30", "90", "2023-10-08 09:00"],
        headings=["指标", "单位", "截至日", "累计完成", "入库时间"],
    )
    assert take(session, scheme, path) == Tally(added=1, changed=1)
    early = report_in_force(session, east(session, scheme), OCTOBER, datetime(2023, 10, 9, tzinfo=UTC))
    assert early is not None
    assert early.value == to_micro(90)
    assert early.recorded_at == datetime(2023, 10, 8, 1, tzinfo=UTC)


def test_the_same_file_does_not_undo_a_correction(session: Session, scheme: int, tmp_path: Path) -> None:
    first = written(tmp_path, ["invest", "east", "2023-11-09", "110", "", ""])
    take(session, scheme, first)
    take(session, scheme, written(tmp_path, ["invest", "east", "2023-11-09", "109", "", ""]), DECEMBER_5)
    assert take(session, scheme, first, DECEMBER_5) == Tally(unchanged=1)
    report = report_in_force(session, east(session, scheme), date(2023, 11, 9), DECEMBER_5)
    assert report is not None
    assert report.value == to_micro(109)


def test_reports_are_found_in_a_workbook_of_one_sheet_whatever_it_is_called(
    session: Session, scheme: int, tmp_path: Path
) -> None:
    path = write_book(tmp_path / "东区.xlsx", {"Sheet1": [HEADINGS, ["invest", "east", "2023-11-09", "110", "", ""]]})
    assert take(session, scheme, path) == Tally(added=1)


def test_a_whole_plan_gives_its_reports_only(session: Session, scheme: int, tmp_path: Path) -> None:
    sheets = SOUND | {"reports": [HEADINGS, ["invest", "east", "2023-11-09", "110", "", ""]]}
    outcome = import_report(session, scheme, write_folder(tmp_path / "whole", sheets), "东区", NOVEMBER_10)
    assert outcome.tallies == {"reports": Tally(added=1)}


def test_a_workbook_of_two_unnamed_sheets_is_refused(session: Session, scheme: int, tmp_path: Path) -> None:
    path = write_book(tmp_path / "two.xlsx", {"Sheet1": [HEADINGS], "Sheet2": [HEADINGS]})
    with pytest.raises(Faults, match="没有名为“填报”"):
        take(session, scheme, path)


class TestDropFolder:
    """The source of kind `folder`."""

    @pytest.fixture
    def source(self, session: Session, scheme: int, tmp_path: Path) -> Source:
        (tmp_path / "drop").mkdir()
        return add(session, Source(scheme_id=scheme, name="投递箱", kind="folder", location=str(tmp_path / "drop")))

    @staticmethod
    def drop(source: Source, name: str, value: str, age: int = 0) -> None:
        path = Path(source.location) / name
        path.write_bytes(csv_bytes([HEADINGS, ["invest", "east", "2023-11-09", value, "", ""]]))
        os.utime(path, (1_700_000_000 - age,) * 2)

    def take(self, session: Session, source: Source, at: datetime = NOVEMBER_10) -> list[Outcome]:
        files = read("folder", Place(source.location, {"quiet": 0})).files
        return [import_found(session, source, file, "数据报送", at) for file in files]

    def test_later_files_correct_earlier_ones_and_none_is_taken_twice(self, session: Session, source: Source) -> None:
        self.drop(source, "b.csv", "100", age=60)
        self.drop(source, "a.csv", "101")
        first = [outcome.tally("reports") for outcome in self.take(session, source)]
        again = [outcome.tally("reports") for outcome in self.take(session, source, DECEMBER_5)]
        assert first == [Tally(added=1), Tally(changed=1)]
        assert again == [Tally(unchanged=1), Tally(unchanged=1)]
        report = report_in_force(session, east(session, source.scheme_id), date(2023, 11, 9), DECEMBER_5)
        assert report is not None
        assert (report.value, report.source_id) == (to_micro(101), source.id)

    def test_a_bad_file_is_kept_out_and_no_other(self, session: Session, source: Source) -> None:
        self.drop(source, "bad.csv", "很多", age=60)
        self.drop(source, "good.csv", "100")
        with pytest.raises(Faults, match="很多"):
            self.take(session, source)
        Path(source.location, "bad.csv").rename(Path(source.location, "bad.txt"))
        assert [outcome.tally("reports") for outcome in self.take(session, source)] == [Tally(added=1)]

    def test_a_folder_that_is_gone_is_a_source_that_is_down(self, session: Session, source: Source) -> None:
        Path(source.location).rmdir()
        with pytest.raises(SourceDown, match="drop"):
            self.take(session, source)

    def test_an_empty_folder_has_nothing_to_say(self, session: Session, source: Source) -> None:
        assert self.take(session, source) == []
