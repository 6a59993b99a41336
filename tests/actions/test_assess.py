"""A whole scheme is judged as of a day by what was known at a moment, both of data and of rules."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlmodel import Session

from diaodu.actions.assess import Assessment, assess
from diaodu.actions.policy import apply_policy, presets
from diaodu.rules.measures import exact
from diaodu.rules.standing import of_row
from diaodu.storage.holiday import seed
from diaodu.storage.scheme import SchemeNotInForce
from tests.plan import ENDS, RECORDED, STARTS, SmallPlan

OCTOBER, NOVEMBER = date(2023, 10, 31), date(2023, 11, 30)
KNOWN = datetime(2023, 11, 3, 4, tzinfo=UTC)
LATER = datetime(2023, 12, 20, 4, tzinfo=UTC)


@pytest.fixture
def plan(session: Session) -> SmallPlan:
    seed(session, [2023, 2024])
    return SmallPlan(session)


def _apply(plan: SmallPlan, name: str, since: date = STARTS, known: datetime = RECORDED) -> None:
    version = apply_policy(plan.session, plan.scheme_id, name, presets()[name], since, "考核办", known)
    assert version is not None


def _rows(assessment: Assessment, *names: str) -> dict[tuple[str, str], Any]:
    return {(r["indicator"], r["unit"]): tuple(r[n] for n in names) for r in assessment.frame.to_dicts()}


def test_every_target_is_judged_ranked_and_explained(plan: SmallPlan) -> None:
    _apply(plan, "yinchuan")
    assessment = assess(plan.session, plan.scheme_id, OCTOBER, KNOWN)
    assert _rows(assessment, "state", "reason", "level", "rank") == {
        ("investment", "total"): ("reported", "no_level_matched", None, None),
        ("investment", "east"): ("reported", "level_matched", "green", 1),
        ("investment", "west"): ("reported", "level_matched", "yellow", 2),
        ("projects", "east"): ("reported", "level_matched", "green", 1),
        ("projects", "west"): ("awaited", "awaited", None, None),
    }
    told = {(r["indicator"], r["unit"]): r["explanation"] for r in assessment.explained().to_dicts()}
    assert (
        told["investment", "west"]
        == "截至10月31日完成重点项目投资50.0亿元，完成年度目标的62.5%，低于序时进度20.8个百分点，亮黄灯。"
    )
    assert told["projects", "west"] == "截至10月31日的开工项目待报送（11月7日前）。"


def test_the_calendar_says_what_is_owed_and_what_came_before(plan: SmallPlan) -> None:
    assessment = assess(plan.session, plan.scheme_id, date(2023, 11, 15), KNOWN)
    assert (assessment.required_as_of, assessment.previous_as_of) == (OCTOBER, date(2023, 9, 30))
    assert set(assessment.frame["report_due"]) == {date(2023, 11, 7)}
    assert set(assessment.frame["known_on"]) == {date(2023, 11, 3)}
    january = assess(plan.session, plan.scheme_id, date(2023, 1, 15), KNOWN)
    assert (january.required_as_of, january.previous_as_of) == (None, None)


def test_what_is_overdue_depends_on_the_day_it_is_looked_at(plan: SmallPlan) -> None:
    for known, state in ((KNOWN, "awaited"), (datetime(2023, 11, 8, tzinfo=UTC), "not_reported")):
        assessment = assess(plan.session, plan.scheme_id, OCTOBER, known)
        assert _rows(assessment, "state")["projects", "west"] == (state,)


def test_an_evening_in_utc_is_the_next_day_in_the_office(plan: SmallPlan) -> None:
    before, after = datetime(2023, 11, 7, 15, 59, tzinfo=UTC), datetime(2023, 11, 7, 16, 0, tzinfo=UTC)
    states = [
        _rows(assess(plan.session, plan.scheme_id, OCTOBER, known), "state")["projects", "west"]
        for known in (before, after)
    ]
    assert states == [("awaited",), ("not_reported",)]


def test_what_was_not_known_then_changes_nothing_then(plan: SmallPlan) -> None:
    _apply(plan, "yinchuan")
    before = assess(plan.session, plan.scheme_id, OCTOBER, KNOWN)
    plan.report(plan.invested[plan.west], OCTOBER, 70, recorded_at=LATER)
    plan.retarget(plan.invested[plan.east], 240, recorded_at=LATER)
    _apply(plan, "wuhan", OCTOBER, LATER)
    again = assess(plan.session, plan.scheme_id, OCTOBER, KNOWN)
    assert again.explained().equals(before.explained())
    now = _rows(assess(plan.session, plan.scheme_id, OCTOBER, LATER), "level")
    assert (now["investment", "west"], now["investment", "east"]) == (("normal",), ("red",))


def test_rules_hold_from_their_day_on(plan: SmallPlan) -> None:
    _apply(plan, "yinchuan")
    _apply(plan, "wuhan", NOVEMBER)
    by_day = {
        day: assess(plan.session, plan.scheme_id, day, LATER).policy for day in (NOVEMBER - timedelta(days=1), NOVEMBER)
    }
    assert [policy and policy.code for policy in by_day.values()] == ["yinchuan", "wuhan"]


def test_without_rules_nothing_has_a_level_but_everything_is_measured(plan: SmallPlan) -> None:
    assessment = assess(plan.session, plan.scheme_id, OCTOBER, KNOWN)
    assert (assessment.policy, assessment.policy_version_id) == (None, None)
    assert set(assessment.frame["level"]) == {None}
    assert _rows(assessment, "reason", "rank")["investment", "east"] == ("no_policy", 1)
    east = of_row(assessment.frame.filter(indicator="investment", unit="east").row(0, named=True))
    assert exact(east, "gap_pp", assessment.workdays) == Fraction("105.5") / 120 * 100 - Fraction(1000, 12)


def test_the_version_of_the_rules_is_named(plan: SmallPlan) -> None:
    version = apply_policy(plan.session, plan.scheme_id, "yinchuan", presets()["yinchuan"], STARTS, "考核办", RECORDED)
    assert version is not None
    assert assess(plan.session, plan.scheme_id, ENDS, LATER).policy_version_id == version.id


def test_a_day_before_the_scheme_cannot_be_judged(plan: SmallPlan) -> None:
    with pytest.raises(SchemeNotInForce):
        assess(plan.session, plan.scheme_id, date(2022, 12, 31), LATER)
    with pytest.raises(SchemeNotInForce):
        assess(plan.session, plan.scheme_id, OCTOBER, datetime(2022, 12, 31, tzinfo=UTC))


def test_a_scheme_without_targets_is_judged_too(plan: SmallPlan) -> None:
    _apply(plan, "yinchuan")
    early = assess(plan.session, plan.scheme_id, date(2023, 1, 1), LATER)
    assert early.frame.height == 5
    assert early.explained()["explanation"].null_count() == 0
