"""What sources owe instead of units, what they have not delivered, and where units were asked all the same."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, exists, select

from diaodu.rules.request import RequestAct, RequestState
from diaodu.storage.in_force import is_in_force
from models.definition import Definition
from models.indicator import Indicator
from models.period import Period
from models.report import Report
from models.request import Request
from models.request_event import RequestEvent
from models.source import Source
from models.supply import Supply
from models.supply_version import SupplyVersion
from models.target import Target


def supplied(session: Session, source_id: int) -> dict[str, int]:
    """The indicators a source supplies, code → id, in the order of their codes."""
    found = select(Indicator.code, Indicator.id).join(Supply, col(Supply.indicator_id) == Indicator.id)
    rows = session.exec(found.where(Supply.source_id == source_id).order_by(col(Indicator.code)))
    return {code: number or 0 for code, number in rows}


def supply(session: Session, source: Source, indicator_ids: Collection[int], at: datetime) -> None:
    """Let a source supply these indicators, and no others, from `at` on."""
    source_id = source.id or 0
    for known in session.exec(select(Supply).where(Supply.source_id == source_id)):
        if known.indicator_id not in indicator_ids:
            session.delete(known)
    known_ids = set(supplied(session, source_id).values())
    session.add_all(Supply(source_id=source_id, indicator_id=number) for number in set(indicator_ids) - known_ids)
    session.flush()
    settle(session, source, at)


def settle(session: Session, source: Source, at: datetime) -> None:
    """Put down what a source supplies from `at` on, as far as that is otherwise than before; paused, nothing."""
    known = session.exec(
        select(SupplyVersion)
        .where(SupplyVersion.source_id == source.id)
        .order_by(col(SupplyVersion.recorded_at), col(SupplyVersion.id))
    )
    was = {one.indicator_id: (one.supplies, one.precedence) for one in known}
    mine = set(supplied(session, source.id or 0).values()) if source.active else set()
    now = {number: (number in mine, source.precedence) for number in was.keys() | mine}
    session.add_all(
        SupplyVersion(
            source_id=source.id or 0, indicator_id=number, supplies=supplies, precedence=precedence, recorded_at=at
        )
        for number, (supplies, precedence) in sorted(now.items())
        if was.get(number) != (supplies, precedence) and (supplies or was[number][0])
    )
    session.flush()


def supplied_elsewhere(session: Session, source_id: int) -> set[int]:
    """Ids of the indicators that another active source supplies."""
    others = select(Supply.indicator_id).join(Source, col(Source.id) == Supply.source_id)
    return set(session.exec(others.where(col(Source.id) != source_id, col(Source.active))))


def undelivered(
    session: Session, source_id: int, reason: str, known_at: datetime, indicator_ids: Collection[int] | None = None
) -> list[tuple[Period, Request]]:
    """What units were spared for `reason` in open rounds, and the source has not delivered by `known_at`.

    Of all that it supplies, or of these indicators only.
    """
    owed = _undelivered((Period, Request), source_id, reason, known_at)
    if indicator_ids is not None:
        owed = owed.where(col(Supply.indicator_id).in_(indicator_ids))
    found = session.execute(owed.order_by(col(Period.as_of), col(Request.id)))
    return [(period, request) for period, request in found]


def _undelivered(wanted: tuple[Any, ...], source_id: int, reason: str, known_at: datetime) -> sa.Select[Any]:
    """Of rounds and requests: those of open rounds for which a source owes what units were spared."""
    still_open = sa.select(col(Period.id)).where(col(Period.closed_at).is_(None))  # named first: there are a few
    spared = exists().where(
        col(RequestEvent.request_id) == Request.id,
        col(RequestEvent.act) == RequestAct.SPARE,
        col(RequestEvent.reason) == reason,
    )
    there = exists().where(
        col(Report.target_id) == Request.target_id,
        col(Report.as_of) == Period.as_of,
        col(Report.value).is_not(None),
        col(Report.recorded_at) <= known_at,
    )
    return (
        sa.select(*wanted)
        .select_from(Period)
        .join(Request, col(Request.period_id) == Period.id)
        .join(Target, col(Target.id) == Request.target_id)
        .join(Supply, col(Supply.indicator_id) == Target.indicator_id)
        .where(
            col(Supply.source_id) == source_id,
            col(Request.period_id).in_(still_open),
            col(Request.state) == RequestState.SPARED,
            ~there,
            spared,
        )
    )


def silent_rounds(
    session: Session, source_id: int, reason: str, before: date, known_at: datetime
) -> list[tuple[date, date, int]]:
    """Open rounds due before a day, of which a source has not delivered all: (as-of day, deadline, how much it owes).

    `reason` is why units were spared what it supplies.
    """
    late = exists().where(col(Period.closed_at).is_(None), col(Period.unit_due) < before)
    if not session.execute(sa.select(late)).scalar():
        return []
    lines = (col(Period.as_of), col(Period.unit_due))
    owed = _undelivered((*lines, sa.func.count()), source_id, reason, known_at)
    found = owed.where(col(Period.unit_due) < before).group_by(*lines).order_by(*lines)
    return [(as_of, due, count) for as_of, due, count in session.execute(found)]


def asked_anyway(
    session: Session, scheme_id: int, days: Collection[date], known_at: datetime
) -> list[tuple[int, int, date, date]]:
    """Numbers that units were spared first and asked for later, as far as known; none where no source was ever read.

    (indicator id, unit id, as-of day, due day) each.
    """
    if session.exec(select(Source.id).where(Source.scheme_id == scheme_id)).first() is None:
        return []
    found = session.exec(
        select(Target.indicator_id, Target.unit_id, col(Period.as_of), col(Request.due))
        .join(Request, col(Request.target_id) == Target.id)
        .join(Period, col(Period.id) == Request.period_id)
        .where(
            Period.scheme_id == scheme_id,
            col(Period.as_of).in_(days),
            Request.asked_at > col(Period.opened_at),
            Request.state != RequestState.WITHDRAWN,
            _happened(RequestAct.SPARE, known_at),
            _happened(RequestAct.ASK, known_at),
        )
    )
    return list(found)


def _happened(act: RequestAct, known_at: datetime) -> ColumnElement[bool]:
    return exists().where(
        col(RequestEvent.request_id) == Request.id,
        col(RequestEvent.act) == act,
        col(RequestEvent.recorded_at) <= known_at,
    )


def supplied_collections(session: Session, source_id: int, as_of: date, known_at: datetime) -> set[int | None]:
    """The calendars on which a source's indicators are collected; None is the scheme's own."""
    found = select(Definition.collection_id).join(
        Supply, is_in_force(Definition, col(Supply.indicator_id), as_of, known_at)
    )
    return set(session.exec(found.where(Supply.source_id == source_id)))
