"""What a run of collection says of units, and that one which speaks of the past leaves every round as it is."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from diaodu.storage.holiday import seed
from diaodu.storage.session import transaction
from diaodu.storage.supply import supply
from flows.collect import collect
from models.delivery import Delivery
from models.period import Period
from models.reminder import Reminder
from models.report import Report
from models.request import Request
from models.request_event import RequestEvent
from models.source import Source
from tests.flows.test_collect import AFTER_DUE, BEFORE_DUE, NOVEMBER, desk, drop, outcomes, source
from tests.plan import RECORDED, SmallPlan


@pytest.fixture
def plan(engine: Engine) -> SmallPlan:
    with transaction(engine) as session:
        seed(session, [2023, 2024])
        return SmallPlan(session)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workspace."""
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path / "workspace"))


def life(engine: Engine) -> tuple[list[object], ...]:
    """Every row that rounds leave behind."""
    with transaction(engine) as session:
        tables = (Period, Request, RequestEvent, Reminder, Delivery, Report)
        return tuple([row.model_dump() for row in session.exec(select(table).order_by("id"))] for table in tables)


def test_a_run_that_speaks_of_the_past_leaves_every_round_as_it_is(
    engine: Engine, plan: SmallPlan, tmp_path: Path
) -> None:
    """On 8 December the west has reported; a replay of the 5th knows nothing of it, opens, reads, reminds and closes
    nothing, though November's round has lapsed in the meantime and December's has begun."""
    with transaction(engine) as session:
        plan.session = session
        plan.person("王某", plan.west, mail="unit@unit.cn")
    with desk(engine, plan, BEFORE_DUE) as step:
        collect(step)
    with transaction(engine) as session:
        plan.session = session
        plan.report(plan.invested[plan.west], NOVEMBER, 10, recorded_at=AFTER_DUE)
    source(engine, plan, "正常", drop(tmp_path / "right", "investment,east,2023-11-30,111.5"))
    before, in_january = life(engine), datetime(2024, 1, 25, 1, tzinfo=UTC)
    for known_at, west in ((BEFORE_DUE, ("awaited", "0/2")), (AFTER_DUE, ("not_reported", "1/2"))):
        with desk(engine, plan, in_january, known_at=known_at) as step:
            collect(step)
        assert outcomes(engine)["west"] == west
        assert set(outcomes(engine)) == {"east", "west"}
    with desk(engine, plan, in_january, date(2023, 12, 31), known_at=datetime(2024, 1, 10, tzinfo=UTC)) as step:
        collect(step)
    assert outcomes(engine)["west"] == ("not_reported", "0/2")
    assert life(engine) == before


def test_what_a_source_supplies_is_not_counted_as_reported_by_units(engine: Engine, plan: SmallPlan) -> None:
    """Projects come from a source that is silent; of investment the east's was known before, the west's is awaited."""
    with transaction(engine) as session:
        plan.session = session
        bureau = Source(scheme_id=plan.scheme_id, name="统计", kind="folder", location="/nowhere")
        session.add(bureau)
        session.flush()
        supply(session, bureau, [plan.projects], RECORDED)
        plan.report(plan.invested[plan.east], NOVEMBER, 10, recorded_at=BEFORE_DUE - timedelta(hours=1))
    for known_at in (None, BEFORE_DUE):
        with desk(engine, plan, AFTER_DUE if known_at else BEFORE_DUE, known_at=known_at) as step:
            collect(step)
        found = outcomes(engine)
        assert {unit: found[unit] for unit in ("east", "west")} == {
            "east": ("reported", "1/1"),
            "west": ("awaited", "0/1"),
        }
