"""What a round of collection is to ask for, and what need not be asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, exists, or_, select

from diaodu.clock import office_day
from diaodu.rules.asking import Known, Owed
from diaodu.rules.request import OWED, UNANSWERED, RequestState
from diaodu.storage.in_force import is_in_force
from diaodu.storage.report import reports_for
from diaodu.storage.request import requests_for
from models.closure import Closure
from models.definition import Definition
from models.indicator import Indicator
from models.milestone import Milestone
from models.period import Period
from models.request import Request
from models.target import Target
from models.target_version import TargetVersion
from models.unit import Unit
from models.unit_version import UnitVersion

Query = sa.Select[int | None, int, int, bool, bool]


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
    """Targets due in a round that it has not spoken of yet, in plan order.

    Due is what is collected on the round's calendar, has a value or milestones, has begun, and belongs to a unit that
    is assessed; all as of the round's day, as far as known.
    """
    found = _begun(period.scheme_id, period.as_of, known_at).where(
        ~exists().where(col(Request.period_id) == period.id, col(Request.target_id) == Target.id),
        col(Definition.collection_id).is_not_distinct_from(period.collection_id),
        _is_assessed(),
    )
    return _rows(session, found)


def candidates(
    session: Session, scheme_id: int, indicator_ids: Collection[int], as_of: date, known_at: datetime
) -> list[Wanted]:
    """The targets of these indicators that have begun and ask for something as of a day, in plan order."""
    found = _begun(scheme_id, as_of, known_at).where(col(Target.indicator_id).in_(indicator_ids))
    return _rows(session, found)


def _rows(session: Session, found: Query) -> list[Wanted]:
    return [Wanted(target or 0, *rest) for target, *rest in session.execute(found)]


def _begun(scheme_id: int, as_of: date, known_at: datetime) -> Query:
    return (
        sa.select(
            col(Target.id),
            col(Target.indicator_id),
            col(Target.unit_id),
            col(Definition.evidence_required),
            _is_assessed(),
        )
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
        .order_by(col(Definition.position), col(Indicator.id), col(UnitVersion.position), col(Target.unit_id))
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
