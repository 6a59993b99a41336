"""调度计划: the office changes when the clock starts a job, what becomes of missed times, and whether it pauses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from diaodu.rules.occasion import read_trigger
from diaodu.rules.schedule import CatchUp
from diaodu.storage.audit import record
from diaodu.storage.schedule import ensure, lines
from models.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be otherwise; None stays as it is."""

    trigger: str | None = None
    catch_up: CatchUp | None = None
    paused: bool | None = None


class UnknownJob(LookupError):
    """The timetable has no such job; `known` lists those it has."""

    def __init__(self, job: str, known: list[str]) -> None:
        super().__init__(job)
        self.known = known


def change_schedule(
    session: Session,
    scheme_id: int,
    usual: Iterable[tuple[str, str, CatchUp]],
    job: str,
    change: Change,
    actor: str,
    at: datetime,
) -> bool:
    """Change a job's line and say so in the audit; False when it says that already.

    `usual` is the timetable a scheme is given that has none yet. With a new trigger times count from `at` on: what it
    would have named before is nobody's. Raises UnknownJob and NotATrigger.
    """
    if change.trigger is not None:
        read_trigger(change.trigger)
    ensure(session, scheme_id, usual, at)
    known = {line.job: line for line in lines(session, scheme_id)}
    if job not in known:
        raise UnknownJob(job, list(known))
    before = _said(known[job])
    after = before | {key: value for key, value in _wanted(change).items() if value is not None}
    if after == before:
        return False
    if after["trigger"] != before["trigger"]:
        known[job].since = at
    for key, value in after.items():
        setattr(known[job], key, value)
    record(session, actor, "schedule.change", f"{scheme_id} {job}", {"before": before, "after": after}, at)
    return True


def _said(line: Schedule) -> dict[str, Any]:
    return {"trigger": line.trigger, "catch_up": line.catch_up, "paused": line.paused}


def _wanted(change: Change) -> dict[str, Any]:
    return {"trigger": change.trigger, "catch_up": change.catch_up, "paused": change.paused}
