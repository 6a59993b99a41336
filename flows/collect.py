"""数据报送: open the period, read every source, and say of every unit whether it has reported."""

import logging
from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlmodel import Session

from diaodu.actions.import_report import take_reports
from diaodu.clock import office_day
from diaodu.rules.cadence import current_period, deadline, previous_period
from diaodu.rules.frame import with_measures
from diaodu.rules.verdict import State
from diaodu.sources.fault import Faults
from diaodu.sources.registry import SOURCES, Place, SourceDown
from diaodu.storage.holiday import workdays
from diaodu.storage.period import open_period
from diaodu.storage.run import LeaseLost
from diaodu.storage.scheme import scheme_in_force
from diaodu.storage.source import sources
from diaodu.storage.standing import standings
from flows.desk import Desk
from models.source import Source

log = logging.getLogger(__name__)

STEP = "collect"
OWED = (State.NOT_REPORTED, State.AWAITED, State.REPORTED)
"""What a unit's targets can say of its reporting, the worst first."""


@dataclass(frozen=True, slots=True)
class Round:
    """The period asked for: its day, the working day its reports are owed by, and the period before."""

    as_of: date
    due: date
    previous: date | None


def collect(desk: Desk) -> None:
    """Open, read, list. A source that fails is an outcome, not an end; nothing is fetched for a replay."""
    with desk.held() as session:
        asked = open_round(desk, session)
        active = [source for source in sources(session, desk.lease.scheme_id) if source.active]
    if asked is None:
        return
    for source in [] if desk.lease.is_replay else active:
        outcome, detail = read(desk, source)
        with desk.held() as session:
            desk.note(session, STEP, [(source.name, outcome, detail)])
    with desk.held() as session:
        desk.note(session, STEP, reported(desk, session, asked))


def open_round(desk: Desk, session: Session) -> Round | None:
    """The newest period that is over on the run's day, opened unless it was; None before the first."""
    lease = desk.lease
    scheme = scheme_in_force(session, lease.scheme_id, lease.as_of, lease.known_at)
    span = (scheme.cadence, scheme.starts, scheme.ends)
    end = current_period(*span, lease.as_of)
    if end is None:
        desk.note(session, STEP, [(str(lease.as_of), "no_period", None)])
        return None
    calendar = workdays(session)
    due = deadline(scheme.report_due, end, calendar, scheme.rest_day)
    open_period(session, lease.scheme_id, end, due, calendar.is_provisional(due), desk.now())
    return Round(end, due, previous_period(*span, end))


def read(desk: Desk, source: Source) -> tuple[str, str | None]:
    """Take everything a source holds, or nothing; how that went, and what there is to say about it."""
    try:
        files = SOURCES[source.kind](Place(source.location))
        with desk.held() as session:
            args = (desk.settings.actor, desk.lease.known_at, source.id)
            outcomes = [take_reports(session, source.scheme_id, file, *args) for file in files]
    except SourceDown as down:
        return "source_down", str(down)
    except Faults as faults:
        return "source_faulty", str(faults)
    except LeaseLost:
        raise
    except Exception as error:
        log.exception("source %s broke", source.name)
        return "source_broken", f"{type(error).__name__}: {error}"
    new = sum(tally.added + tally.changed for outcome in outcomes for tally in outcome.tallies.values())
    return ("source_read", str(new)) if new else ("source_unchanged", None)


def reported(desk: Desk, session: Session, asked: Round) -> list[tuple[str, str, str | None]]:
    """Of every unit that owes a report for the period: reported, not reported or awaited, and how much of it is in."""
    lease = desk.lease
    known_on = office_day(lease.known_at)
    days = (known_on, asked.as_of, asked.due, asked.previous)
    found = standings(session, lease.scheme_id, lease.as_of, lease.known_at, *days)
    owing = with_measures(found, workdays(session)).filter(pl.col("state").is_in(list(OWED)))
    units = owing.group_by("unit", maintain_order=True).agg(
        pl.len().alias("owed"), *(pl.col("state").eq(state).sum().alias(state) for state in OWED)
    )
    return [(row["unit"], _worst(row), f"{row[State.REPORTED]}/{row['owed']}") for row in units.iter_rows(named=True)]


def _worst(row: dict[str, int]) -> str:
    return next(state for state in OWED if row[state])
