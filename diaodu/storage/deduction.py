"""What warnings have cost their units, and what was given back."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from models.deduction import Deduction
from models.lag_warning import LagWarning
from models.target import Target
from models.unit import Unit
from models.warning_event import WarningEvent

AT_ONCE = 500
"""Warnings named to the database in one statement."""


def so_far(session: Session, warning_ids: Collection[int]) -> dict[int, list[int]]:
    """What each of these warnings has cost until now, step by step (millionths)."""
    found: dict[int, list[int]] = defaultdict(list)
    listed = sorted(warning_ids)
    for start in range(0, len(listed), AT_ONCE):
        rows = session.exec(
            select(WarningEvent.warning_id, Deduction.points)
            .join(WarningEvent, col(WarningEvent.id) == Deduction.event_id)
            .where(col(WarningEvent.warning_id).in_(listed[start : start + AT_ONCE]))
        )
        for warning_id, points in rows:
            found[warning_id].append(points)
    return found


def last_steps(session: Session, warning_ids: Collection[int]) -> dict[int, int]:
    """The id of each warning's last step."""
    found: dict[int, int] = {}
    listed = sorted(warning_ids)
    for start in range(0, len(listed), AT_ONCE):
        newest = (
            select(WarningEvent.warning_id, func.max(WarningEvent.id))
            .where(col(WarningEvent.warning_id).in_(listed[start : start + AT_ONCE]))
            .group_by(col(WarningEvent.warning_id))
        )
        found |= {warning_id: step for warning_id, step in session.exec(newest) if step is not None}
    return found


@dataclass(frozen=True, slots=True)
class Charged:
    """A deduction with the warning it came from and the target that one speaks of; None of a unit as a whole."""

    deduction: Deduction
    warning: LagWarning
    target: Target | None


def deductions(session: Session, scheme_id: int, known_at: datetime) -> list[Charged]:
    """Every deduction recorded by a moment, first to last."""
    rows = session.exec(
        select(Deduction, LagWarning, Target)
        .join(WarningEvent, col(WarningEvent.id) == Deduction.event_id)
        .join(LagWarning, col(LagWarning.id) == WarningEvent.warning_id)
        .join(Target, col(Target.id) == LagWarning.target_id, isouter=True)
        .join(Unit, col(Unit.id) == Deduction.unit_id)
        .where(Unit.scheme_id == scheme_id, Deduction.recorded_at <= known_at)
        .order_by(col(Deduction.id))
    )
    return [Charged(*row) for row in rows]
