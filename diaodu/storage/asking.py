"""What a round of collection is to ask for, and what need not be asked."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, exists, or_, select

from diaodu.rules.request import OWED
from diaodu.storage.in_force import is_in_force
from diaodu.storage.report import reports_for
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """A target that a round has not spoken of yet, though it is due in it."""

    target_id: int
    indicator_id: int
    unit_id: int
    evidence_required: bool


def wanted(session: Session, period: Period, known_at: datetime) -> list[Wanted]:
    """Targets due in a round that it has no request for, in plan order.

    Due is what is collected on the round's calendar, has a value or milestones, has begun, and belongs to a unit that
    is assessed; all as of the round's day, as far as known.
    """
    as_of = period.as_of
    found = session.exec(
        select(Target.id, Target.indicator_id, Target.unit_id, Definition.evidence_required)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .join(Definition, is_in_force(Definition, col(Indicator.id), as_of, known_at))
        .join(TargetVersion, is_in_force(TargetVersion, col(Target.id), as_of, known_at))
        .join(UnitVersion, is_in_force(UnitVersion, col(Target.unit_id), as_of, known_at))
        .where(
            Indicator.scheme_id == period.scheme_id,
            ~exists().where(col(Request.period_id) == period.id, col(Request.target_id) == Target.id),
            col(Definition.collection_id).is_not_distinct_from(period.collection_id),
            or_(col(TargetVersion.value).is_not(None), _has_milestones(known_at)),
            TargetVersion.start <= as_of,
            or_(col(UnitVersion.ranked), col(UnitVersion.group_id).is_not(None)),
        )
        .order_by(col(Definition.position), col(Indicator.id), col(UnitVersion.position), col(Target.unit_id))
    )
    return [Wanted(target or 0, indicator, unit, evidence) for target, indicator, unit, evidence in found]


def known_from(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> dict[int, str]:
    """Where the numbers of a day that are known already were read, by target id."""
    found = reports_for(session, scheme_id, [as_of], known_at)
    return {target_id: report.origin for (target_id, _), report in found.items() if report.value is not None}


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
