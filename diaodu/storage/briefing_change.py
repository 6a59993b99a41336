"""What was recorded between two moments that can have changed a briefing's figures: by indicator and unit."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session, col, select

from diaodu.rules.briefing import ChangeCause
from diaodu.rules.correction import CorrectionState
from models.correction import Correction
from models.definition import Definition
from models.indicator import Indicator
from models.milestone import Milestone
from models.policy_version import PolicyVersion
from models.report import Report
from models.target import Target
from models.target_version import TargetVersion
from models.unit import Unit

C = ChangeCause
Why = tuple[ChangeCause, str]


def causes(
    session: Session, scheme_id: int, as_of: date, since: datetime, until: datetime
) -> dict[tuple[str, str], list[Why]]:
    """Of every target, by codes of indicator and unit, what came after `since` and by `until`, with its reason."""
    found: dict[int, list[Why]] = defaultdict(list)
    for target_id, reason in _corrected(session, as_of, since, until):
        found[target_id].append((C.CORRECTED, reason))
    for table, cause in ((Report, C.REPORTED), (TargetVersion, C.RETARGETED), (Milestone, C.REPLANNED)):
        for target_id in _recorded(session, table, as_of, since, until):
            if cause is not C.REPORTED or not found[target_id]:
                found[target_id].append((cause, ""))
    redefined = set(_redefined(session, since, until))
    ruled: list[Why] = [(C.RULED, "")] if _ruled(session, scheme_id, since, until) else []
    targets = (
        select(col(Target.id), col(Indicator.id), col(Indicator.code), col(Unit.code))
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .join(Unit, col(Unit.id) == Target.unit_id)
        .where(Indicator.scheme_id == scheme_id)
    )
    known = {}
    for number, indicator_id, indicator, unit in session.exec(targets):
        defined: list[Why] = [(C.REDEFINED, "")] if indicator_id in redefined else []
        whole = [*found.get(number or 0, []), *defined, *ruled]
        if whole:
            known[indicator, unit] = whole
    return known


def _corrected(session: Session, as_of: date, since: datetime, until: datetime) -> Iterable[tuple[int, str]]:
    decided = select(Correction.target_id, Correction.reason).where(
        Correction.state == CorrectionState.APPROVED,
        Correction.as_of <= as_of,
        col(Correction.decided_at) > since,
        col(Correction.decided_at) <= until,
    )
    return session.exec(decided.order_by(col(Correction.id)))


def _recorded(
    session: Session,
    table: type[Report] | type[TargetVersion] | type[Milestone],
    as_of: date,
    since: datetime,
    until: datetime,
) -> Iterable[int]:
    query = select(table.target_id).where(col(table.recorded_at) > since, col(table.recorded_at) <= until)
    if table is Report:
        query = query.where(col(Report.as_of) <= as_of)
    return session.exec(query.distinct())


def _redefined(session: Session, since: datetime, until: datetime) -> Iterable[int]:
    query = select(Definition.indicator_id).where(
        col(Definition.recorded_at) > since, col(Definition.recorded_at) <= until
    )
    return session.exec(query.distinct())


def _ruled(session: Session, scheme_id: int, since: datetime, until: datetime) -> bool:
    query = select(PolicyVersion.id).where(
        PolicyVersion.scheme_id == scheme_id,
        col(PolicyVersion.recorded_at) > since,
        col(PolicyVersion.recorded_at) <= until,
    )
    return session.exec(query).first() is not None
