"""The days of single units that differ from everybody's."""

from sqlmodel import Session, col, select

from models.closure import Closure
from models.unit import Unit


def closures(session: Session, scheme_id: int) -> list[Closure]:
    """Every day of every unit of a scheme, by unit and day."""
    own = select(Closure).join(Unit, col(Unit.id) == Closure.unit_id).where(Unit.scheme_id == scheme_id)
    return list(session.exec(own.order_by(col(Closure.unit_id), col(Closure.day))))
