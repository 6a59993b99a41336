"""The statement of each dialect against plain Python, on plans with every kind of late and changed knowledge."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from diaodu.rules import collection
from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.quantity import to_micro
from diaodu.rules.standing import SCHEMA, of_row
from diaodu.rules.trajectory import Trajectory
from diaodu.storage.standing import standings
from tests.plan import ENDS, STARTS, Plan, SmallPlan
from tests.storage.standing_reference import Asked, reference, rows_of

DAYS = [
    date(2023, 2, 28),
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2024, 3, 31),
    date(2024, 4, 30),
    date(2025, 2, 28),
]
MOMENTS = [datetime(2024, month, 3, 1, 2, 3, 456_789, tzinfo=UTC) for month in (1, 2, 3, 4, 5)]
day, moment = st.sampled_from(DAYS), st.sampled_from(MOMENTS)
amount = st.integers(-2, 5)
known_from_the_start = {"effective_from": DAYS[0], "recorded_at": MOMENTS[0]}
version_days = {"effective_from": day, "recorded_at": moment}


def history(versions: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """One to three versions, of which the first is mostly there from the start."""
    early = versions.map(lambda version: version | known_from_the_start)
    return st.tuples(early | early | early | versions, st.lists(versions, max_size=2)).map(
        lambda pair: [pair[0], *pair[1]]
    )


unit_versions = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["甲", "乙"]),
        "group": st.sampled_from([None, "一组", "二组"]),
        "ranked": st.booleans(),
        "above": st.sampled_from([None, 0]),
        "position": st.integers(0, 2),
        **version_days,
    }
)
definitions = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["投资", "增速"]),
        "kind": st.sampled_from(Kind),
        "direction": st.sampled_from(Direction),
        "weight": st.none() | amount,
        "position": st.integers(0, 2),
        **version_days,
    }
)
target_versions = st.fixed_dictionaries(
    {
        "value": st.none() | amount,
        "upper": st.none() | amount,
        "baseline": amount,
        "trajectory": st.sampled_from(Trajectory),
        "start": day,
        "due": day,
        **version_days,
    }
)
targets = st.fixed_dictionaries(
    {
        "versions": history(target_versions),
        "plans": st.lists(
            st.tuples(st.lists(st.tuples(day, st.integers(0, 2)), min_size=1, max_size=4), moment), max_size=3
        ),
        "reports": st.lists(st.tuples(day, st.none() | st.integers(0, 2), moment), max_size=10),
    }
)
plans = st.fixed_dictionaries(
    {
        "units": st.lists(history(unit_versions), min_size=2, max_size=2),
        "indicators": st.lists(history(definitions), min_size=1, max_size=2),
        "targets": st.dictionaries(st.tuples(st.integers(0, 1), st.integers(0, 1)), targets, min_size=1),
    }
)
questions = st.builds(
    Asked,
    scheme_id=st.just(0),
    as_of=st.sampled_from(DAYS[2:]),
    known_at=moment,
    known_on=day,
    required_as_of=st.none() | day,
    report_due=st.none() | day,
    previous_as_of=day | day | day | st.none(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=plans, asked=st.lists(questions, min_size=1, max_size=4))
def test_the_statement_agrees_with_plain_python(engine: Engine, drawn: dict[str, Any], asked: list[Asked]) -> None:
    """Late revisions, corrections, re-planned milestones, future and revised targets, renamed units, silences."""
    with Session(engine) as session:
        scheme_id = write(session, drawn)
        rows = rows_of(session)
        for question in (replace(question, scheme_id=scheme_id) for question in asked):
            found = standings(session, *question.words)
            assert [of_row(row) for row in found.iter_rows(named=True)] == reference(rows, question)
            assert dict(found.schema) == SCHEMA
        session.rollback()


def write(session: Session, drawn: dict[str, Any]) -> int:
    """The rows of a drawn plan, and its scheme's id."""
    plan = Plan(session)
    units: list[int] = []
    for code, (first, *further) in zip("ab", drawn["units"], strict=True):
        units.append(plan.unit(code, **_placed(first, units)))
        for version in further:
            plan.rename_unit(units[-1], **_placed(version, units))
    indicators = []
    for code, (meaning, *later) in zip("xy", drawn["indicators"], strict=False):
        indicators.append(plan.indicator(code, **meaning))
        for redefined in later:
            plan.define(indicators[-1], **redefined)
    for (indicator, unit), told in drawn["targets"].items():
        if indicator >= len(indicators):
            continue
        asked, *revised = told["versions"]
        target_id = plan.target(indicators[indicator], units[unit], **asked)
        for version in revised:
            plan.retarget(target_id, **version)
        for revision, (steps, recorded_at) in enumerate(told["plans"], 1):
            plan.milestones(target_id, steps, revision, recorded_at)
        for as_of, value, recorded_at in told["reports"]:
            plan.report(target_id, as_of, value, recorded_at)
    return plan.scheme_id


