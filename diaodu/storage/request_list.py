"""Requests as people look them up: with names, state and number as they stood at a moment."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from diaodu.rules.request import RequestState
from diaodu.storage.in_force import is_in_force
from models.collection_version import CollectionVersion
from models.definition import Definition
from models.indicator import Indicator
from models.period import Period
from models.report import Report
from models.request import Request
from models.request_event import RequestEvent
from models.target import Target
from models.unit import Unit
from models.unit_version import UnitVersion


@dataclass(frozen=True, slots=True)
class Listed:
    """A request at a moment. `value` None: no number is in force; `submitted_at`: when one first came."""

    id: int
    as_of: date
    collection: str | None
    unit_id: int
    unit: str
    unit_name: str
    indicator: str
    indicator_name: str
    lead_unit_id: int | None
    measure_unit: str
    state: RequestState
    due: date
    submitted_at: datetime | None
    value: int | None


def requests(
    session: Session, scheme_id: int, known_at: datetime, on: date, as_of: date | None, number: int | None = None
) -> list[Listed]:
    """Requests about a day (None: of every round open at `known_at`), or the one with a number, by day `on`'s names."""
    earlier = aliased(RequestEvent)
    newest = (
        sa.select(sa.func.max(col(earlier.id)))
        .where(col(earlier.request_id) == col(Request.id), col(earlier.recorded_at) <= known_at)
        .scalar_subquery()
    )
    rows = session.execute(
        sa.select(Request, RequestEvent, Period, Unit, UnitVersion, Indicator, Definition, col(CollectionVersion.name))
        .select_from(Request)
        .join(RequestEvent, col(RequestEvent.id) == newest)
        .join(Period, col(Period.id) == col(Request.period_id))
        .join(Target, col(Target.id) == col(Request.target_id))
        .join(Indicator, col(Indicator.id) == col(Target.indicator_id))
        .join(Unit, col(Unit.id) == col(Request.unit_id))
        .join(UnitVersion, is_in_force(UnitVersion, col(Unit.id), on, known_at))
        .join(Definition, is_in_force(Definition, col(Indicator.id), on, known_at))
        .outerjoin(CollectionVersion, is_in_force(CollectionVersion, col(Period.collection_id), on, known_at))
        .where(col(Period.scheme_id) == scheme_id, _wanted(known_at, as_of, number))
        .order_by(col(Period.as_of), col(UnitVersion.position), col(Definition.position), col(Request.id))
    ).all()
    numbers = _numbers(session, {(row[0].target_id, row[2].as_of) for row in rows}, known_at)
    return [_listed(known_at, numbers, *row) for row in rows]


def _wanted(known_at: datetime, as_of: date | None, number: int | None) -> sa.ColumnElement[bool]:
    if number is not None:
        return col(Request.id) == number
    if as_of is not None:
        return col(Period.as_of) == as_of
    return sa.or_(col(Period.closed_at).is_(None), col(Period.closed_at) > known_at)


def _numbers(session: Session, wanted: set[tuple[int, date]], known_at: datetime) -> dict[tuple[int, date], int | None]:
    """The number in force of every target and day; the newest revision is read last and stays."""
    reported = sa.select(col(Report.target_id), col(Report.as_of), col(Report.value))
    chosen = reported.where(col(Report.as_of).in_({day for _, day in wanted}), col(Report.recorded_at) <= known_at)
    found = session.execute(chosen.order_by(col(Report.recorded_at), col(Report.id)))
    return {(target, day): value for target, day, value in found if (target, day) in wanted}


def _listed(
    known_at: datetime,
    numbers: dict[tuple[int, date], int | None],
    request: Request,
    last: RequestEvent,
    period: Period,
    unit: Unit,
    named: UnitVersion,
    indicator: Indicator,
    defined: Definition,
    collection: str | None,
) -> Listed:
    assert request.id is not None
    came = request.submitted_at
    return Listed(
        id=request.id,
        as_of=period.as_of,
        collection=collection,
        unit_id=request.unit_id,
        unit=unit.code,
        unit_name=named.name,
        indicator=indicator.code,
        indicator_name=defined.name,
        lead_unit_id=defined.lead_unit_id,
        measure_unit=defined.measure_unit,
        state=RequestState(last.to_state),
        due=request.due,
        submitted_at=came if came is not None and came <= known_at else None,
        value=numbers.get((request.target_id, period.as_of)),
    )
