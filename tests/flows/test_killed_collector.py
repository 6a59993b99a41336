"""A collect run may be killed at any moment: what it leaves is what a run that nobody disturbed leaves."""

import multiprocessing
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from diaodu.clock import OFFICE_ZONE
from diaodu.rules.access import Role
from diaodu.rules.schedule import RunState
from diaodu.storage.engine import open_engine
from diaodu.storage.holiday import seed
from diaodu.storage.ledger import LEASE
from diaodu.storage.migrate import upgrade
from diaodu.storage.session import transaction
from diaodu.storage.supply import supply
from models.source import Source
from tests.flows import collector
from tests.flows.collector import Order
from tests.plan import RECORDED, SmallPlan

DAYS = [date(2023, 11, day) for day in (1, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 20, 21, 22)]
"""October's round: opened on the 1st, due on the 7th, over on the 20th."""
KILLS = 2
"""Attempts at each day's run that are killed: the clock makes three."""
BOUNDARIES = 8
"""Commits of a run among which one is chosen, or rather more than there are."""
HEADING = "指标,单位,截至日,累计完成\n"
FILES: dict[date, tuple[str, str]] = {
    date(2023, 11, 2): ("甲", "investment,east,2023-10-31,100\n"),
    date(2023, 11, 6): ("乙", "projects,east,2023-10-31,许多\n"),
    date(2023, 11, 9): ("乙", "projects,east,2023-10-31,9\n"),
    date(2023, 11, 10): ("甲", "investment,east,2023-10-31,101\n"),
    date(2023, 11, 14): ("乙", "projects,east,2023-10-31,8\n"),
}
"""What lies in which folder from a day on; one file is faulty, and replaced by a sound one. The west never reports."""
LEFT = {
    "period": "SELECT as_of, opens, unit_due, CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END FROM period",
    "request": "SELECT target_id, due, state FROM request",
    "event": """
        SELECT request.target_id, act, to_state, reason, CASE WHEN report_id IS NULL THEN 0 ELSE 1 END
        FROM request_event JOIN request ON request.id = request_id
    """,
    "report": "SELECT target_id, as_of, value, source_id, origin FROM report",
    "reminder": 'SELECT leg, unit_id, to_role, told_unit_id, "offset", planned_on, outcome, owed FROM reminder',
    "notice": "SELECT unit_id, kind, number, body, file FROM notice",
    "delivery": "SELECT channel, address, subject, text, state FROM delivery",
    "audit": "SELECT action, subject, actor FROM audit",
    "said": """
        SELECT fire.as_of, subject, outcome, detail FROM run_item
        JOIN run ON run.id = run_id JOIN fire ON fire.id = fire_id
        WHERE run.state = 'done' AND outcome IN ('reported', 'awaited', 'not_reported')
    """,
}
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([collector.__name__])


def prepare(engine: Engine, home: Path) -> int:
    """The small office with people, and three folders: two that fill up by and by, and one that is not there."""
    with transaction(engine) as session:
        seed(session, [2023, 2024])
        plan = SmallPlan(session)
        session.execute(text("DELETE FROM report"))
        for unit in (plan.east, plan.west):
            for role in (Role.REPORTER, Role.REVIEWER, Role.LEADER):
                plan.person(f"{unit}{role}", unit, role)
        for name in ("甲", "乙", "丙"):
            source = Source(scheme_id=plan.scheme_id, name=name, kind="folder", location=str(home / name))
            session.add(source)
            session.flush()
            if name == "乙":
                supply(session, source, [plan.projects], RECORDED)
        for name in ("甲", "乙"):
            (home / name).mkdir(parents=True)
        return plan.scheme_id


def live(engine: Engine, home: Path, run: Callable[[Order], None]) -> dict[str, Counter[tuple[object, ...]]]:
    """Let the days pass, each with its run, and tell what is left in the tables but ids and times."""
    scheme_id = prepare(engine, home)
    address = engine.url.render_as_string(hide_password=False)
    for day in DAYS:
        if day in FILES:
            folder, rows = FILES[day]
            (home / folder / "填报.csv").write_text(HEADING + rows, encoding="utf-8")
        run(Order(address, home, scheme_id, day, datetime.combine(day, time(8), OFFICE_ZONE)))
    with engine.connect() as connection:
        return {
            name: Counter(
                tuple(str(value).replace(str(home), "") for value in row) for row in connection.execute(text(query))
            )
            for name, query in LEFT.items()
        }


class Assassin:
    """Has each day's run killed twice before it is let be: at a commit, or at any moment of it."""

    def __init__(self) -> None:
        self.chance = random.Random(20231101)
        self.kills = 0

    def run(self, order: Order) -> None:
        for attempt in range(KILLS + 1):
            now = order.now + attempt * (LEASE + timedelta(minutes=1))
            by_fuse = attempt < KILLS and self.chance.random() < 0.6
            fuse = self.chance.choice((-1, 1)) * self.chance.randint(1, BOUNDARIES) if by_fuse else 0
            if self._done(replace(order, now=now, fuse=fuse), by_hand=attempt < KILLS and not by_fuse):
                return
        raise AssertionError(f"{order.as_of} was never done")

    def _done(self, order: Order, by_hand: bool) -> bool:
        here, there = PROCESSES.Pipe()
        victim = PROCESSES.Process(target=collector.collect, args=(order, there))
        victim.start()
        here.recv()
        if by_hand:
            wait([victim.sentinel], self.chance.uniform(0, 0.3))
            victim.kill()
        victim.join()
        assert victim.exitcode in (0, -signal.SIGKILL)
        self.kills += victim.exitcode != 0
        return victim.exitcode == 0


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Counter[tuple[object, ...]]]:
    """What is left where every run came to its end."""
    home = tmp_path_factory.mktemp("undisturbed")
    engine = open_engine(f"sqlite:///{home / 'diaodu.db'}")
    upgrade(engine)
    left = live(engine, home, partial(collector.collect_with, engine))
    engine.dispose()
    return left


def test_killed_again_and_again_it_loses_nothing_and_doubles_nothing(
    engine: Engine,
    tmp_path: Path,
    undisturbed: dict[str, Counter[tuple[object, ...]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The fork server preloads from the house and imports no pytest, so that a run starts in milliseconds.
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setattr(sys.modules["__main__"], "__file__", None, raising=False)
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    assassin = Assassin()
    left = live(engine, tmp_path / "killed", assassin.run)
    with engine.connect() as connection:
        states = Counter(connection.execute(text("SELECT state FROM run")).scalars())
    assert all(undisturbed.values())
    assert {name: rows for name, rows in left.items() if rows != undisturbed[name]} == {}
    assert states[RunState.DONE] == len(DAYS)
    assert states[RunState.CRASHED] + states[RunState.RUNNING] <= assassin.kills
    assert assassin.kills >= 25
