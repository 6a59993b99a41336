"""A target's milestones in all their revisions, and adding one: whole, after those there are."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.milestone import Milestone

SAID = ("name", "due", "planned", "deliverable", "owner")
"""What a milestone says, besides whose it is, its place and its revision."""


def revisions(session: Session, target_id: int, known_at: datetime) -> list[list[Milestone]]:
    """Every revision known at a moment, the original first, each in order of due day; the last one is in force."""
    found = session.exec(
        select(Milestone)
        .where(Milestone.target_id == target_id, Milestone.recorded_at <= known_at)
        .order_by(
            col(Milestone.recorded_at),
            col(Milestone.revision),
            col(Milestone.due),
            col(Milestone.position),
        )
    )
    by_revision: dict[int, list[Milestone]] = {}
    for milestone in found:
        by_revision.setdefault(milestone.revision, []).append(milestone)
    return list(by_revision.values())


def in_force(session: Session, target_id: int, known_at: datetime) -> list[dict[str, Any]]:
    """What the milestones in force say, in order of due day."""
    known = revisions(session, target_id, known_at)
    return [milestone.model_dump(include=set(SAID)) for milestone in known[-1]] if known else []


def revise(session: Session, target_id: int, steps: Sequence[Mapping[str, Any]], at: datetime) -> int:
    """Add a revision that says this instead; its number."""
    numbers = session.exec(select(Milestone.revision).where(Milestone.target_id == target_id))
    revision = max(numbers, default=0) + 1
    for position, step in enumerate(sorted(steps, key=lambda one: one["due"]), 1):
        session.add(Milestone(target_id=target_id, revision=revision, position=position, recorded_at=at, **step))
    session.flush()
    return revision
