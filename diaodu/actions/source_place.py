"""What a source's reader is told: where, for which days, whom it may trust, and what it need not open again."""

import json
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session

from diaodu.actions.amending import supplied_by
from diaodu.actions.import_report import ACTION
from diaodu.clock import office_day
from diaodu.secret import secrets_of
from diaodu.sources.registry import SOURCES, Place
from diaodu.storage.period import periods
from diaodu.storage.person import people
from diaodu.storage.plan import taken_digests
from diaodu.storage.scheme import schemes
from diaodu.storage.supply import supplied_collections, undelivered
from diaodu.storage.unit import unit_ids
from models.source import Source


def places(session: Session, source: Source, home: Path, as_of: date, known_at: datetime) -> list[Place]:
    """Where a source is to be read: once, or for every day that something is wanted of, oldest first."""
    known = taken(session, source.scheme_id)
    days = days_wanted(session, source, as_of, known_at) if SOURCES[source.kind].asks_day else [as_of]
    return [place(session, source, home, day, office_day(known_at), known) for day in days]


def place(
    session: Session, source: Source, home: Path, as_of: date, today: date, taken: frozenset[str] = frozenset()
) -> Place:
    """A source as its reader sees it on one day."""
    trusted = senders(session, source.scheme_id)
    return Place(source.location, json.loads(source.options), as_of, today, secrets_of(home), trusted, taken)


def taken(session: Session, scheme_id: int) -> frozenset[str]:
    """The digests of report files that the scheme has taken."""
    code = next(scheme.code for scheme in schemes(session) if scheme.id == scheme_id)
    return taken_digests(session, ACTION, code)


def days_wanted(session: Session, source: Source, as_of: date, known_at: datetime) -> list[date]:
    """The newest round of every calendar a source supplies, and every open round it still owes; else just `as_of`."""
    calendars = supplied_collections(session, source.id or 0, as_of, known_at) or {None}
    newest: dict[int | None, date] = {}
    for period in periods(session, source.scheme_id):
        if period.as_of <= as_of and period.collection_id in calendars:
            newest.setdefault(period.collection_id, period.as_of)
    owed = undelivered(session, source.id or 0, supplied_by(source.name), known_at)
    return sorted({*newest.values(), *(period.as_of for period, _request in owed)}) or [as_of]


def senders(session: Session, scheme_id: int) -> dict[str, str | None]:
    """Whose mail is read: every active person's address, with the code of the unit; not one that two units share."""
    codes = {number: code for code, number in unit_ids(session, scheme_id).items()}
    known: dict[str, set[str | None]] = {}
    for person in people(session, scheme_id):
        if person.mail:
            unit = None if person.unit_id is None else codes[person.unit_id]
            known.setdefault(person.mail.strip().lower(), set()).add(unit)
    return {mail: next(iter(units)) for mail, units in known.items() if len(units) == 1}