def _placed(version: dict[str, Any], units: list[int]) -> dict[str, Any]:
    above = version["above"]
    parent_id = None if above is None or not units else units[above]
    return {name: value for name, value in version.items() if name != "above"} | {"parent_id": parent_id}


@pytest.mark.parametrize(
    ("reported", "year_before"),
    [
        (date(2023, 11, 30), date(2022, 11, 30)),
        (date(2024, 2, 28), date(2023, 2, 28)),
        (date(2024, 2, 29), date(2023, 2, 28)),
        (date(2025, 2, 28), date(2024, 2, 29)),
        (date(2024, 1, 1), date(2023, 1, 1)),
    ],
)
def test_last_year_is_the_same_day_or_the_same_end_of_february(
    session: Session, reported: date, year_before: date
) -> None:
    plan = Plan(session)
    target_id = plan.target(plan.indicator("x"), plan.unit("a"), 5, start=STARTS)
    for value, days_off in ((1, -1), (2, 0), (3, 1)):
        plan.report(target_id, year_before + timedelta(days_off), value)
    plan.report(target_id, reported, 4)
    found = standings(session, plan.scheme_id, reported, datetime(2026, 1, 1, tzinfo=UTC), reported, {})
    assert found["last_year_actual"].to_list() == [to_micro(2)]


def test_the_small_plan_reads_as_a_person_would_say_it(session: Session) -> None:
    plan = SmallPlan(session)
    october, september = date(2023, 10, 31), date(2023, 9, 30)
    found = standings(
        session, plan.scheme_id, october, MOMENTS[0], october, {None: collection.Asked(october, october, september)}
    )
    read = found.select("indicator", "unit_name", "parent", "group", "ranked", "actual", "milestones_met", "next_name")
    assert read.rows() == [
        ("investment", "合计", None, None, False, to_micro("155.5"), 0, None),
        ("investment", "东区", "total", "城区", True, to_micro("105.5"), 0, None),
        ("investment", "西区", "total", "城区", True, to_micro(50), 0, None),
        ("projects", "东区", "total", "城区", True, to_micro(9), 2, "节点3"),
        ("projects", "西区", "total", "城区", True, None, 0, "节点3"),
    ]


@pytest.mark.parametrize(
    ("direction", "value", "met"),
    [
        (Direction.HIGHER, "4.999999", 0),
        (Direction.HIGHER, 5, 1),
        (Direction.LOWER, 5, 1),
        (Direction.LOWER, "5.000001", 0),
        (Direction.BAND, 5, 1),
        (Direction.LOWER, None, 0),
    ],
)
def test_a_milestone_is_met_at_exactly_its_planned_value(
    session: Session, direction: Direction, value: str | int | None, met: int
) -> None:
    plan = Plan(session)
    target_id = plan.target(plan.indicator("x", direction=direction), plan.unit("a"), 10)
    day = date(2023, 6, 30)
    plan.milestones(target_id, [(day, 5), (ENDS, 10)])
    if value is not None:
        plan.report(target_id, day, value)
    found = standings(session, plan.scheme_id, day, MOMENTS[0], day, {None: collection.Asked(None, None, day)})
    columns = ("milestones_due", "milestones_met", "first_unmet_due", "past_due", "was_past_due", "next_due")
    assert found.select(columns).row(0) == (1, met, None if met else day, day, day, ENDS)


