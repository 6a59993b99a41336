"""The policy documents of a scheme: which is in force, and how a new one is added."""

from datetime import date, datetime

from sqlmodel import Session, col, func, select

from diaodu.storage.in_force import version_in_force
from models.policy_version import PolicyVersion


def policy_in_force(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> PolicyVersion | None:
    """The document that judges this day, or None when none was applied."""
    return version_in_force(session, PolicyVersion, scheme_id, as_of, known_at)


def policies(session: Session, scheme_id: int, known_at: datetime) -> list[PolicyVersion]:
    """Every document ever applied, as far as known, the newest first."""
    return list(
        session.exec(
            select(PolicyVersion)
            .where(PolicyVersion.scheme_id == scheme_id, col(PolicyVersion.recorded_at) <= known_at)
            .order_by(col(PolicyVersion.id).desc())
        )
    )


def add_policy(
    session: Session,
    scheme_id: int,
    code: str,
    document: str,
    effective_from: date,
    recorded_at: datetime,
    recorded_by: str,
) -> PolicyVersion:
    """Append a document as the next revision of its scheme."""
    newest = session.exec(select(func.max(PolicyVersion.revision)).where(PolicyVersion.scheme_id == scheme_id)).one()
    version = PolicyVersion(
        scheme_id=scheme_id,
        code=code,
        revision=(newest or 0) + 1,
        document=document,
        effective_from=effective_from,
        recorded_at=recorded_at,
        recorded_by=recorded_by,
    )
    session.add(version)
    session.flush()
    return version
