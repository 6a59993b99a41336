"""Checking saves what is judged, with its sentence, once."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from diaodu.actions.policy import apply_policy, presets
from diaodu.rules.schedule import Origin, RunState
from diaodu.rules.verdict import Reason, State
from diaodu.settings import Settings
from diaodu.storage import run
from diaodu.storage.holiday import seed
from diaodu.storage.ledger import LEASE
from diaodu.storage.run import Job, Lease
from diaodu.storage.session import transaction
from flows.check import check
from flows.desk import Desk
from models.run_item import RunItem
from models.verdict import Verdict
from tests.plan import RECORDED, SmallPlan

OCTOBER = date(2023, 10, 31)
NOW = datetime(2023, 11, 8, 1, tzinfo=UTC)


@pytest.fixture
def plan(engine: Engine) -> SmallPlan:
    with transaction(engine) as session:
        seed(session, [2023, 2024])
        return SmallPlan(session)


def apply(engine: Engine, plan: SmallPlan) -> None:
    with transaction(engine) as session:
        rules = presets()["yinchuan"]
        apply_policy(session, plan.scheme_id, "yinchuan", rules, date(2023, 1, 1), "考核办", NOW, RECORDED)


def run_check(engine: Engine, plan: SmallPlan, now: datetime = NOW) -> Lease:
    with transaction(engine) as session:
        lease = run.begin(session, Job(plan.scheme_id, "check", OCTOBER, Origin.PERSON), "me", now, LEASE)
    assert isinstance(lease, Lease)
    check(Desk(engine, Settings(), lease, lambda: now))
    with transaction(engine) as session:
        run.finish(session, lease, RunState.DONE, now)
    return lease


def tally(engine: Engine, lease: Lease) -> dict[str, str | None]:
    with transaction(engine) as session:
        found = session.exec(select(RunItem).where(RunItem.run_id == lease.run_id))
        return {item.subject: item.detail for item in found}


def test_every_target_has_a_verdict_with_a_sentence_and_its_run(engine: Engine, plan: SmallPlan) -> None:
    apply(engine, plan)
    lease = run_check(engine, plan)
    with transaction(engine) as session:
        verdicts = session.exec(select(Verdict)).all()
        assert len(verdicts) == 5
        assert {verdict.run_id for verdict in verdicts} == {lease.run_id}
        assert all("。" in verdict.explanation for verdict in verdicts)
        late = next(v for v in verdicts if v.target_id == plan.started[plan.west])
    assert (late.state, late.reason, late.level) == (State.NOT_REPORTED, Reason.NOT_REPORTED, None)


def test_the_run_says_how_many_reached_each_level(engine: Engine, plan: SmallPlan) -> None:
    apply(engine, plan)
    counts = tally(engine, run_check(engine, plan))
    assert counts["新研判"] == "5"
    assert counts["未报送"] == "1"
    with transaction(engine) as session:
        levels = Counter(verdict.level for verdict in session.exec(select(Verdict)) if verdict.level)
    assert levels
    assert sum(int(count or 0) for name, count in counts.items() if name.endswith("灯")) == levels.total()


def test_the_same_judgement_is_not_saved_twice(engine: Engine, plan: SmallPlan) -> None:
    apply(engine, plan)
    run_check(engine, plan)
    assert tally(engine, run_check(engine, plan))["新研判"] == "0"
    with transaction(engine) as session:
        assert len(session.exec(select(Verdict)).all()) == 5


def test_before_an_office_applies_its_rules_nothing_has_a_level(engine: Engine, plan: SmallPlan) -> None:
    counts = tally(engine, run_check(engine, plan))
    assert counts == {"没有施行的规则": "4", "未报送": "1", "新研判": "5"}
