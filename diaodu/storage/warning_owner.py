"""Units that answer for warnings which are not their own: those handed over to them (移交)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from diaodu.storage.in_force import is_in_force
from diaodu.storage.subject import owner
from models.lag_warning import LagWarning
from models.target import Target
from models.unit import Unit
from models.unit_version import UnitVersion


@dataclass(frozen=True, slots=True)
class Owner:
    unit_id: int
    code: str
    name: str


def owners_of(session: Session, warning_ids: Sequence[int], on: date, known_at: datetime) -> dict[int, Owner]:
    """Of these warnings, those another unit than the target's answers for, with that unit's name of the day."""
    rows = session.exec(
        select(col(LagWarning.id), col(Unit.id), col(Unit.code), col(UnitVersion.name))
        .join(Target, col(Target.id) == LagWarning.target_id, isouter=True)
        .join(Unit, col(Unit.id) == LagWarning.owner_unit_id)
        .join(UnitVersion, is_in_force(UnitVersion, col(Unit.id), on, known_at))
        .where(col(LagWarning.id).in_(warning_ids), col(Unit.id) != owner(LagWarning))
    )
    return {number or 0: Owner(unit_id or 0, code, name) for number, unit_id, code, name in rows}
