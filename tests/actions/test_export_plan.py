"""The plan that goes out is the plan that came in, and nothing a person typed becomes a formula on the way."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import Session

from diaodu.actions.export_plan import plan_sheets
from diaodu.actions.import_plan import import_plan
from diaodu.actions.outcome import Tally
from diaodu.rules.quantity import to_micro
from diaodu.sources.writing import workbook_file, write_folder
from diaodu.storage.scheme import scheme_id
from diaodu.storage.target import target_ids, targets_in_force
from diaodu.storage.unit import units_in_force
from tests import plan_file
from tests.plan_file import Sheets, edited

EXAMPLES = Path(__file__).parents[2] / "examples"
DECEMBER = date(2023, 12, 31)
NOVEMBER_3 = datetime(2023, 11, 3, 4, tzinfo=UTC)
NOVEMBER_10 = datetime(2023, 11, 10, 4, tzinfo=UTC)
NEXT_YEAR = datetime(2024, 2, 1, 4, tzinfo=UTC)


def exported(session: Session, folder: Path, form: str) -> Path:
    """The plan in force, written and named by its form."""
    sheets = plan_sheets(session, scheme_id(session, None), DECEMBER, NEXT_YEAR)
    path = folder / f"out{form}"
    if form:
        path.write_bytes(workbook_file(sheets))
    else:
        write_folder(path, sheets)
    return path


def news(session: Session, path: Path) -> dict[str, Tally]:
    """What a file adds or changes."""
    outcome = import_plan(session, path, None, "考核办", NEXT_YEAR)
    assert outcome.tallies
    return {noun: tally for noun, tally in outcome.tallies.items() if tally.added or tally.changed}


def long_numbers(sheets: Sheets) -> None:
    sheets["targets"][1][2] = "999999999999.123456"
    sheets["targets"][1][4] = "-0.000001"


def dangerous_words(sheets: Sheets) -> None:
    del sheets["reports"]
    sheets["units"][2][1] = "=cmd|'/c calc'!A0"
    sheets["units"][3][1] = "@SUM(1)"
    sheets["indicators"][1][1] = "-1+2"
    sheets["milestones"][1][2] = "'=1"
    sheets["milestones"][1][5] = "00123"


@pytest.mark.parametrize("form", ["", ".xlsx"], ids=["csv", "xlsx"])
@pytest.mark.parametrize("change", [lambda _s: None, long_numbers, dangerous_words], ids=["sound", "long", "dangerous"])
def test_a_plan_taken_in_again_changes_nothing(session: Session, tmp_path: Path, form: str, change) -> None:
    import_plan(session, plan_file.write_folder(tmp_path / "in", edited(change)), None, "考核办", NOVEMBER_3)
    assert news(session, exported(session, tmp_path, form)) == {}


@pytest.mark.parametrize("example", ["zhejiang-water-2023", "mohurd-2023", "dazhou-2018", "dazhou-2019", "us-apg-2022"])
@pytest.mark.parametrize("form", ["", ".xlsx"], ids=["csv", "xlsx"])
def test_published_plans_survive_the_round(session: Session, tmp_path: Path, example: str, form: str) -> None:
    parts = sorted(path.parent for path in (EXAMPLES / example).glob("**/targets.csv"))
    for month, part in enumerate(parts, 1):
        import_plan(session, part, None, "考核办", datetime(2024, 1, month, tzinfo=UTC))
    assert news(session, exported(session, tmp_path, form)) == {}


def test_exact_numbers_and_codes_stay_exact(session: Session, tmp_path: Path) -> None:
    import_plan(session, plan_file.write_folder(tmp_path / "in", edited(long_numbers)), None, "考核办", NOVEMBER_3)
    sheet = load_workbook(exported(session, tmp_path, ".xlsx"))["目标"]
    assert (sheet["C2"].value, sheet["E2"].value, sheet["C3"].value) == ("999999999999.123456", -0.000001, 120)
    scheme = scheme_id(session, None)
    target = targets_in_force(session, scheme, DECEMBER, NEXT_YEAR)[target_ids(session, scheme)["invest", "total"]]
    assert (target.value, target.baseline) == (to_micro("999999999999.123456"), -1)


def test_no_cell_is_a_formula_or_a_link(session: Session, tmp_path: Path) -> None:
    import_plan(session, plan_file.write_folder(tmp_path / "in", edited(dangerous_words)), None, "考核办", NOVEMBER_3)
    book = load_workbook(exported(session, tmp_path, ".xlsx"))
    assert {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line} <= {"s", "n", "d"}
    text = (exported(session, tmp_path, "") / "units.csv").read_text(encoding="utf-8-sig")
    assert "east,'=cmd" in text
    assert "west,'@SUM" in text
    names = [unit.name for unit in units_in_force(session, scheme_id(session, None), DECEMBER, NEXT_YEAR)]
    assert names[1:] == ["=cmd|'/c calc'!A0", "@SUM(1)"]
