"""The statement of each dialect against plain Python, on plans with every kind of late and changed knowledge."""

from dataclasses import astuple, replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.standing import SCHEMA, of_row
from diaodu.rules.trajectory import Trajectory
from diaodu.storage.standing import standings
from tests.plan import Plan
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
version_days = {"effective_from": st.just(DAYS[0]) | day, "recorded_at": moment}
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
        "versions": st.lists(target_versions, min_size=1, max_size=3),
        "plans": st.lists(st.tuples(st.lists(st.tuples(day, amount), min_size=1, max_size=4), moment), max_size=3),
        "reports": st.lists(st.tuples(day, amount, moment), max_size=8),
    }
)
plans = st.fixed_dictionaries(
    {
        "units": st.lists(st.lists(unit_versions, min_size=1, max_size=2), min_size=2, max_size=2),
        "indicators": st.lists(st.lists(definitions, min_size=1, max_size=2), min_size=1, max_size=2),
        "targets": st.dictionaries(st.tuples(st.integers(0, 1), st.integers(0, 1)), targets, min_size=1),
    }
)
questions = st.builds(
    Asked,
    scheme_id=st.just(0),
    as_of=day,
    known_at=moment,
    known_on=day,
    required_as_of=st.none() | day,
    report_due=st.none() | day,
    previous_as_of=st.none() | day,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=plans, asked=st.lists(questions, min_size=1, max_size=4))
def test_the_statement_agrees_with_plain_python(engine: Engine, drawn: dict[str, Any], asked: list[Asked]) -> None:
    """Late revisions, corrections, re-planned milestones, future and revised targets, renamed units, silences."""
    with Session(engine) as session:
        scheme_id = write(session, drawn)
        rows = rows_of(session)
        for question in (replace(question, scheme_id=scheme_id) for question in asked):
            found = standings(session, *astuple(question))
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
