"""What is measured, and what it means as of a day."""

from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from diaodu.storage.in_force import AS_OF, KNOWN_AT, SCHEME_ID, is_in_force
from models.definition import Definition
from models.indicator import Indicator


def indicator_ids(session: Session, scheme_id: int) -> dict[str, int]:
    """Ids of a scheme's indicators by code."""
    found = session.exec(select(Indicator.code, Indicator.id).where(Indicator.scheme_id == scheme_id))
    return {code: indicator_id for code, indicator_id in found if indicator_id is not None}


def definitions_in_force(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> list[Definition]:
    """Every indicator's definition as it stands, in the order of the plan."""
    about = {"scheme_id": scheme_id, "as_of": as_of, "known_at": known_at}
    return list(session.execute(_definitions_in_force(), about).scalars())


@cache
def _definitions_in_force() -> sa.Select[Any]:
    return (
        sa.select(Definition)
        .join(Indicator, is_in_force(Definition, col(Indicator.id), AS_OF, KNOWN_AT))
        .where(col(Indicator.scheme_id) == SCHEME_ID)
        .order_by(col(Definition.position), col(Definition.indicator_id))
    )
