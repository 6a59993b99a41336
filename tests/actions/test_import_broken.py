"""Nothing broken is taken, nothing is half taken, and the office is told every fault with its place."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from diaodu.actions.import_plan import import_plan
from diaodu.sources.fault import Faults
from diaodu.storage.engine import open_engine
from diaodu.storage.session import transaction
from diaodu.storage.tables import METADATA
from tests.actions import broken_archives, broken_calendars, broken_cells, broken_rows, broken_sheets
from tests.plan_file import SOUND, Sheets, Spoil, edited, write_folder

CASES = broken_cells.CASES + broken_rows.CASES + broken_calendars.CASES + broken_sheets.CASES + broken_archives.CASES
NOVEMBER_3 = datetime(2023, 11, 3, 4, tzinfo=UTC)
NOVEMBER_10 = datetime(2023, 11, 10, 4, tzinfo=UTC)


def rows(engine: Engine) -> dict[str, int]:
    """How many rows every table has."""
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in METADATA.sorted_tables
        }


def refused(engine: Engine, path: Path, named: str | None = "2023") -> list[str]:
    """What is said about a file that is not taken."""
    with pytest.raises(Faults) as wrong, transaction(engine) as session:
        import_plan(session, path, named, "考核办", NOVEMBER_10)
    return [str(fault) for fault in wrong.value.faults]


@pytest.fixture(scope="module")
def sound(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database that knows the sound plan: one for all cases, since none may leave a trace."""
    folder = tmp_path_factory.mktemp("sound")
    engine = open_engine(f"sqlite:///{shutil.copy(migrated_file, folder / 'diaodu.db')}")
    with transaction(engine) as session:
        import_plan(session, write_folder(folder / "plan", SOUND), None, "考核办", NOVEMBER_3)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(("spoil", "messages"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_broken_file_is_refused_whole(sound: Engine, tmp_path: Path, spoil: Spoil, messages: tuple[str, ...]) -> None:
    before = rows(sound)
    folder = tmp_path / "handed in"
    folder.mkdir()
    assert refused(sound, spoil(folder)) == [message.replace("{folder}", str(folder)) for message in messages]
    assert rows(sound) == before


def test_there_are_enough_broken_files_and_no_two_alike() -> None:
    assert len({case[0] for case in CASES}) == len(CASES) >= 45


def test_a_refused_plan_leaves_no_trace_on_either_database(engine: Engine, tmp_path: Path) -> None:
    def spoil(sheets: Sheets) -> None:
        sheets["reports"][2][3] = "很多"

    path = write_folder(tmp_path / "plan", edited(spoil))
    assert refused(engine, path) == ["plan/reports.csv · 第 3 行 · D 累计完成：读到“很多”，应为数字，如 1234.5"]
    assert set(rows(engine).values()) == {0}


def test_a_refusal_that_is_swallowed_inside_a_transaction_still_leaves_no_trace(engine: Engine, tmp_path: Path) -> None:
    def spoil(sheets: Sheets) -> None:
        sheets["reports"][2][3] = "很多"

    with transaction(engine) as session, pytest.raises(Faults):
        import_plan(session, write_folder(tmp_path / "plan", edited(spoil)), None, "考核办", NOVEMBER_10)
    assert set(rows(engine).values()) == {0}


def test_all_faults_of_all_sheets_are_told_at_once(sound: Engine, tmp_path: Path) -> None:
    def spoil(sheets):
        sheets["units"][2][3] = "也许"
        sheets["indicators"][1][5] = "9"
        sheets["targets"][2][2] = "很多"
        sheets["targets"][3][1] = "北区"
        sheets["milestones"][1][3] = "2024-06-30"
        sheets["reports"][1][2] = "昨天"
        sheets["units"].append(["north", "新区", "城区", "是", "", "", ""])
        sheets["reports"].append(["air", "north", "2023-10-31", "88", "", ""])

    before = rows(sound)
    told = refused(sound, write_folder(tmp_path / "plan", edited(spoil)))
    assert [line.split("：")[0] for line in told] == [
        "plan/indicators.csv · 第 2 行 · F 小数",
        "plan/milestones.csv · 第 2 行 · D 时限",
        "plan/reports.csv · 第 2 行 · C 截至日",
        "plan/reports.csv · 第 4 行 · A 指标",
        "plan/targets.csv · 第 3 行 · C 目标值",
        "plan/targets.csv · 第 4 行 · B 单位",
        "plan/units.csv · 第 3 行 · D 参与排名",
    ]
    assert rows(sound) == before


@pytest.mark.parametrize(
    ("sheet", "row", "column", "place"),
    [
        ("targets", 1, 4, "plan/targets.csv · 第 2 行"),
        ("indicators", 1, 3, "plan/indicators.csv · 第 2 行"),
    ],
)
def test_a_report_on_what_a_faulty_row_defines_does_not_hide_the_fault(
    engine: Engine, tmp_path: Path, sheet: str, row: int, column: int, place: str
) -> None:
    def spoil(sheets):
        sheets[sheet][row][column] = "随便"

    with transaction(engine) as session, pytest.raises(Faults) as told:
        import_plan(session, write_folder(tmp_path / "plan", edited(spoil)), None, "考核办", NOVEMBER_10)
    assert place in str(told.value)
    assert set(rows(engine).values()) == {0}


def test_an_unreadable_sheet_of_units_does_not_make_every_unit_unknown(sound: Engine, tmp_path: Path) -> None:
    def spoil(sheets):
        sheets["units"][0][1] = "叫什么"
        sheets["targets"].append(["invest", "新区", "10", "", "", "", "", "", ""])

    told = refused(sound, write_folder(tmp_path / "plan", edited(spoil)))
    assert {line.split(" · ")[0] for line in told} == {"plan/units.csv"}


def test_a_scheme_nobody_knows_is_refused_with_the_known_ones(sound: Engine, tmp_path: Path) -> None:
    path = write_folder(tmp_path / "plan", {"reports": SOUND["reports"]})
    with pytest.raises(Faults, match="现有方案：2023"), transaction(sound) as session:
        import_plan(session, path, "2042", "考核办", NOVEMBER_10)
