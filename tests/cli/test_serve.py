"""`diaodu serve` for real: missed periods run as Prefect flows, an orderly end, and recovery from being killed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, func, select

from diaodu import clock
from diaodu.actions.policy import apply_policy, presets
from diaodu.rules.schedule import CatchUp, Origin, RunState
from diaodu.settings import Settings
from diaodu.storage.engine import open_engine
from diaodu.storage.holiday import seed
from diaodu.storage.ledger import once
from diaodu.storage.run import Job, Lease
from diaodu.storage.session import transaction
from flows.cycle import steps
from flows.desk import Desk
from models.briefing import Briefing
from models.fire import Fire
from models.lag_warning import LagWarning
from models.notice import Notice
from models.run import Run
from models.run_item import RunItem
from models.schedule import Schedule
from models.verdict import Verdict
from models.warning_event import WarningEvent
from tests.plan import SmallPlan
from tests.serving import PATIENCE, Serving

SINCE = datetime(2023, 11, 1, tzinfo=UTC)
PERIODS = [date(2023, 10, 31), date(2023, 11, 30), date(2023, 12, 31)]
"""What was missed since: due on 8 November, 8 December and 9 January."""
TOLD = (Verdict, LagWarning, WarningEvent, Notice, Briefing)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the processes of this session keep bytecode: Prefect's takes seconds to make."""
    return tmp_path_factory.mktemp("compiled")


def furnish(engine: Engine) -> int:
    """A plan, a policy, and a timetable that has missed three periods; returns the scheme's id."""
    with transaction(engine) as session:
        seed(session, [2023, 2024])
        plan = SmallPlan(session)
        apply_policy(session, plan.scheme_id, "yinchuan", presets()["yinchuan"], date(2023, 1, 1), "考核办", SINCE)
        for job, paused in (("cycle", False), ("collect", True)):
            line = {"trigger": "due +1 08:30", "catch_up": CatchUp.EACH, "since": SINCE, "paused": paused}
            session.add(Schedule(scheme_id=plan.scheme_id, job=job, **line))
        return plan.scheme_id


@pytest.fixture
def undisturbed(migrated_file: Path, tmp_path: Path) -> dict[str, int]:
    """How much is said of the three periods when they are run by hand, without engine, clock or accident."""
    shutil.copy(migrated_file, tmp_path / "by_hand.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'by_hand.db'}")
    scheme_id, settings = furnish(engine), Settings(home=tmp_path / "by_hand")

    def work(lease: Lease) -> None:
        for _name, step in steps(Desk(engine, settings, lease, clock.now)):
            step()

    for day in PERIODS:
        once(engine, Job(scheme_id, "cycle", day, Origin.PERSON), "me", work, now=clock.now)
    with transaction(engine) as session:
        found = told(session)
    engine.dispose()
    return found


@pytest.fixture
def start(engine: Engine, tmp_path: Path, compiled: Path) -> Iterator["Start"]:
    furnish(engine)
    started = Start(engine, tmp_path / "office", compiled)
    yield started
    for serving in started.all:
        serving.kill()


class Start:
    """Starts `serve` on one workspace as often as called."""

    def __init__(self, engine: Engine, home: Path, compiled: Path) -> None:
        self.engine, self.home, self.compiled = engine, home, compiled
        self.all: list[Serving] = []

    def __call__(self) -> Serving:
        url = self.engine.url.render_as_string(hide_password=False)
        self.all.append(Serving(self.home, url, self.compiled, DIAODU_LEASE_SECONDS="10"))
        return self.all[-1]


def told(session: Session) -> dict[str, int]:
    """How much was said so far."""
    return {str(kind.__tablename__): session.exec(select(func.count()).select_from(kind)).one() for kind in TOLD}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # the other one is served below
