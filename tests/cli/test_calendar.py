"""`diaodu calendar` as it is typed: what it lists, what it takes, what it refuses, and what it publishes."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import Engine
from sqlmodel import select
from typer.testing import CliRunner, Result

from diaodu.cli.app import app
from diaodu.storage.engine import open_engine
from diaodu.storage.session import transaction
from models.audit import Audit
from tests.arrangements import FAR, FAR_DAYS, csv_file
from tests.plan import SmallPlan
from tests.published.state_council import works


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A workspace with the small plan."""
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path / "office"))
    assert CliRunner().invoke(app, ["init"]).exit_code == 0
    engine = open_engine(f"sqlite:///{tmp_path / 'office' / 'diaodu.db'}")
    with transaction(engine) as session:
        SmallPlan(session)
    yield engine
    engine.dispose()


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["calendar", *map(str, words)])


def audited(engine: Engine) -> list[str]:
    with transaction(engine) as session:
        rows = session.exec(select(Audit).order_by(Audit.id))  # type: ignore[arg-type]
        return [row.action for row in rows]


def listed(*words: object) -> dict[date, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(run("show", *words, "--format", "csv").stdout))
    return {date.fromisoformat(row["date"]): row for row in rows}


def test_every_day_of_a_year_is_listed_as_the_state_council_arranged_it(engine: Engine) -> None:
    found = {day: row["workday"] == "True" for year in range(2018, 2027) for day, row in listed(year).items()}
    assert found == works()
    assert listed(2026)[date(2026, 10, 10)] == {
        "date": "2026-10-10",
        "workday": "True",
        "name": "国庆节",
        "provisional": "False",
    }


def test_json_has_a_row_a_day_and_the_table_a_row_a_month(engine: Engine) -> None:
    rows = json.loads(run("show", 2024, "--format", "json").stdout)
    assert len(rows) == 366
    assert rows[0] == {"date": "2024-01-01", "workday": False, "name": "元旦", "provisional": False}
    table = run("show", 2026).stdout
    assert len(re.findall("2026-[0-9]{2} ", table)) == 12
    assert "国庆节 1—7日" in table
    assert "春节 14、28日" in table


def test_a_year_that_is_a_guess_or_not_on_record_says_so(engine: Engine) -> None:
    assert {row["provisional"] for row in listed(FAR).values()} == {"True"}
    assert f"{FAR} 年不在日历上" in run("show", FAR).stderr


def test_an_announced_year_is_imported_once(engine: Engine, tmp_path: Path) -> None:
    file = csv_file(tmp_path / "放假安排.csv", FAR_DAYS)
    done = run("import", file)
    assert (done.exit_code, "放假" in done.stdout) == (0, True), done.output
    assert f"已导入 {FAR} 年放假安排" in done.stdout
    days = listed(FAR)
    assert (days[date(FAR, 1, 8)]["workday"], days[date(FAR, 1, 8)]["provisional"]) == ("True", "False")
    assert "没有变化" in run("import", file).stdout
    assert audited(engine) == ["calendar.import"]


def test_a_listing_goes_in_again_as_it_came_out(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "2026.csv"
    file.write_text(run("show", 2026, "--format", "csv").stdout, encoding="utf-8")
    again = run("import", file)
    assert (again.exit_code, "没有变化" in again.stdout) == (0, True), again.output


def test_a_file_that_makes_no_sense_is_refused_whole(engine: Engine, tmp_path: Path) -> None:
    done = run("import", csv_file(tmp_path / "half.csv", [*FAR_DAYS[:5], (date(FAR, 3, 2), True, "元旦")]))
    assert done.exit_code == 2
    assert "第 7 行 · B 类型" in done.stderr
    assert "一行也没有入库" in done.stderr
    assert listed(FAR)[date(FAR, 1, 8)]["workday"] == "False"
    assert audited(engine) == []


def test_a_day_is_set_and_a_units_day_made_and_taken_back(engine: Engine) -> None:
    assert run("set", "2026-12-09", "休", "停电检修").exit_code == 0
    assert listed(2026)[date(2026, 12, 9)]["name"] == "停电检修"
    assert run("closure", "西区", "2026-12-10", "休", "搬迁").exit_code == 0
    assert listed(2026, "--unit", "west")[date(2026, 12, 10)]["workday"] == "False"
    assert listed(2026)[date(2026, 12, 10)]["workday"] == "True"
    assert run("closure", "west", "2026-12-10", "--remove").exit_code == 0
    assert listed(2026, "--unit", "west")[date(2026, 12, 10)]["workday"] == "True"
    assert audited(engine) == ["calendar.set", "calendar.closure", "calendar.reopen"]


@pytest.mark.parametrize(
    "words",
    [
        ("set", "2026-12-09", "半", "停电"),
        ("set", "12月9日", "休", "停电"),
        ("closure", "west", "2026-12-10"),
        ("closure", "west", "2026-12-10", "休"),
        ("closure", "west", "2026-12-10", "休", "搬迁", "--remove"),
        ("closure", "nowhere", "2026-12-10", "休", "搬迁"),
        ("show", "26"),
        ("import", "nowhere.csv"),
        ("publish", "calendar.pdf", "--year", "2023"),
        ("publish", "calendar.ics", "--year", "2023", "--unit", "nowhere"),
        ("publish", "calendar.ics", "--year", "2021"),
    ],
)
def test_what_cannot_be_meant_is_refused(engine: Engine, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.exit_code == 2, done.output
    assert audited(engine) == []


@pytest.mark.parametrize(
    ("name", "options", "begins"),
    [
        ("日历.ics", (), b"BEGIN:VCALENDAR"),
        ("日历.xlsx", (), b"PK"),
        ("日历.html", (), b"<!doctype html>"),
        ("日历.txt", ("--format", "html"), b"<!doctype html>"),
    ],
)
def test_a_year_is_published_in_every_form(
    engine: Engine, tmp_path: Path, name: str, options: tuple[str, ...], begins: bytes
) -> None:
    out = tmp_path / name
    done = run("publish", out, "--year", "2023", *options)
    assert done.exit_code == 0, done.output
    assert "已写出 12 期" in done.stdout
    assert out.read_bytes().startswith(begins)
    assert run("publish", out, "--year", "2023", *options).exit_code == 2, "nothing is overwritten"


def test_a_scheme_that_is_over_is_published_for_its_own_year(engine: Engine, tmp_path: Path) -> None:
    assert "已写出 12 期" in run("publish", tmp_path / "calendar.ics").stdout
    assert run("publish", tmp_path / "later.ics", "--year", "2040").exit_code == 2


def test_a_published_page_needs_nothing_beside_it(engine: Engine, tmp_path: Path) -> None:
    run("publish", tmp_path / "a.html", "--year", "2023", "--unit", "west")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "2023年报送日历（西区）" in text
    assert not re.search(r"(?:src|href)=", text)
    assert 'font-family: "Source Han' in text


def test_a_unit_gets_its_own_days(engine: Engine, tmp_path: Path) -> None:
    assert run("closure", "west", "2023-11-06", "休", "停电").exit_code == 0
    run("publish", tmp_path / "west.ics", "--year", "2023", "--unit", "west")
    events = Calendar.from_ical((tmp_path / "west.ics").read_bytes()).walk("VEVENT")
    days = {str(event["UID"]): event.decoded("DTSTART") for event in events}
    assert days["2023-10-31.unit.2023.scheme.west@diaodu"] == date(2023, 11, 8)
