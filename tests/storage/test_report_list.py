"""Values and discrepancies as people look them up, with where each number came from, as known at a moment."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from diaodu.rules.discrepancy import Settlement
from diaodu.rules.quantity import to_micro
from diaodu.storage.discrepancy import add as ask
from diaodu.storage.discrepancy import mark_settled
from diaodu.storage.discrepancy_list import discrepancies
from diaodu.storage.report_list import reports
from diaodu.storage.source import add
from models.discrepancy import Discrepancy
from models.source import Source
from tests.plan import SmallPlan

OCTOBER, NOVEMBER = date(2023, 10, 31), date(2023, 11, 30)
EARLY, LATE = datetime(2023, 12, 4, tzinfo=UTC), datetime(2023, 12, 20, tzinfo=UTC)


@pytest.fixture
def plan(session: Session) -> SmallPlan:
    """November's investment of the east was said by a source, then mended by hand."""
    plan = SmallPlan(session)
    source = add(session, Source(scheme_id=plan.scheme_id, name="统计局", kind="folder", location="drop"))
    target = plan.invested[plan.east]
    plan.report(target, NOVEMBER, 110, EARLY, source_id=source.id, origin="局.csv · 第 2 行", recorded_by="数据报送")
    kept = plan.report(target, NOVEMBER, 111, LATE, justification="漏项", evidence="文件")
    about = {"target_id": target, "as_of": NOVEMBER, "report_id": kept, "source_id": source.id}
    row = Discrepancy(value=to_micro(112), origin="o", found_at=LATE, **about)
    ask(session, [row])
    return plan


def test_the_report_in_force_of_every_target_in_plan_order(session: Session, plan: SmallPlan) -> None:
    found = reports(session, plan.scheme_id, NOVEMBER, LATE)
    assert [(row["indicator"], row["unit"], row["as_of"], row["value"]) for row in found] == [
        ("investment", "total", OCTOBER, to_micro("155.5")),
        ("investment", "east", NOVEMBER, to_micro(111)),
        ("investment", "west", OCTOBER, to_micro(50)),
        ("projects", "east", OCTOBER, to_micro(9)),
    ]
    assert all(row["in_force"] for row in found)


def test_every_revision_with_its_provenance_newest_first(session: Session, plan: SmallPlan) -> None:
    found = reports(session, plan.scheme_id, NOVEMBER, LATE, every=True)
    kept = ("value", "in_force", "source", "origin", "recorded_by", "recorded_at", "evidence", "justification")
    assert [tuple(row[key] for key in kept) for row in found if row["unit"] == "east"][:2] == [
        (to_micro(111), True, None, "test", "test", LATE, "文件", "漏项"),
        (to_micro(110), False, "统计局", "局.csv · 第 2 行", "数据报送", EARLY, None, None),
    ]


def test_what_was_known_earlier_can_still_be_had(session: Session, plan: SmallPlan) -> None:
    found = {row["unit"]: row["value"] for row in reports(session, plan.scheme_id, NOVEMBER, EARLY)[:3]}
    assert found["east"] == to_micro(110)


def test_a_discrepancy_names_both_numbers(session: Session, plan: SmallPlan) -> None:
    assert discrepancies(session, plan.scheme_id, NOVEMBER, EARLY) == []
    (row,) = discrepancies(session, plan.scheme_id, NOVEMBER, LATE)
    said = ("unit_name", "indicator_name", "kept", "kept_source", "value", "source", "origin", "settlement")
    assert tuple(row[key] for key in said) == (
        "东区",
        "重点项目投资",
        to_micro(111),
        None,
        to_micro(112),
        "统计局",
        "o",
        None,
    )


def test_a_settled_discrepancy_says_how_and_by_whom(session: Session, plan: SmallPlan) -> None:
    row = session.get_one(Discrepancy, 1)
    mark_settled(session, row, Settlement.KEPT, "李某", LATE, "口径不同")
    (found,) = discrepancies(session, plan.scheme_id, NOVEMBER, LATE)
    assert (found["settlement"], found["settled_by"], found["reason"]) == (Settlement.KEPT, "李某", "口径不同")
