"""As a new user: the form goes out, is filled in with LibreOffice, comes back wrong, is annotated, mended and taken.

Runs wherever LibreOffice is, and always in CI.
"""

# ruff: noqa: E501  (messages stand whole, as people read them)

import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from diaodu.cli.app import app
from diaodu.storage.engine import open_engine
from diaodu.storage.scheme import scheme_id
from diaodu.storage.session import transaction
from tests.actions.returns import ROW, planned, values
from tests.sources.office import OFFICE, XLS, typed

ON_TIME = ("--recorded-at", "2023-11-03")


def diaodu(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def desk(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with an open round; commands run in its folder."""
    home = tmp_path / ".diaodu"
    home.mkdir()
    shutil.copy(migrated_file, home / "diaodu.db")
    monkeypatch.setenv("DIAODU_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)
    engine = open_engine(f"sqlite:///{home / 'diaodu.db'}")
    with transaction(engine) as session:
        planned(session, tmp_path)
    engine.dispose()
    return tmp_path


def taken(desk: Path) -> dict[str, str]:
    engine = open_engine(f"sqlite:///{desk / '.diaodu' / 'diaodu.db'}")
    with transaction(engine) as session:
        found = values(session, scheme_id(session, None))
    engine.dispose()
    return found


def value(indicator: str) -> str:
    return f"F{ROW[indicator]}"


if OFFICE or os.environ.get("CI"):

    def test_a_form_is_filled_in_returned_annotated_mended_and_taken(desk: Path) -> None:
        out = diaodu("report", "template", "east.xlsx", "--unit", "东区", "--as-of", "2023-10-31")
        assert (out.exit_code, out.stdout) == (0, "已写出：east.xlsx\n")
        wrong = {value("invest"): "1.2亿元", value("tax"): "约12", value("jobs"): "1200", value("air"): "120户"}
        seen = typed(desk / "east.xlsx", desk / "back.xlsx", wrong | {f"G{ROW['invest']}": "按期推进"}, ["A5", "E5"])
        assert (seen.said["A5"], seen.said["E5"]) == ("重点项目投资", "102,880.42")
        assert seen.notes[f"0,{ROW['invest'] - 1}"] == "口径：在建重点项目完成的投资额"
        assert seen.sheets == {"填报": True, "填报表标识": False}

        refused = diaodu("report", "import", "back.xlsx", *ON_TIME)
        assert refused.exit_code == 2
        assert refused.stderr.splitlines() == [
            "back.xlsx · 填报 · 第 6 行 · F 累计完成：读到“约12”，应为确切的数，如 12；不写“约”“左右”之类",
            "back.xlsx · 填报 · 第 10 行 · F 累计完成：读到“120户”，计量单位是“%”，不能由“户”换算；请填以“%”计的数字，不带单位",
            "差错已逐格批注，改好可直接交回：back_批注.xlsx",
            "共 2 处差错，一行也没有入库。",
        ]
        assert taken(desk) == {}

        mended = {value("tax"): "12", value("air"): "85.5"}
        seen = typed(desk / "back_批注.xlsx", desk / "again.xlsx", mended, [value("invest"), value("air")])
        assert seen.said == {value("invest"): "1.2亿元", value("air"): "85.5"}
        assert seen.notes[f"5,{ROW['tax'] - 1}"] == "应为确切的数，如 12；不写“约”“左右”之类"
        assert seen.sheets == {"差错清单": True, "填报": True, "填报表标识": False}
        assert diaodu("report", "import", "again.xlsx", *ON_TIME).exit_code == 0
        assert taken(desk) == {"invest": "12000", "tax": "12", "jobs": "1200", "air": "85.5"}

        same = diaodu("report", "import", "again.xlsx", *ON_TIME)
        assert "这份文件已经导入过，没有变化。" in same.stdout

    @pytest.mark.parametrize("name", ["back.xls", "back.et", "back.xlsx"])
    def test_a_form_saved_in_the_old_format_is_taken_whatever_it_is_called(desk: Path, name: str) -> None:
        diaodu("report", "template", "east.xlsx", "--unit", "东区", "--as-of", "2023-10-31")
        filled = {value("invest"): "100.5", value("park"): "1", f"G{ROW['invest']}": "按期推进"}
        typed(desk / "east.xlsx", desk / "saved.xls", filled, form=XLS)
        (desk / "saved.xls").rename(desk / name)
        result = diaodu("report", "import", name, *ON_TIME)
        assert result.exit_code == 0, result.stderr
        assert taken(desk) == {"invest": "100.5", "park": "1"}
