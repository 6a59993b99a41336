"""Who is assessed, and what they are called as of a day."""

from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from diaodu.storage.in_force import AS_OF, KNOWN_AT, SCHEME_ID, is_in_force
from models.unit import Unit
from models.unit_version import UnitVersion


def unit_ids(session: Session, scheme_id: int) -> dict[str, int]:
    """Ids of a scheme's units by code."""
    found = session.exec(select(Unit.code, Unit.id).where(Unit.scheme_id == scheme_id))
    return {code: unit_id for code, unit_id in found if unit_id is not None}


def units_in_force(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> list[UnitVersion]:
    """Every unit as it stands, in the order of the plan."""
    about = {"scheme_id": scheme_id, "as_of": as_of, "known_at": known_at}
    return list(session.execute(_units_in_force(), about).scalars())


@cache
def _units_in_force() -> sa.Select[Any]:
    return (
        sa.select(UnitVersion)
        .join(Unit, is_in_force(UnitVersion, col(Unit.id), AS_OF, KNOWN_AT))
        .where(col(Unit.scheme_id) == SCHEME_ID)
        .order_by(col(UnitVersion.position), col(UnitVersion.unit_id))
    )
