"""The health page: what ran, what is due next, and whether anybody should look."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from diaodu.clock import OFFICE_ZONE, office_day
from diaodu.rules.rescheduling import announcement_missing
from diaodu.rules.schedule import Origin, RunState
from diaodu.storage import fire as fires
from diaodu.storage import health, run
from diaodu.storage.delivery_list import unreached
from diaodu.storage.holiday import workdays
from diaodu.storage.scheme import schemes
from diaodu.storage.session import reading
from diaodu.web.page import page
from diaodu.web.site import Site, site_of
from flows.wording import called
from models.fire import Fire
from models.run import Run

router = APIRouter()
SHOWN = 10


@dataclass(frozen=True, slots=True)
class ShownRun:
    """One attempt, in words; `state` is the code."""

    scheme: str
    job: str
    as_of: date
    attempt: int
    origin: str
    state: RunState
    started_at: datetime
    finished_at: datetime | None
    error: str | None


@dataclass(frozen=True, slots=True)
class ShownTime:
    """When a job was, or will be, due; `as_of` are the days it speaks about."""

    scheme: str
    job: str
    at: datetime
    as_of: tuple[date, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class Health:
    """`status`: "ok", or "attention" when the newest run failed, the machine stumbles, or a message reached nobody."""

    status: str
    schema: str | None
    open_warnings: int
    unreached: int
    provisional_years: list[int]
    unannounced_year: int | None
    """The next year, when its arrangement should be out by now and is not known here."""
    troubles: dict[str, str]
    runs: list[ShownRun]
    fires: list[ShownTime]
    upcoming: list[ShownTime]


def look(session: Session, site: Site) -> Health:
    """The state of the house at this moment."""
    codes = {scheme.id: scheme.code for scheme in schemes(session)}
    runs = [_run(fire, attempt, codes) for fire, attempt in run.latest(session, SHOWN)]
    lost = unreached(session)
    ill = lost or site.machine.troubles or (runs and runs[0].state in {RunState.FAILED, RunState.CRASHED})
    upcoming = site.machine.clock.upcoming()
    return Health(
        status="attention" if ill else "ok",
        schema=health.schema_version(session),
        open_warnings=health.open_warnings(session),
        unreached=lost,
        provisional_years=health.provisional_years(session),
        unannounced_year=announcement_missing(workdays(session), office_day(site.now())),
        troubles=dict(site.machine.troubles),
        runs=runs,
        fires=[
            ShownTime(codes[f.scheme_id], called(f.job), _local(f.scheduled_for), (f.as_of,), called(f.origin))
            for f in fires.latest(session, SHOWN)
        ],
        upcoming=[
            ShownTime(codes[line.scheme_id], called(line.job), at, dict(line.times)[at], called(Origin.CLOCK))
            for at, line in upcoming
        ],
    )


@router.get("/", response_class=HTMLResponse)
def show(request: Request) -> HTMLResponse:
    """The page."""
    site = site_of(request)
    with reading(site.engine) as session:
        seen = look(session, site)
    return page("web/health.html", health=seen, called=called)


@router.get("/health")
def report(request: Request) -> JSONResponse:
    """The same for machines; 503 when the database does not answer."""
    site = site_of(request)
    try:
        with reading(site.engine) as session:
            seen = look(session, site)
    except SQLAlchemyError as error:
        return JSONResponse({"status": "down", "error": type(error).__name__}, status_code=503)
    return JSONResponse(_plain(asdict(seen)))


def _run(fire: Fire, attempt: Run, codes: dict[int | None, str]) -> ShownRun:
    return ShownRun(
        scheme=codes[fire.scheme_id],
        job=called(fire.job),
        as_of=fire.as_of,
        attempt=attempt.attempt,
        origin=called(attempt.origin),
        state=attempt.state,
        started_at=_local(attempt.started_at),
        finished_at=_local(attempt.finished_at) if attempt.finished_at else None,
        error=attempt.error,
    )


def _local(moment: datetime) -> datetime:
    return moment.astimezone(OFFICE_ZONE)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
