"""Taking reports in from a file: all rows or none, every fault at once, and nothing twice."""

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from diaodu.actions.intake import Intake, indicator_names, unit_names
from diaodu.actions.outcome import Outcome
from diaodu.actions.own_rows import refuse_others
from diaodu.actions.record_report import record_reports
from diaodu.actions.returned_form import returned
from diaodu.actions.revision import newest
from diaodu.actions.taking import close, seen
from diaodu.rules.access import Actor, Role
from diaodu.sources.plan import PlanFile, read_reports
from diaodu.storage.plan import known_versions, lock
from diaodu.storage.scheme import schemes
from models.scheme_version import SchemeVersion
from models.source import Source

ACTION = "report.import"


def import_report(
    session: Session, scheme_id: int, path: Path, actor: str, recorded_at: datetime, at: datetime | None = None
) -> Outcome:
    """Take the reports at `path` as known from `recorded_at` on; `at` is the moment of the act where it differs.

    Raises Faults; then nothing at all was taken.
    """
    return take_reports(session, scheme_id, read_reports(path), actor, recorded_at, at=at)


def take_reports(
    session: Session,
    scheme_id: int,
    file: PlanFile,
    actor: str,
    recorded_at: datetime,
    source_id: int | None = None,
    at: datetime | None = None,
) -> Outcome:
    """The same for reports a source has read."""
    with session.begin_nested():
        lock(session, scheme_id)
        intake = opened(session, scheme_id, file, actor, recorded_at)
        intake.source_id = source_id
        intake.submitter = Actor(file.sender or file.unit, Role.REPORTER, file.unit) if file.unit else None
        if not intake.faults and not file.is_live and seen(intake, ACTION):
            return intake.outcome
        indicators, units = indicator_names(intake), unit_names(intake)
        returned(intake, indicators, units)
        refuse_others(intake, units)
        record_reports(intake, indicators, units)
        close(intake, ACTION, at or recorded_at)
    return intake.outcome


def opened(session: Session, scheme_id: int, file: PlanFile, actor: str, recorded_at: datetime) -> Intake:
    code = next(scheme.code for scheme in schemes(session) if scheme.id == scheme_id)
    latest = newest(known_versions(session, SchemeVersion, scheme_id, recorded_at).get(scheme_id, []))
    starts, ends = (latest.values["starts"], latest.values["ends"]) if latest else (recorded_at.date(),) * 2
    return Intake(session, file, scheme_id, starts, ends, actor, recorded_at, Outcome(code), list(file.faults))


def import_found(session: Session, source: Source, file: PlanFile, actor: str, recorded_at: datetime) -> Outcome:
    """Take one file that a source holds; raises Faults, and then nothing of it was taken."""
    return take_reports(session, source.scheme_id, file, actor, recorded_at, source.id)
