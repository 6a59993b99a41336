"""Messages to look at: all of them, those that wait and why, and those that reached nobody."""

from sqlmodel import Session, col, func, select

from diaodu.rules.routing import DeliveryReason, DeliveryState
from models.delivery import Delivery

WAITING = (DeliveryState.PENDING, DeliveryState.CLAIMED)
FAILED = (DeliveryState.FAILED,)


def deliveries(session: Session, states: tuple[DeliveryState, ...] = tuple(DeliveryState)) -> list[Delivery]:
    """Every message in these states, the newest first."""
    return list(session.exec(select(Delivery).where(col(Delivery.state).in_(states)).order_by(col(Delivery.id).desc())))


def unreached(session: Session) -> int:
    """How many messages reached nobody by any channel, and were not sent again."""
    lost = select(func.count()).select_from(Delivery).where(Delivery.reason == DeliveryReason.NOBODY)
    return session.exec(lost.where(Delivery.state == DeliveryState.FAILED)).one()
