"""What a round of collection is to ask for, and what need not be asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, exists, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from diaodu.clock import office_day
from diaodu.rules.asking import Known, Owed
from diaodu.rules.request import OWED, UNANSWERED, RequestAct, RequestState
from diaodu.storage.in_force import is_in_force
from diaodu.storage.report import reports_for
from diaodu.storage.request import requests_for
from models.closure import Closure
from models.definition import Definition
from models.indicator import Indicator
from models.milestone import Milestone
from models.period import Period
from models.report import Report
from models.request import Request
from models.request_event import RequestEvent
from models.target import Target
from models.target_version import TargetVersion
from models.unit import Unit
from models.unit_version import UnitVersion


@dataclass(frozen=True, slots=True)
class Wanted:
    """A target that may be asked for; totals and other units that are only shown are not assessed."""

    target_id: int
    indicator_id: int
    unit_id: int
    evidence_required: bool
    is_assessed: bool = True

    @property
    def fields(self) -> int:
        """How many cells it takes to answer."""
        return 2 if self.evidence_required else 1


def wanted(session: Session, period: Period, known_at: datetime) -> list[Wanted]:
    """Targets due in a round that it has not spoken of yet, in plan order."""
    asked = exists().where(col(Request.period_id) == period.id, col(Request.target_id) == Target.id)
    return _rows(session, _due(period, known_at, *_wanted()).where(~asked))


def candidates(
    session: Session, scheme_id: int, indicator_ids: Collection[int], as_of: date, known_at: datetime
) -> list[Wanted]:
    """The targets of these indicators that have begun and ask for something as of a day, in plan order."""
    found = _begun(scheme_id, as_of, known_at, *_wanted())
    return _rows(session, found.where(col(Target.indicator_id).in_(indicator_ids)))


def _wanted() -> tuple[Any, ...]:
    return Target.id, Target.indicator_id, Target.unit_id, Definition.evidence_required, _is_assessed()


def _rows(session: Session, found: sa.Select[Any]) -> list[Wanted]:
    order = (Definition.position, Indicator.id, UnitVersion.position, Target.unit_id)
    return [Wanted(*row) for row in session.execute(found.order_by(*(col(column) for column in order)))]


def no_longer_due(session: Session, period: Period, known_at: datetime, on_calendar: bool) -> list[Request]:
    """What a round waits for though it is not due any more; `on_calendar` False: an extra round may ask for all."""
    begun = _begun(period.scheme_id, period.as_of, known_at, Target.id)
    due = _due(period, known_at, Target.id) if on_calendar else begun
    return list(session.exec(_in_round(period, OWED, known_at).where(col(Request.target_id).not_in(due))))


def supplied_meanwhile(
    session: Session, period: Period, supplied: Collection[int], known_at: datetime
) -> list[tuple[int, Request]]:
    """What a round waits for though a source supplies it by now, with its indicator; `supplied` are indicators.

    Not what a person of the office asked the units for, because the source is silent.
    """
    by_person = exists().where(
        col(RequestEvent.request_id) == Request.id,
        col(RequestEvent.act) == RequestAct.ASK,
        col(RequestEvent.role).is_not(None),
    )
    asked = select(Target.indicator_id, Request).join(Target, col(Target.id) == Request.target_id)
    mine = asked.where(*_asked_in(period, {RequestState.AWAITED}, known_at), ~by_person)
    return list(session.exec(mine.where(col(Target.indicator_id).in_(supplied)).order_by(col(Request.id))))


def spared_in_vain(session: Session, period: Period, supplied: Collection[int], known_at: datetime) -> list[Request]:
    """What a round does not ask for, though no source supplies it, no number is known, and no other round asks."""
    newest = (
        select(Report.value)
        .where(Report.target_id == Request.target_id, Report.as_of == period.as_of)
        .where(col(Report.recorded_at) <= known_at)
        .order_by(col(Report.recorded_at).desc(), col(Report.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    begun = _begun(period.scheme_id, period.as_of, known_at, Target.id)
    due = begun.where(col(Target.indicator_id).not_in(supplied))
    spared = _in_round(period, {RequestState.SPARED}, known_at).where(col(Request.target_id).in_(due), newest.is_(None))
    found = list(session.exec(spared))
    elsewhere = owed_elsewhere(session, period) if found else set()
    return [request for request in found if request.target_id not in elsewhere]


def _in_round(period: Period, states: Collection[RequestState], known_at: datetime) -> SelectOfScalar[Request]:
    return select(Request).where(*_asked_in(period, states, known_at)).order_by(col(Request.id))


def _asked_in(period: Period, states: Collection[RequestState], known_at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Requests of a round in these states. Knowledge of the past says nothing of what was asked later."""
    states_are = col(Request.state).in_(states)
    return col(Request.period_id) == period.id, states_are, col(Request.asked_at) <= known_at


