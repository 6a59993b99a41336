"""What was reported: of all revisions for a day, the newest known is in force."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, or_, select

from diaodu.storage.in_force import version_in_force
from models.indicator import Indicator
from models.report import Report
from models.target import Target

FEW = 500
"""Targets named to the database at a time."""


def report_in_force(session: Session, target_id: int, as_of: date, known_at: datetime) -> Report | None:
    """The report whose value is in force as of a day: for that day, or the newest one before it."""
    return version_in_force(session, Report, target_id, as_of, known_at)


def newest_revision(session: Session, target_id: int, as_of: date, known_at: datetime) -> Report | None:
    """The newest revision for exactly this day; one without a value took the day's number back."""
    known = select(Report).where(
        Report.target_id == target_id, Report.as_of == as_of, col(Report.recorded_at) <= known_at
    )
    return session.exec(known.order_by(col(Report.recorded_at).desc(), col(Report.id).desc())).first()


def reports_for(
    session: Session, scheme_id: int, days: Collection[date], known_at: datetime
) -> dict[tuple[int, date], Report]:
    """The newest revision of every report for exactly these days, by (target id, day)."""
    found = session.exec(
        select(Report)
        .join(Target, col(Target.id) == Report.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(
            Indicator.scheme_id == scheme_id,
            col(Report.as_of).in_(days),
            col(Report.recorded_at) <= known_at,
            _is_newest_revision(known_at),
        )
    )
    return {(report.target_id, report.as_of): report for report in found}


def newest_ids(
    session: Session, target_ids: Collection[int], days: Collection[date], known_at: datetime
) -> dict[tuple[int, date], int]:
    """The id of the newest revision of these targets' reports for exactly these days, by (target id, day)."""
    found: dict[tuple[int, date], int] = {}
    wanted = sorted(set(target_ids))
    for start in range(0, len(wanted), FEW):
        reports = (
            select(Report.target_id, col(Report.as_of), Report.id)
            .where(col(Report.target_id).in_(wanted[start : start + FEW]))
            .where(col(Report.as_of).in_(days), col(Report.recorded_at) <= known_at)
            .order_by(col(Report.recorded_at), col(Report.id))
        )
        found |= {(target_id, as_of): number for target_id, as_of, number in session.exec(reports) if number}
    return found


def newest_revisions(
    session: Session, target_ids: Collection[int], days: Collection[date], known_at: datetime
) -> dict[tuple[int, date], Report]:
    """The same for a few targets, the whole revision."""
    found: dict[tuple[int, date], Report] = {}
    wanted = sorted(set(target_ids))
    for start in range(0, len(wanted), FEW):
        reports = select(Report).where(
            col(Report.target_id).in_(wanted[start : start + FEW]),
            col(Report.as_of).in_(days),
            col(Report.recorded_at) <= known_at,
        )
        ordered = reports.order_by(col(Report.recorded_at), col(Report.id))
        found |= {(report.target_id, report.as_of): report for report in session.exec(ordered)}
    return found


def taken_back(
    session: Session, scheme_id: int, days: Collection[date], known_at: datetime
) -> dict[tuple[int, date], Report]:
    """The last number that was there of every target and day whose number is taken back."""
    without = (
        select(Report.target_id)
        .join(Target, col(Target.id) == Report.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(Indicator.scheme_id == scheme_id, col(Report.as_of).in_(days), col(Report.value).is_(None))
    )
    targets = set(session.exec(without))
    last: dict[tuple[int, date], Report] = {}
    for start in range(0, len(targets), FEW):
        reports = select(Report).where(
            col(Report.target_id).in_(sorted(targets)[start : start + FEW]),
            col(Report.as_of).in_(days),
            col(Report.recorded_at) <= known_at,
            col(Report.value).is_not(None),
        )
        ordered = reports.order_by(col(Report.recorded_at), col(Report.id))
        last |= {(report.target_id, report.as_of): report for report in session.exec(ordered)}
    newest = newest_revisions(session, targets, days, known_at)
    return {key: report for key, report in last.items() if newest[key].value is None}


def said_by(
    session: Session, source_id: int, days: Collection[date], known_at: datetime
) -> dict[tuple[int, date], Report]:
    """What a source itself said last of these days, by (target id, day), whatever others said since."""
    found = session.exec(
        select(Report)
        .where(Report.source_id == source_id, col(Report.as_of).in_(days), col(Report.recorded_at) <= known_at)
        .order_by(col(Report.recorded_at), col(Report.id))
    )
    return {(report.target_id, report.as_of): report for report in found}


def revisions(session: Session, target_id: int, known_at: datetime) -> list[Report]:
    """Everything ever reported for a target, the newest day first and its newest revision first."""
    return list(
        session.exec(
            select(Report)
            .where(Report.target_id == target_id, col(Report.recorded_at) <= known_at)
            .order_by(col(Report.as_of).desc(), col(Report.recorded_at).desc(), col(Report.id).desc())
        )
    )


def _is_newest_revision(known_at: datetime) -> ColumnElement[bool]:
    newer = aliased(Report)
    return ~exists().where(
        col(newer.target_id) == Report.target_id,
        col(newer.as_of) == Report.as_of,
        col(newer.recorded_at) <= known_at,
        or_(
            col(newer.recorded_at) > Report.recorded_at,
            and_(col(newer.recorded_at) == Report.recorded_at, col(newer.id) > Report.id),
        ),
    )
