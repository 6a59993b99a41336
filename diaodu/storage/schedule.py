"""The timetable in force for each scheme."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, func, select

from diaodu.rules.schedule import CatchUp
from models.schedule import Schedule


def ensure(session: Session, scheme_id: int, lines: Iterable[tuple[str, str, CatchUp]], now: datetime) -> None:
    """Give a scheme the lines (job, trigger, catch-up) it has not; those it has stay as the office set them."""
    known = set(session.exec(select(Schedule.job).where(Schedule.scheme_id == scheme_id)))
    session.add_all(
        Schedule(scheme_id=scheme_id, job=job, trigger=trigger, catch_up=catch_up, since=now)
        for job, trigger, catch_up in lines
        if job not in known
    )
    session.flush()


def schedules(session: Session) -> list[Schedule]:
    """All lines that are not paused."""
    return list(session.exec(select(Schedule).where(~col(Schedule.paused)).order_by(col(Schedule.id))))


def lines(session: Session, scheme_id: int) -> list[Schedule]:
    """All lines of one scheme, paused or not."""
    return list(session.exec(select(Schedule).where(Schedule.scheme_id == scheme_id).order_by(col(Schedule.id))))


def begun(session: Session, scheme_id: int) -> datetime | None:
    """Since when the scheme runs by the clock; None when it never has."""
    return session.exec(select(func.min(Schedule.since)).where(Schedule.scheme_id == scheme_id)).one()
