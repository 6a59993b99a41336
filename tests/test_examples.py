"""What we ship can be imported by anyone, says who published it, and stays the same when imported twice."""

import re
from pathlib import Path

import pytest
from sqlmodel import Session

from diaodu.actions.import_plan import import_plan
from diaodu.rules.quantity import to_micro
from diaodu.sources.plan import read_plan
from tests.published.figures import EXAMPLES, moment, table

PLANS = {
    "zhejiang-water-2023": ("2023-10", "2023-11"),
    "dazhou-2018": ("",),
    "dazhou-2019": ("",),
    "mohurd-2023": ("2023-06", "2023-09"),
    "us-apg-2022": ("",),
}
RECORDED = "2023-12-04"


def test_every_example_is_tested() -> None:
    assert {path.name for path in EXAMPLES.iterdir() if path.is_dir()} == set(PLANS)


@pytest.mark.parametrize("example", PLANS)
def test_an_example_names_its_publisher(example: str) -> None:
    readme = (EXAMPLES / example / "README.md").read_text(encoding="utf-8")
    assert re.search(r"^\| Publisher \| .{10,} \|$", readme, re.MULTILINE)
    assert re.search(r"^\| Facts taken \| .{10,} \|$", readme, re.MULTILINE)


@pytest.mark.parametrize("example", PLANS)
def test_an_example_is_imported_whole_and_only_once(session: Session, example: str) -> None:
    for period in PLANS[example]:
        first = import_plan(session, EXAMPLES / example / period, None, "test", moment(RECORDED))
        assert first.is_news
        second = import_plan(session, EXAMPLES / example / period, None, "test", moment("2023-12-05"))
        assert not second.is_news


PUBLISHED = (
    ("zhejiang-water-2023/2023-10", "zhejiang_2023-10", "item", "done"),
    ("zhejiang-water-2023/2023-11", "zhejiang_2023-11", "item", "done"),
    ("dazhou-2019", "dazhou_2019", "unit", "done_q1"),
    ("mohurd-2023/2023-06", "mohurd_2023-06", "unit", "started"),
    ("mohurd-2023/2023-09", "mohurd_2023-09", "unit", "started"),
)


@pytest.mark.parametrize(("folder", "name", "unit", "done"), PUBLISHED)
def test_an_example_reports_exactly_what_was_published(folder: str, name: str, unit: str, done: str) -> None:
    rows = read_plan(EXAMPLES / folder).tables["reports"].rows
    assert {row.get("unit"): row.get("value") for row in rows} == {r[unit]: to_micro(r[done]) for r in table(name)}


def test_a_file_of_an_example_has_no_row_too_many() -> None:
    """Every CSV below the examples belongs to a plan that is imported above."""
    plans = {EXAMPLES / example / period for example, periods in PLANS.items() for period in periods}
    assert {path.parent for path in Path(EXAMPLES).rglob("*.csv")} == plans
