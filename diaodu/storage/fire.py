"""That a job is due for a day, written once: by the clock ahead of its runs, or by a person with the first one."""

from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

from sqlmodel import Session, col, select

from diaodu.rules.schedule import Attempt, Origin, RunState, Turn, turn
from models.fire import Fire
from models.run import Run
from models.scheme import Scheme


def lock(session: Session, scheme_id: int) -> None:
    """Let one transaction at a time decide what runs for a scheme. SQLite's transactions take turns anyway."""
    session.exec(select(Scheme.id).where(col(Scheme.id) == scheme_id).with_for_update(key_share=True)).one()


def find(session: Session, scheme_id: int, job: str, as_of: date) -> Fire | None:
    chosen = (col(Fire.scheme_id) == scheme_id, col(Fire.job) == job, col(Fire.as_of) == as_of)
    return session.exec(select(Fire).where(*chosen)).first()


def put(session: Session, wanted: Fire) -> bool:
    """Say that the clock wants a job run for a day; False when that was said already, or the period is done by hand."""
    lock(session, wanted.scheme_id)
    fire = find(session, wanted.scheme_id, wanted.job, wanted.as_of)
    if fire is None:
        session.add(wanted)
        return True
    if fire.origin is Origin.CLOCK or _is_done(session, fire):
        return False
    fire.origin, fire.scheduled_for = Origin.CLOCK, wanted.scheduled_for  # begun by hand and never finished
    return True


def write(session: Session, fire: Fire) -> Fire:
    """The fire as a row, with its id."""
    session.add(fire)
    session.flush()
    return fire


def due(session: Session, now: datetime) -> list[Fire]:
    """Of each scheme the clock's oldest unfinished fire, if it may be tried now: later ones wait their turn."""
    done = select(Run.fire_id).where(col(Run.state) == RunState.DONE)
    unfinished = (
        select(Fire, Run)
        .join(Run, col(Run.fire_id) == col(Fire.id), isouter=True)
        .where(col(Fire.origin) == Origin.CLOCK, col(Fire.scheduled_for) <= now, col(Fire.id).not_in(done))
        .order_by(col(Fire.scheduled_for), col(Fire.as_of), col(Fire.id), col(Run.attempt))
    )
    oldest: dict[int, tuple[Fire, bool]] = {}
    for fire, rows in groupby(session.exec(unfinished), key=itemgetter(0)):
        past = [Attempt(run.origin, run.state, run.finished_at) for _, run in rows if run]
        when = turn(past, now)
        if when is not Turn.NEVER:
            oldest.setdefault(fire.scheme_id, (fire, when is Turn.NOW))
    return [fire for fire, ready in oldest.values() if ready]


def newest(session: Session, scheme_id: int, job: str) -> datetime | None:
    """The time of the clock's newest fire of a job."""
    mine = (col(Fire.scheme_id) == scheme_id, col(Fire.job) == job, col(Fire.origin) == Origin.CLOCK)
    return session.exec(select(Fire.scheduled_for).where(*mine).order_by(col(Fire.scheduled_for).desc())).first()


def latest(session: Session, count: int) -> list[Fire]:
    """The fires written last, newest first."""
    return list(session.exec(select(Fire).order_by(col(Fire.id).desc()).limit(count)))


def _is_done(session: Session, fire: Fire) -> bool:
    done = select(Run.id).where(col(Run.fire_id) == fire.id, col(Run.state) == RunState.DONE)
    return session.exec(done).first() is not None
