"""What a round of collection is to ask for, and what need not be asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from diaodu.clock import office_day
from diaodu.rules.asking import Known, Owed
from diaodu.rules.request import OWED, UNANSWERED, RequestAct, RequestState
from diaodu.storage.in_force import AS_OF, KNOWN_AT, SCHEME_ID, is_in_force
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
    return [Wanted(*row) for row in session.execute(_wanted(), _of(period, known_at))]


def candidates(
    session: Session, scheme_id: int, indicator_ids: Collection[int], as_of: date, known_at: datetime
) -> list[Wanted]:
    """The targets of these indicators that have begun and ask for something as of a day, in plan order."""
    about = {"scheme_id": scheme_id, "as_of": as_of, "known_at": known_at, "indicator_ids": list(indicator_ids)}
    return [Wanted(*row) for row in session.execute(_candidates(), about)]


def no_longer_due(session: Session, period: Period, known_at: datetime, on_calendar: bool) -> list[Request]:
    """What a round waits for though it is not due any more; `on_calendar` False: an extra round may ask for all."""
    return list(session.exec(_no_longer_due(on_calendar), params=_of(period, known_at)))


def supplied_meanwhile(
    session: Session, period: Period, supplied: Collection[int], known_at: datetime
) -> list[tuple[int, Request]]:
    """What a round waits for though a source supplies it by now, with its indicator; `supplied` are indicators.

    Not what a person of the office asked the units for, because the source is silent.
    """
    return list(session.exec(_supplied_meanwhile(), params=_of(period, known_at) | {"supplied": list(supplied)}))


def spared_in_vain(session: Session, period: Period, supplied: Collection[int], known_at: datetime) -> list[Request]:
    """What a round does not ask for, though no source supplies it, no number is known, and no other round asks."""
    found = list(session.exec(_spared_in_vain(), params=_of(period, known_at) | {"supplied": list(supplied)}))
    elsewhere = owed_elsewhere(session, period) if found else set()
    return [request for request in found if request.target_id not in elsewhere]


# Putting these statements together takes longer than running them: each is made once, and told of a round by name.

PERIOD_ID: Any = sa.bindparam("period_id", type_=sa.Integer)
COLLECTION_ID: Any = sa.bindparam("collection_id", type_=sa.Integer)
SUPPLIED: Any = sa.bindparam("supplied", type_=sa.Integer, expanding=True)
IS_ASSESSED = or_(col(UnitVersion.ranked), col(UnitVersion.group_id).is_not(None))


def _of(period: Period, known_at: datetime) -> dict[str, Any]:
    return {
        "scheme_id": period.scheme_id,
        "period_id": period.id,
        "collection_id": period.collection_id,
        "as_of": period.as_of,
        "known_at": known_at,
    }


@cache
def _wanted() -> sa.Select[Any]:
    asked = exists().where(col(Request.period_id) == PERIOD_ID, col(Request.target_id) == Target.id)
    return _as_wanted(_due().where(~asked))


@cache
def _candidates() -> sa.Select[Any]:
    chosen = sa.bindparam("indicator_ids", type_=sa.Integer, expanding=True)
    return _as_wanted(_begun().where(col(Target.indicator_id).in_(chosen)))


def _as_wanted(found: sa.Select[Any]) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (
        Target.id,
        Target.indicator_id,
        Target.unit_id,
        Definition.evidence_required,
        IS_ASSESSED,
    )
    order: tuple[Any, ...] = (Definition.position, Indicator.id, UnitVersion.position, Target.unit_id)
    return found.with_only_columns(*columns).order_by(*order)


@cache
def _no_longer_due(on_calendar: bool) -> SelectOfScalar[Request]:
    due = _due() if on_calendar else _begun()
    return _in_round(OWED).where(~due.where(_is_its_target()).exists())


@cache
def _supplied_meanwhile() -> Any:
    by_person = exists().where(
        col(RequestEvent.request_id) == Request.id,
        col(RequestEvent.act) == RequestAct.ASK,
        col(RequestEvent.role).is_not(None),
    )
    asked = select(Target.indicator_id, Request).join(Target, col(Target.id) == Request.target_id)
    mine = asked.where(*_asked_in({RequestState.AWAITED}), ~by_person, col(Target.indicator_id).in_(SUPPLIED))
    return mine.order_by(col(Request.id))


@cache
def _spared_in_vain() -> SelectOfScalar[Request]:
    newest = (
        select(Report.value)
        .where(Report.target_id == Request.target_id, Report.as_of == AS_OF, col(Report.recorded_at) <= KNOWN_AT)
        .order_by(col(Report.recorded_at).desc(), col(Report.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    target = aliased(Target)
    unsupplied = _in_round({RequestState.SPARED}).join(target, col(target.id) == Request.target_id)
    unsupplied = unsupplied.where(col(target.indicator_id).not_in(SUPPLIED))  # few: nearly all are spared for a source
    return unsupplied.where(_begun().where(_is_its_target()).exists(), newest.is_(None))


def _is_its_target() -> ColumnElement[bool]:
    """Looked up for every request of the statement around: of a round's thousands few are left to be looked up."""
    return col(Target.id) == col(Request.target_id)


def _in_round(states: Collection[RequestState]) -> SelectOfScalar[Request]:
    return select(Request).where(*_asked_in(states)).order_by(col(Request.id))


def _asked_in(states: Collection[RequestState]) -> tuple[ColumnElement[bool], ...]:
    """Requests of a round in these states. Knowledge of the past says nothing of what was asked later."""
    return col(Request.period_id) == PERIOD_ID, col(Request.state).in_(states), col(Request.asked_at) <= KNOWN_AT


def _due() -> sa.Select[Any]:
    """The targets due in a round: begun, collected on its calendar, and of a unit that is assessed."""
    return _begun().where(col(Definition.collection_id).is_not_distinct_from(COLLECTION_ID), IS_ASSESSED)


def _begun() -> sa.Select[Any]:
    """The targets that have begun and have a value or milestones as of a day, as far as known."""
    return (
        sa.select(col(Target.id))
        .select_from(Target)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .join(Definition, is_in_force(Definition, col(Indicator.id), AS_OF, KNOWN_AT))
        .join(TargetVersion, is_in_force(TargetVersion, col(Target.id), AS_OF, KNOWN_AT))
        .join(UnitVersion, is_in_force(UnitVersion, col(Target.unit_id), AS_OF, KNOWN_AT))
        .where(
            col(Indicator.scheme_id) == SCHEME_ID,
            or_(col(TargetVersion.value).is_not(None), _has_milestones()),
            col(TargetVersion.start) <= AS_OF,
        )
    )


def _has_milestones() -> ColumnElement[bool]:
    return exists().where(col(Milestone.target_id) == Target.id, col(Milestone.recorded_at) <= KNOWN_AT)


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
