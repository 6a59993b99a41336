"""Which version of every noun is in force, on both time axes."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import Session

from diaodu.rules.access import Role
from diaodu.storage.group import group_ids
from diaodu.storage.indicator import definitions_in_force, indicator_ids
from diaodu.storage.milestone import milestones_in_force
from diaodu.storage.person import people, people_of_office, people_of_unit
from diaodu.storage.policy import add_policy, policies, policy_in_force
from diaodu.storage.report import report_in_force, reports_for, revisions
from diaodu.storage.target import target_ids, targets_in_force
from diaodu.storage.unit import unit_ids, units_in_force
from models.person import Person
from tests.plan import ENDS, RECORDED, STARTS, Plan, SmallPlan

JULY, AUGUST = date(2023, 7, 1), date(2023, 8, 1)
LATER, LATEST = datetime(2023, 7, 3, tzinfo=UTC), datetime(2023, 9, 3, tzinfo=UTC)
Rows = list[tuple[date, datetime]]

CASES: list[tuple[str, Rows, date, datetime, int | None]] = [
    ("nothing yet", [(JULY, RECORDED)], STARTS, LATEST, None),
    ("effective today", [(JULY, RECORDED)], JULY, LATEST, 0),
    ("not known yet", [(STARTS, LATER)], JULY, RECORDED, None),
    ("known at this very moment", [(STARTS, LATER)], JULY, LATER, 0),
    ("the newer effective day wins", [(STARTS, RECORDED), (JULY, RECORDED)], AUGUST, LATEST, 1),
    ("the newer day wins though recorded first", [(JULY, RECORDED), (STARTS, LATEST)], AUGUST, LATEST, 0),
    ("a future one waits", [(STARTS, RECORDED), (AUGUST, RECORDED)], JULY, LATEST, 0),
    ("a correction of the same day wins", [(STARTS, RECORDED), (STARTS, LATER)], JULY, LATEST, 1),
    ("a correction not known yet does not", [(STARTS, RECORDED), (STARTS, LATER)], JULY, RECORDED, 0),
    ("recorded at once, the later row wins", [(STARTS, LATER), (STARTS, LATER)], JULY, LATEST, 1),
]


@pytest.mark.parametrize(("rows", "as_of", "known_at", "wins"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
@pytest.mark.parametrize("noun", ["target", "unit", "definition", "policy", "report"])
def test_the_two_axes_rule_every_noun(
    session: Session, noun: str, rows: Rows, as_of: date, known_at: datetime, wins: int | None
) -> None:
    plan = Plan(session)
    never = {"effective_from": date(2099, 1, 1), "recorded_at": LATEST}
    unit_id, indicator_id = plan.unit("a", **never), plan.indicator("x", **never)
    target_id = plan.target(indicator_id, unit_id, 0, **never)
    add: dict[str, Callable[[dict[str, Any]], int | None]] = {
        "target": lambda when: plan.retarget(target_id, 1, **when),
        "unit": lambda when: plan.rename_unit(unit_id, "新名", **when),
        "definition": lambda when: plan.define(indicator_id, **when),
        "policy": lambda when: add_policy(session, plan.scheme_id, "银川", "", *when.values(), "考核办").id,
        "report": lambda when: plan.report(target_id, when["effective_from"], 1, when["recorded_at"]),
    }
    found: dict[str, Callable[[], list[Any]]] = {
        "target": lambda: list(targets_in_force(session, plan.scheme_id, as_of, known_at).values()),
        "unit": lambda: units_in_force(session, plan.scheme_id, as_of, known_at),
        "definition": lambda: definitions_in_force(session, plan.scheme_id, as_of, known_at),
        "policy": lambda: [policy_in_force(session, plan.scheme_id, as_of, known_at)],
        "report": lambda: [report_in_force(session, target_id, as_of, known_at)],
    }
    written = [add[noun]({"effective_from": day, "recorded_at": at}) for day, at in rows]
    ids = [version.id for version in found[noun]() if version is not None]
    assert ids == ([] if wins is None else [written[wins]])


def test_ids_are_found_by_what_plans_call_them(session: Session) -> None:
    plan = SmallPlan(session)
    Plan(session, "other").unit("elsewhere", "别组")
    assert unit_ids(session, plan.scheme_id) == {"total": plan.total, "east": plan.east, "west": plan.west}
    assert indicator_ids(session, plan.scheme_id) == {"investment": plan.investment, "projects": plan.projects}
    assert group_ids(session, plan.scheme_id) == {"城区": plan.group("城区")}
    assert target_ids(session, plan.scheme_id)["projects", "west"] == plan.started[plan.west]
    assert len(target_ids(session, plan.scheme_id)) == 5


def test_units_and_indicators_come_in_the_order_of_the_plan(session: Session) -> None:
    plan = Plan(session)
    for code, position in (("a", 3), ("b", 1), ("c", 2)):
        plan.unit(code, position=position)
        plan.indicator(code, position=position)
    assert [unit.name for unit in units_in_force(session, plan.scheme_id, STARTS, RECORDED)] == ["b", "c", "a"]
    assert [d.name for d in definitions_in_force(session, plan.scheme_id, STARTS, RECORDED)] == ["b", "c", "a"]


def test_a_replan_replaces_all_milestones_from_the_moment_it_is_known(session: Session) -> None:
    plan = Plan(session)
    target_id = plan.target(plan.indicator("x"), plan.unit("a"), 10)
    plan.milestones(target_id, [(JULY, 5), (ENDS, 10)])
    plan.milestones(target_id, [(AUGUST, 10)], revision=2, recorded_at=LATER)
    assert _dues(session, plan, RECORDED) == {target_id: [JULY, ENDS]}
    assert _dues(session, plan, LATER) == {target_id: [AUGUST]}
    assert milestones_in_force(session, plan.scheme_id, datetime(2023, 1, 1, tzinfo=UTC)) == {}


def _dues(session: Session, plan: Plan, known_at: datetime) -> dict[int, list[date]]:
    found = milestones_in_force(session, plan.scheme_id, known_at)
    return {target_id: [milestone.due for milestone in steps] for target_id, steps in found.items()}


def test_reports_for_a_day_are_their_newest_revisions(session: Session) -> None:
    plan = Plan(session)
    target_id = plan.target(plan.indicator("x"), plan.unit("a"), 10)
    first = plan.report(target_id, JULY, 1, LATER)
    corrected = plan.report(target_id, JULY, 2, LATEST)
    plan.report(target_id, AUGUST, 3, LATEST)
    assert {key: r.id for key, r in reports_for(session, plan.scheme_id, [JULY], LATER).items()} == {
        (target_id, JULY): first
    }
    assert reports_for(session, plan.scheme_id, [JULY], LATEST)[target_id, JULY].id == corrected
    assert set(reports_for(session, plan.scheme_id, [JULY, AUGUST], LATEST)) == {(target_id, JULY), (target_id, AUGUST)}
    assert [report.value // 1_000_000 for report in revisions(session, target_id, LATEST)] == [3, 2, 1]


def test_policies_are_numbered_and_the_newest_comes_first(session: Session) -> None:
    plan = Plan(session)
    for code in ("银川", "武汉"):
        add_policy(session, plan.scheme_id, code, "", STARTS, RECORDED, "考核办")
    add_policy(session, plan.scheme_id, "三亚", "", STARTS, LATEST, "考核办")
    known = policies(session, plan.scheme_id, LATER)
    assert [(version.code, version.revision) for version in known] == [("武汉", 2), ("银川", 1)]


def test_people_who_left_are_not_reached(session: Session) -> None:
    plan = SmallPlan(session)
    for name, unit_id, active in (("张", None, True), ("王", plan.east, True), ("李", plan.east, False)):
        session.add(Person(scheme_id=plan.scheme_id, unit_id=unit_id, name=name, role=Role.REPORTER, active=active))
    session.flush()
    assert [person.name for person in people(session, plan.scheme_id)] == ["张", "王"]
    assert [person.name for person in people_of_unit(session, plan.east)] == ["王"]
    assert [person.name for person in people_of_office(session, plan.scheme_id)] == ["张"]
