"""Attempts at a fire: each held under a lease, and what each of them did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import CursorResult, update
from sqlmodel import Session, col, select

from diaodu.rules.schedule import Attempt, Origin, Refusal, RunState, refusal
from diaodu.storage import fire as fires
from models.fire import Fire
from models.run import Run
from models.run_item import RunItem


class LeaseLost(Exception):
    """The run was taken for dead and may no longer write."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to do one job for one scheme and day, as long as it is renewed."""

    run_id: int
    attempt: int
    scheme_id: int
    job: str
    as_of: date
    known_at: datetime
    started_at: datetime
    holder: str
    length: timedelta

    @property
    def is_replay(self) -> bool:
        """Whether it speaks with the knowledge of an earlier moment, so that nothing new may be fetched for it."""
        return self.known_at < self.started_at


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be run: a job for a scheme, about a day; `known_at` only to speak with the knowledge of the past."""

    scheme_id: int
    name: str
    as_of: date
    origin: Origin
    known_at: datetime | None = None


def begin(session: Session, job: Job, holder: str, now: datetime, length: timedelta) -> Lease | Refusal:
    """Start the next attempt, or say why not. One run at a time for a scheme, whichever job."""
    fires.lock(session, job.scheme_id)
    reap(session, now)
    busy = _is_busy(session, job.scheme_id)  # asked first: a run may end between two questions, but none may begin
    fire = fires.find(session, job.scheme_id, job.name, job.as_of)
    past = attempts(session, fire.id) if fire and fire.id else []
    why = refusal(job.origin, [Attempt(run.origin, run.state, run.finished_at) for run in past], busy)
    if why:
        return why
    fire = fire or fires.write(session, _fire(job, now))
    assert fire.id is not None
    known_at = min(job.known_at or now, now)
    run = Run(
        fire_id=fire.id,
        attempt=len(past) + 1,
        origin=job.origin,
        state=RunState.RUNNING,
        known_at=known_at,
        holder=holder,
        lease_until=now + length,
        started_at=now,
    )
    session.add(run)
    session.flush()
    assert run.id is not None
    return Lease(run.id, run.attempt, job.scheme_id, job.name, job.as_of, known_at, now, holder, length)


def renew(session: Session, lease: Lease, now: datetime) -> None:
    """Push the end of the lease out; raises LeaseLost. Locks the run, so that nobody reaps it meanwhile."""
    _change(session, lease, lease_until=now + lease.length)


def finish(session: Session, lease: Lease, state: RunState, now: datetime, error: str | None = None) -> None:
    """End the run; raises LeaseLost."""
    _change(session, lease, state=state, finished_at=now, error=error)


def reap(session: Session, now: datetime) -> list[int]:
    """Mark runs whose lease has expired as crashed; those writing at this moment hold a lock and are passed over."""
    expired = select(Run).where(col(Run.state) == RunState.RUNNING, col(Run.lease_until) < now)
    runs = session.exec(expired.with_for_update(skip_locked=True)).all()
    for run in runs:
        run.state, run.finished_at = RunState.CRASHED, now
    session.flush()
    return [run.id for run in runs if run.id]


def note(session: Session, lease: Lease, step: str, outcomes: Sequence[tuple[str, str, str | None]]) -> None:
    """Add what a step did: (subject, outcome, detail) each."""
    session.add_all(
        RunItem(run_id=lease.run_id, step=step, subject=subject, outcome=outcome, detail=detail)
        for subject, outcome, detail in outcomes
    )


def attempts(session: Session, fire_id: int) -> list[Run]:
    """All runs of a fire, first to last."""
    return list(session.exec(select(Run).where(col(Run.fire_id) == fire_id).order_by(col(Run.attempt))))


def items(session: Session, run_id: int) -> list[RunItem]:
    """What a run did, in order."""
    return list(session.exec(select(RunItem).where(col(RunItem.run_id) == run_id).order_by(col(RunItem.id))))


def latest(session: Session, count: int) -> list[tuple[Fire, Run]]:
    """The runs begun last, newest first, with their fires."""
    paired = select(Fire, Run).where(col(Run.fire_id) == col(Fire.id))
    return list(session.exec(paired.order_by(col(Run.id).desc()).limit(count)))


def _fire(job: Job, now: datetime) -> Fire:
    return Fire(
        scheme_id=job.scheme_id, job=job.name, as_of=job.as_of, scheduled_for=now, origin=job.origin, created_at=now
    )


def _is_busy(session: Session, scheme_id: int) -> bool:
    running = select(Run.id).join(Fire, col(Fire.id) == col(Run.fire_id))
    held = (col(Fire.scheme_id) == scheme_id, col(Run.state) == RunState.RUNNING)
    return session.exec(running.where(*held)).first() is not None


def _change(session: Session, lease: Lease, **values: object) -> None:
    held = (col(Run.id) == lease.run_id, col(Run.holder) == lease.holder, col(Run.state) == RunState.RUNNING)
    result = session.execute(update(Run).where(*held).values(**values))
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        raise LeaseLost(lease)
