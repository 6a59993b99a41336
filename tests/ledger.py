"""One period of one scheme in the run ledger: what its tests share."""

from datetime import UTC, date, datetime

from sqlalchemy import Engine
from sqlmodel import select

from diaodu.rules.schedule import Origin, RunState
from diaodu.storage import fire as fires
from diaodu.storage import ledger
from diaodu.storage.run import Job
from diaodu.storage.session import transaction
from models.fire import Fire
from models.run import Run
from models.scheme import Scheme

NOON = datetime(2023, 11, 6, 4, tzinfo=UTC)
OCTOBER, NOVEMBER = date(2023, 10, 31), date(2023, 11, 30)


def at(moment: datetime) -> ledger.Now:
    return lambda: moment


def make_scheme(engine: Engine) -> int:
    with transaction(engine) as session:
        scheme = Scheme(code="water")
        session.add(scheme)
        session.flush()
        assert scheme.id
        return scheme.id


def job(scheme_id: int, origin: Origin, as_of: date = OCTOBER, name: str = "cycle") -> Job:
    return Job(scheme_id, name, as_of, origin)


def fire(engine: Engine, scheme_id: int, as_of: date = OCTOBER, scheduled_for: datetime = NOON) -> bool:
    wanted = Fire(
        scheme_id=scheme_id,
        job="cycle",
        as_of=as_of,
        scheduled_for=scheduled_for,
        origin=Origin.CLOCK,
        created_at=NOON,
    )
    with transaction(engine) as session:
        return fires.put(session, wanted)


def due(engine: Engine, now: datetime = NOON) -> list[date]:
    with transaction(engine) as session:
        return [wanted.as_of for wanted in fires.due(session, now)]


def history(engine: Engine) -> list[tuple[int, Origin, RunState]]:
    with transaction(engine) as session:
        return [(run.attempt, run.origin, run.state) for run in session.exec(select(Run).order_by("id"))]