def _due(period: Period, known_at: datetime, *columns: Any) -> sa.Select[Any]:
    """Columns of the targets due in a round: begun, collected on its calendar, and of a unit that is assessed."""
    return _begun(period.scheme_id, period.as_of, known_at, *columns).where(
        col(Definition.collection_id).is_not_distinct_from(period.collection_id),
        _is_assessed(),
    )


def _begun(scheme_id: int, as_of: date, known_at: datetime, *columns: Any) -> sa.Select[Any]:
    """Columns of the targets that have begun and have a value or milestones as of a day, as far as known."""
    return (
        sa.select(*columns)
        .select_from(Target)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .join(Definition, is_in_force(Definition, col(Indicator.id), as_of, known_at))
        .join(TargetVersion, is_in_force(TargetVersion, col(Target.id), as_of, known_at))
        .join(UnitVersion, is_in_force(UnitVersion, col(Target.unit_id), as_of, known_at))
        .where(
            col(Indicator.scheme_id) == scheme_id,
            or_(col(TargetVersion.value).is_not(None), _has_milestones(known_at)),
            col(TargetVersion.start) <= as_of,
        )
    )


def _is_assessed() -> ColumnElement[bool]:
    return or_(col(UnitVersion.ranked), col(UnitVersion.group_id).is_not(None))


def known(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> dict[int, Known]:
    """The numbers of exactly this day that are known already, by target id."""
    found = reports_for(session, scheme_id, [as_of], known_at)
    return {
        target_id: Known(report.value, report.origin, office_day(report.recorded_at))
        for (target_id, _), report in found.items()
        if report.value is not None
    }


def owed(session: Session, scheme_id: int, as_of: date, target_ids: Collection[int]) -> dict[int, Owed]:
    """Where numbers of this day were asked for and have not come, by target id."""
    asked = requests_for(session, scheme_id, [as_of], target_ids)
    return {
        target_id: Owed(request.period_id, request.due, RequestState(request.state))
        for (target_id, _), requests in asked.items()
        for request in requests
        if request.state in UNANSWERED
    }


def owed_elsewhere(session: Session, period: Period) -> set[int]:
    """Targets whose number of the round's day another round is waiting for."""
    other = and_(Period.scheme_id == period.scheme_id, Period.as_of == period.as_of, Period.id != period.id)
    asked = select(Request.target_id).join(Period, col(Period.id) == Request.period_id)
    return set(session.exec(asked.where(other, col(Request.state).in_(OWED))))


def units_with_own_days(session: Session, scheme_id: int) -> list[int]:
    """Units that rest or work otherwise than the calendar says."""
    own = select(Closure.unit_id).join(Unit, col(Unit.id) == Closure.unit_id).where(Unit.scheme_id == scheme_id)
    return list(session.exec(own.distinct()))


def calendars_of(session: Session, scheme_id: int, unit_id: int, as_of: date, known_at: datetime) -> set[int | None]:
    """The calendars on which a unit has something to report or, as lead unit, to check (None: the scheme's own)."""
    reports = exists().where(col(Target.indicator_id) == Indicator.id, col(Target.unit_id) == unit_id)
    found = (
        select(Definition.collection_id)
        .join(Indicator, is_in_force(Definition, col(Indicator.id), as_of, known_at))
        .where(Indicator.scheme_id == scheme_id, or_(reports, col(Definition.lead_unit_id) == unit_id))
    )
    return set(session.exec(found.distinct()))


def _has_milestones(known_at: datetime) -> ColumnElement[bool]:
    return exists().where(col(Milestone.target_id) == Target.id, col(Milestone.recorded_at) <= known_at)
