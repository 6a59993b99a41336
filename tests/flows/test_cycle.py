"""The whole loop: four steps in order under one lease, and a second time nothing new."""

import socket
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import func, select

from diaodu.actions.policy import apply_policy, presets
from diaodu.rules.schedule import Origin, RunState
from diaodu.settings import Settings
from diaodu.storage.holiday import seed
from diaodu.storage.ledger import NotRun, once
from diaodu.storage.run import Job, Lease
from diaodu.storage.session import transaction
from flows.cycle import JOBS, STEPS, steps
from flows.desk import Desk
from models.briefing import Briefing
from models.delivery import Delivery
from models.lag_warning import LagWarning
from models.notice import Notice
from models.run import Run
from models.run_item import RunItem
from models.verdict import Verdict
from models.warning_event import WarningEvent
from tests.plan import RECORDED, SmallPlan

OCTOBER = date(2023, 10, 31)
NOW = datetime(2023, 11, 8, 1, tzinfo=UTC)
SAID = (Verdict, LagWarning, WarningEvent, Notice, Delivery, Briefing)


@pytest.fixture
def scheme_id(engine: Engine) -> int:
    with transaction(engine) as session:
        seed(session, [2023, 2024])
        plan = SmallPlan(session)
        rules = presets()["yinchuan"]
        apply_policy(session, plan.scheme_id, "yinchuan", rules, date(2023, 1, 1), "考核办", NOW, RECORDED)
        return plan.scheme_id


def go(engine: Engine, home: Path, scheme_id: int, name: str = "cycle", origin: Origin = Origin.PERSON) -> Lease:
    def work(lease: Lease) -> None:
        for _name, step in steps(Desk(engine, Settings(home=home), lease, lambda: NOW)):
            step()

    return once(engine, Job(scheme_id, name, OCTOBER, origin), "me", work, now=lambda: NOW)


def said(engine: Engine) -> dict[str, int]:
    with transaction(engine) as session:
        return {str(k.__tablename__): session.exec(select(func.count()).select_from(k)).one() for k in SAID}


def test_a_cycle_is_the_four_steps_in_their_order() -> None:
    assert JOBS["cycle"] == ("collect", "check", "warn", "brief") == tuple(STEPS)
    assert {name: JOBS[name] for name in STEPS} == {name: (name,) for name in STEPS}


def test_a_cycle_leaves_verdicts_warnings_notices_and_a_briefing(
    engine: Engine, tmp_path: Path, scheme_id: int
) -> None:
    lease = go(engine, tmp_path, scheme_id)
    assert all(said(engine).values()), said(engine)
    with transaction(engine) as session:
        items = session.exec(select(RunItem).where(RunItem.run_id == lease.run_id).order_by("id")).all()
    assert list(dict.fromkeys(item.step for item in items)) == ["collect", "check", "warn", "brief"]
    written = [tmp_path / (item.detail or "") for item in items if item.outcome == "written"]
    assert {path.suffix for path in written} == {".docx", ".pdf", ".html"}
    assert all(path.stat().st_size for path in written)


def test_a_second_cycle_is_visible_and_says_nothing_new(engine: Engine, tmp_path: Path, scheme_id: int) -> None:
    go(engine, tmp_path, scheme_id)
    before = said(engine)
    assert go(engine, tmp_path, scheme_id).attempt == 2
    assert said(engine) == before


def test_one_step_at_a_time_leaves_the_same_as_a_cycle(engine: Engine, tmp_path: Path, scheme_id: int) -> None:
    for name in STEPS:
        go(engine, tmp_path, scheme_id, name)
    before = said(engine)
    go(engine, tmp_path, scheme_id)
    assert said(engine) == before
    assert before["briefing"] == 1


def test_the_clock_does_not_repeat_what_was_done_by_hand(engine: Engine, tmp_path: Path, scheme_id: int) -> None:
    go(engine, tmp_path, scheme_id)
    with pytest.raises(NotRun):
        go(engine, tmp_path, scheme_id, origin=Origin.CLOCK)


def test_a_cycle_that_fails_in_its_last_step_is_finished_by_the_next(
    engine: Engine, tmp_path: Path, scheme_id: int
) -> None:
    (tmp_path / "briefings").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="briefings"):
        go(engine, tmp_path, scheme_id)
    halfway = said(engine)
    assert halfway["briefing"] == 0
    assert halfway["verdict"] > 0
    (tmp_path / "briefings").unlink()
    go(engine, tmp_path, scheme_id)
    assert said(engine) == halfway | {"briefing": 1}
    with transaction(engine) as session:
        assert [run.state for run in session.exec(select(Run).order_by("id"))] == [RunState.FAILED, RunState.DONE]


def test_a_cycle_reaches_for_no_network(
    engine: Engine, tmp_path: Path, scheme_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise AssertionError("somebody reached for the network")

    if engine.dialect.name == "sqlite":  # PostgreSQL's driver connects through the C library
        monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    go(engine, tmp_path, scheme_id)
    assert said(engine)["briefing"] == 1
