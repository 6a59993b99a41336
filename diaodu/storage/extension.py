"""Requests to move milestones, as rows."""

from datetime import datetime

from sqlmodel import Session, col, select

from diaodu.rules.extension import ExtensionState
from models.extension import Extension
from models.indicator import Indicator
from models.target import Target


def extensions(session: Session, scheme_id: int, known_at: datetime) -> list[Extension]:
    """Every request made by a moment, oldest first."""
    return list(
        session.exec(
            select(Extension)
            .join(Target, col(Target.id) == Extension.target_id)
            .join(Indicator, col(Indicator.id) == Target.indicator_id)
            .where(Indicator.scheme_id == scheme_id, Extension.requested_at <= known_at)
            .order_by(col(Extension.id))
        )
    )


def extension(session: Session, scheme_id: int, number: int) -> Extension | None:
    """One request of a scheme."""
    return session.exec(
        select(Extension)
        .join(Target, col(Target.id) == Extension.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(Indicator.scheme_id == scheme_id, Extension.id == number)
    ).first()


def is_pending(session: Session, target_id: int, name: str) -> bool:
    """Whether a request for this milestone awaits its decision."""
    waiting = select(Extension.id).where(
        Extension.target_id == target_id, Extension.name == name, Extension.state == ExtensionState.REQUESTED
    )
    return session.exec(waiting).first() is not None


def moves(session: Session, target_id: int, known_at: datetime) -> dict[str, int]:
    """How often each milestone of a target was moved, by name."""
    approved = session.exec(
        select(Extension.name).where(
            Extension.target_id == target_id,
            Extension.state == ExtensionState.APPROVED,
            col(Extension.decided_at) <= known_at,
        )
    )
    counts: dict[str, int] = {}
    for name in approved:
        counts[name] = counts.get(name, 0) + 1
    return counts
