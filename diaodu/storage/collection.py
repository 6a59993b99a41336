"""The calendars numbers are collected on: a scheme's own, and those of its collections."""

import re
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from diaodu.clock import office_day
from diaodu.rules.cadence import Cadence
from diaodu.rules.collection import Asked, Rhythm, Window, asked
from diaodu.storage.asking import units_with_own_days
from diaodu.storage.holiday import workdays
from diaodu.storage.in_force import AS_OF, KNOWN_AT, SCHEME_ID, is_in_force
from diaodu.storage.period import period_of
from diaodu.storage.scheme import scheme_in_force
from models.collection import Collection
from models.collection_version import CollectionVersion
from models.scheme_version import SchemeVersion

WINDOW = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")
Rhythms = dict[int | None, Rhythm]
"""By collection id; None is the scheme's own."""


def collection_ids(session: Session, scheme_id: int) -> dict[str, int]:
    """Ids of a scheme's collections by code."""
    found = session.exec(select(Collection.code, Collection.id).where(Collection.scheme_id == scheme_id))
    return {code: collection_id for code, collection_id in found if collection_id is not None}


def collections_in_force(
    session: Session, scheme_id: int, as_of: date, known_at: datetime
) -> dict[str, CollectionVersion]:
    """What every collection says, by its code, in the order they were made."""
    about = {"scheme_id": scheme_id, "as_of": as_of, "known_at": known_at}
    found: list[Any] = list(session.execute(_collections_in_force(), about))
    return dict(found)


@cache
def _collections_in_force() -> sa.Select[Any]:
    coded: tuple[Any, ...] = (Collection.code, CollectionVersion)
    return (
        sa.select(*coded)
        .join(CollectionVersion, is_in_force(CollectionVersion, col(Collection.id), AS_OF, KNOWN_AT))
        .where(col(Collection.scheme_id) == SCHEME_ID)
        .order_by(col(Collection.id))
    )


def collections_begun(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> dict[int | None, date]:
    """From when on each collection asks, by its id: the day it counts from and is known, or was taken up again."""
    versions = session.exec(
        select(CollectionVersion)
        .join(Collection, col(Collection.id) == CollectionVersion.collection_id)
        .where(
            Collection.scheme_id == scheme_id,
            CollectionVersion.effective_from <= as_of,
            CollectionVersion.recorded_at <= known_at,
        )
        .order_by(*(col(getattr(CollectionVersion, axis)) for axis in ("effective_from", "recorded_at", "id")))
    )
    found: dict[int | None, date] = {}
    asks: set[int] = set()
    for version in versions:
        if not version.active:
            asks.discard(version.collection_id)
        elif version.collection_id not in asks:
            asks.add(version.collection_id)
            found[version.collection_id] = max(version.effective_from, office_day(version.recorded_at))
    return found


def rhythms(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> Rhythms:
    """Every calendar in use. Raises SchemeNotInForce."""
    scheme = scheme_in_force(session, scheme_id, as_of, known_at)
    found: Rhythms = {None: own_rhythm(scheme)}
    for version in collections_in_force(session, scheme_id, as_of, known_at).values():
        if version.active:
            found[version.collection_id] = _rhythm(version, scheme)
    return found


def rhythm_changes(session: Session, scheme_id: int, after: date, until: date, known_at: datetime) -> list[date]:
    """The days after `after`, up to `until`, from which a calendar changes, begins or ends, as far as known."""
    own = sa.select(col(SchemeVersion.effective_from), col(SchemeVersion.recorded_at)).where(
        col(SchemeVersion.scheme_id) == scheme_id
    )
    others = (
        sa.select(col(CollectionVersion.effective_from), col(CollectionVersion.recorded_at))
        .join(Collection, col(Collection.id) == CollectionVersion.collection_id)
        .where(col(Collection.scheme_id) == scheme_id)
    )
    said = own.union(others).subquery()
    day = said.c.effective_from
    changes = sa.select(day).distinct().where(day > after, day <= until, said.c.recorded_at <= known_at).order_by(day)
    return list(session.execute(changes).scalars())


def asked_of(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> dict[int | None, Asked]:
    """What every calendar in use asks of its targets as of a day. Raises SchemeNotInForce."""
    calendar = workdays(session)
    own = {unit_id: workdays(session, unit_id) for unit_id in units_with_own_days(session, scheme_id)}
    begun = collections_begun(session, scheme_id, as_of, known_at) | {None: _begun(session, scheme_id, known_at)}
    found = rhythms(session, scheme_id, as_of, known_at)
    said = {number: asked(rhythm, as_of, calendar, own, begun[number]) for number, rhythm in found.items()}
    return {number: _late(session, scheme_id, number, one, known_at) for number, one in said.items()}


def _begun(session: Session, scheme_id: int, known_at: datetime) -> date:
    """From when on there has been a scheme at all: the day its first version counts from and is known."""
    versions = select(SchemeVersion).where(SchemeVersion.scheme_id == scheme_id, SchemeVersion.recorded_at <= known_at)
    return min(max(one.effective_from, office_day(one.recorded_at)) for one in session.exec(versions))


def _late(session: Session, scheme_id: int, number: int | None, said: Asked, known_at: datetime) -> Asked:
    """What was asked for only after its deadline is owed from the day on which it was."""
    if said.required_as_of is None or said.report_due is not None:
        return said
    opened = period_of(session, scheme_id, said.required_as_of, number)
    if opened is None or opened.opened_at > known_at:
        return said
    return replace(said, report_due=office_day(opened.opened_at))


def own_rhythm(scheme: SchemeVersion) -> Rhythm:
    """The scheme's own calendar."""
    return _rhythm(scheme, scheme)


def _rhythm(version: CollectionVersion | SchemeVersion, scheme: SchemeVersion) -> Rhythm:
    return Rhythm(
        Cadence(version.cadence),
        scheme.starts,
        scheme.ends,
        version.report_due,
        version.rest_day,
        version.opens,
        version.every,
        windows(version.windows or ""),
    )


def windows(text: str) -> tuple[Window, ...]:
    """The windows of a custom cadence as they are stored, one a line."""
    return tuple(Window(date.fromisoformat(a), date.fromisoformat(b)) for a, b in WINDOW.findall(text))
