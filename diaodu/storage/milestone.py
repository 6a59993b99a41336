"""The dated steps of targets: of the revisions known, the one recorded last is in force, whole."""

from datetime import datetime

from sqlalchemy import ScalarSelect
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from diaodu.storage.in_force import Owner
from models.indicator import Indicator
from models.milestone import Milestone
from models.target import Target


def revision_in_force(target_id: Owner, known_at: datetime) -> ScalarSelect[int]:
    """The number of a target's revision in force, as a subquery."""
    known = aliased(Milestone)
    return (
        select(known.revision)
        .where(known.target_id == target_id, known.recorded_at <= known_at)
        .order_by(col(known.recorded_at).desc(), col(known.revision).desc())
        .limit(1)
        .scalar_subquery()
    )


def milestones_in_force(session: Session, scheme_id: int, known_at: datetime) -> dict[int, list[Milestone]]:
    """The milestones of every target that has any, by target id, in order of due day and position."""
    found = session.exec(
        select(Milestone)
        .join(Target, col(Target.id) == Milestone.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(
            Indicator.scheme_id == scheme_id,
            col(Milestone.revision) == revision_in_force(col(Target.id), known_at),
        )
        .order_by(col(Milestone.target_id), col(Milestone.due), col(Milestone.position))
    )
    milestones: dict[int, list[Milestone]] = {}
    for milestone in found:
        milestones.setdefault(milestone.target_id, []).append(milestone)
    return milestones