def test_a_scheme_without_targets_is_an_empty_frame(session: Session) -> None:
    plan = Plan(session)
    found = standings(session, plan.scheme_id, STARTS, MOMENTS[0], STARTS, {})
    assert (found.height, dict(found.schema)) == (0, SCHEMA)


def test_last_years_total_is_not_this_years(session: Session) -> None:
    """A running total begins anew with its target; a level known from before goes on."""
    plan = Plan(session)
    unit_id = plan.unit("a")
    for code, kind in (("x", Kind.CUMULATIVE), ("y", Kind.LEVEL)):
        target_id = plan.target(plan.indicator(code, kind=kind), unit_id, 5, start=STARTS)
        plan.report(target_id, date(2022, 12, 31), 4)
    day = date(2023, 1, 15)
    found = standings(session, plan.scheme_id, day, MOMENTS[0], day, {})
    assert found["actual"].to_list() == [None, to_micro(4)]


@pytest.mark.parametrize(("reported", "previous"), [(date(2023, 8, 31), None), (date(2023, 9, 30), to_micro(4))])
def test_a_unit_silent_last_period_has_no_value_of_that_period(
    session: Session, reported: date, previous: int | None
) -> None:
    """August's number does not stand for September: else October's rank would move against a stale one."""
    plan = Plan(session)
    target_id = plan.target(plan.indicator("x"), plan.unit("a"), 5)
    plan.report(target_id, reported, 4)
    plan.report(target_id, date(2023, 10, 31), 5)
    day = date(2023, 10, 31)
    found = standings(
        session, plan.scheme_id, day, MOMENTS[0], day, {None: collection.Asked(day, day, date(2023, 9, 30))}
    )
    assert found.select("actual", "previous_actual").row(0) == (to_micro(5), previous)


def test_another_schemes_targets_are_its_own(session: Session) -> None:
    first, second = SmallPlan(session), Plan(session, "other")
    second.target(second.indicator("x"), second.unit("a"), 5)
    day = date(2023, 10, 31)
    heights = [standings(session, p.scheme_id, day, MOMENTS[0], day, {}).height for p in (first, second)]
    assert heights == [5, 1]


def test_each_target_is_asked_by_its_own_calendar_and_a_unit_by_its_own_days(session: Session) -> None:
    plan = Plan(session)
    weekly = plan.collection("weekly")
    east, west = plan.unit("east"), plan.unit("west")
    for code, number in (("monthly", None), ("weekly", weekly)):
        indicator = plan.indicator(code, collection_id=number)
        for unit in (east, west):
            plan.target(indicator, unit, 5)
    day, sunday, due, late = date(2023, 10, 31), date(2023, 10, 29), date(2023, 10, 31), date(2023, 11, 2)
    asked = {
        None: collection.Asked(day, date(2023, 11, 7), date(2023, 9, 30)),
        weekly: collection.Asked(sunday, due, date(2023, 10, 22), {west: late}),
    }
    found = standings(session, plan.scheme_id, day, MOMENTS[0], day, asked)
    columns = ("indicator", "unit", "required_as_of", "report_due", "previous_as_of")
    assert found.select(columns).rows() == [
        ("monthly", "east", day, date(2023, 11, 7), date(2023, 9, 30)),
        ("monthly", "west", day, date(2023, 11, 7), date(2023, 9, 30)),
        ("weekly", "east", sunday, due, date(2023, 10, 22)),
        ("weekly", "west", sunday, late, date(2023, 10, 22)),
    ]


def test_a_number_taken_back_is_no_number_until_a_new_one_comes(session: Session) -> None:
    plan = Plan(session)
    target_id = plan.target(plan.indicator("x"), plan.unit("a"), 5)
    day = date(2023, 10, 31)
    for number, value in enumerate((3, None, 4)):
        plan.report(target_id, day, value, datetime(2023, 11, 1 + number, tzinfo=UTC))
    known = [datetime(2023, 11, 1 + n, 12, tzinfo=UTC) for n in range(3)]
    asked = {None: collection.Asked(day, day, None)}
    found = [standings(session, plan.scheme_id, day, moment, day, asked)["actual"][0] for moment in known]
    assert found == [to_micro(3), None, to_micro(4)]
