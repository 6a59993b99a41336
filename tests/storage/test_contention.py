"""Several processes that want the same period, on both databases: one runs it, and a killed one is made good."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from diaodu.rules.schedule import Origin, Refusal, RunState
from diaodu.storage.session import transaction
from models.run_item import RunItem
from tests.ledger import NOON, fire, history, make_scheme


@pytest.fixture
def scheme_id(engine: Engine) -> int:
    return make_scheme(engine)


@contextmanager
def contender(
    engine: Engine, scheme_id: int, origin: Origin, now: datetime = NOON
) -> Iterator["subprocess.Popen[str]"]:
    """Another process, ready to run the period when told."""
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.contender", url, str(scheme_id), origin, now.isoformat()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert hear(process) == "ready"
        yield process
        process.kill()


def say(process: "subprocess.Popen[str]", *words: str) -> None:
    assert process.stdin
    process.stdin.writelines(f"{word}\n" for word in words)
    process.stdin.flush()


def hear(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def test_of_two_clocks_that_start_at_once_one_runs_the_period(engine: Engine, scheme_id: int) -> None:
    fire(engine, scheme_id)
    with contender(engine, scheme_id, Origin.CLOCK) as one, contender(engine, scheme_id, Origin.CLOCK) as other:
        say(one, "run", "end")
        say(other, "run", "end")
        heard = {hear(one), hear(other)}
        assert "holding" in heard
        assert heard - {"holding"} <= {f"refused {Refusal.BUSY}", f"refused {Refusal.ALREADY_DONE}"}
        assert len(heard) == 2
        one.wait(30)
        other.wait(30)
    assert history(engine) == [(1, Origin.CLOCK, RunState.DONE)]
    with transaction(engine) as session:
        assert len(session.exec(select(RunItem)).all()) == 1


def test_a_person_is_refused_while_the_clock_runs_the_period(engine: Engine, scheme_id: int) -> None:
    fire(engine, scheme_id)
    with contender(engine, scheme_id, Origin.CLOCK) as clock, contender(engine, scheme_id, Origin.PERSON) as person:
        say(clock, "run")
        assert hear(clock) == "holding"
        say(person, "run")
        assert hear(person) == f"refused {Refusal.BUSY}"
        say(clock, "end")
        assert hear(clock) == "done 1"


def test_a_process_killed_in_the_middle_is_made_good_by_another(engine: Engine, scheme_id: int) -> None:
    fire(engine, scheme_id)
    with contender(engine, scheme_id, Origin.CLOCK) as doomed:
        say(doomed, "run")
        assert hear(doomed) == "holding"
        doomed.kill()
    with contender(engine, scheme_id, Origin.CLOCK, NOON + timedelta(minutes=1)) as early:
        say(early, "run")
        assert hear(early) == f"refused {Refusal.BUSY}"
    with contender(engine, scheme_id, Origin.CLOCK, NOON + timedelta(minutes=3)) as heir:
        say(heir, "run", "end")
        assert [hear(heir), hear(heir)] == ["holding", "done 2"]
    assert history(engine) == [(1, Origin.CLOCK, RunState.CRASHED), (2, Origin.CLOCK, RunState.DONE)]