def test_missed_periods_are_run_as_flows_and_the_end_is_orderly(start: Start, undisturbed: dict[str, int]) -> None:
    serving = start()
    health = serving.until_runs("done", "done", "done")
    assert health["status"] == "ok"
    assert [run["as_of"] for run in reversed(health["runs"])] == [str(day) for day in PERIODS]
    flows = serving.flow_runs()
    assert {flow["state_type"] for flow in flows} == {"COMPLETED"}
    assert sorted(flow["parameters"]["as_of"] for flow in flows) == [str(day) for day in PERIODS]
    check_pages(serving)
    assert serving.end() == 0, serving.said.read_text()
    with transaction(start.engine) as session:
        assert [fire.as_of for fire in session.exec(select(Fire).order_by("id"))] == PERIODS
        assert {run.origin for run in session.exec(select(Run))} == {Origin.CLOCK}
        assert {item.step for item in session.exec(select(RunItem))} == {"collect", "check", "warn", "brief"}
        assert told(session) == undisturbed
        documents = [Path(item.detail or "") for item in session.exec(select(RunItem)) if item.outcome == "written"]
    assert {path.suffix for path in documents} >= {".docx", ".pdf", ".html"}
    assert all((start.home / path).stat().st_size for path in documents)


def check_pages(serving: Serving) -> None:
    """Ours is Chinese and keeps to itself; Prefect's site and interface answer behind it."""
    page = httpx.get(serving.url)
    assert "运行状况" in page.text
    assert "一轮调度" in page.text
    assert "script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert httpx.get(f"{serving.url}/static/site.css").status_code == 200
    assert httpx.get(f"{serving.url}/prefect/api/health").json() is True
    site = httpx.get(f"{serving.url}/prefect/", follow_redirects=True)
    assert site.status_code == 200
    assert "/v2" not in str(site.url)  # the second version calls a service outside


@contextmanager
def stopped_between_two_steps(serving: Serving, engine: Engine) -> Iterator[None]:
    """Nobody else can go on writing, and a run is under way: it holds its lease and has not ended."""
    lock = "LOCK TABLE run IN ACCESS EXCLUSIVE MODE" if engine.dialect.name == "postgresql" else "SELECT 1"

    def caught() -> Session | None:
        session = Session(engine)
        session.execute(text(lock))  # on SQLite the transaction itself keeps all others out
        if RunState.RUNNING in session.exec(select(Run.state)).all():
            return session
        session.close()
        return None

    with serving.until(caught):
        yield


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_asked_to_end_in_the_middle_of_a_run_it_ends_after_it(start: Start) -> None:
    serving = start()
    with stopped_between_two_steps(serving, start.engine):
        serving.ask_to_end()
    assert serving.process.wait(PATIENCE) == 0, serving.said.read_text()
    with transaction(start.engine) as session:
        states = session.exec(select(Run.state)).all()
    assert set(states) == {RunState.DONE}
    assert len(states) < len(PERIODS)  # and nothing new was begun


def test_a_run_killed_in_the_middle_is_made_good_and_nothing_is_doubled(
    start: Start, undisturbed: dict[str, int]
) -> None:
    doomed = start()
    with stopped_between_two_steps(doomed, start.engine):
        doomed.kill()
    heir = start()
    health = heir.until(lambda: settled(heir))
    assert heir.end() == 0, heir.said.read_text()
    with transaction(start.engine) as session:
        runs = [(run.fire_id, run.attempt, run.state) for run in session.exec(select(Run).order_by("id"))]
        after = told(session)
    crashed = [run for run in runs if run[2] is RunState.CRASHED]
    assert len(crashed) == 1, runs
    assert (crashed[0][0], 2, RunState.DONE) in runs
    assert sum(state is RunState.DONE for _, _, state in runs) == len(PERIODS)
    assert len(health["runs"]) == len(PERIODS) + 1
    assert after == undisturbed
    assert min(after.values()) > 0


def settled(serving: Serving) -> dict[str, object] | None:
    """Health once every period is done."""
    health = serving.health()
    return health if health and sum(run["state"] == "done" for run in health["runs"]) == len(PERIODS) else None
