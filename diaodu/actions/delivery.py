"""再发: a message that reached nobody is sent again by hand, once its address has been put right."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from diaodu.language import _
from diaodu.rules.routing import DeliveryReason, DeliveryState, Reach, route
from diaodu.storage import delivery as store
from diaodu.storage.audit import record
from diaodu.storage.digest import members
from models.delivery import Delivery
from notifications.letter import letter
from notifications.message import Words


class CannotResend(Exception):
    """Why not, in the office's words."""


def resend(
    session: Session, ids: Sequence[int], ways: Sequence[tuple[str, Reach]], actor: str, at: datetime
) -> list[Delivery]:
    """New messages in the place of failed ones, by the first way that reaches the person today; all or none.

    Raises CannotResend.
    """
    return [_again(session, number, ways, actor, at) for number in dict.fromkeys(ids)]


def _again(session: Session, number: int, ways: Sequence[tuple[str, Reach]], actor: str, at: datetime) -> Delivery:
    failed = session.get(Delivery, number, with_for_update=True)
    if failed is None:
        raise CannotResend(_("没有编号为 {id} 的消息。").format(id=number))
    if failed.state is not DeliveryState.FAILED or failed.reason is not DeliveryReason.NOBODY:
        raise CannotResend(_("消息 {id} 不是无处可达的，不必再发。").format(id=number))
    if members(session, failed):
        raise CannotResend(_("消息 {id} 是汇总；请再发其中的各条。").format(id=number))
    way = route(store.recipient_of(session, failed), ways)
    if way is None:
        raise CannotResend(_("消息 {id} 的收件人现在仍无处可达；请先在计划的联系人里改正地址。").format(id=number))
    words = Words(failed.subject, failed.text, failed.html)
    again = letter(secrets.token_hex(16), way, words, at, failed.notice_id, failed.id)
    session.add(again)
    failed.reason = DeliveryReason.FELL_BACK
    session.add(failed)
    session.flush()
    record(session, actor, "delivery.resend", str(number), {"by": way.channel, "to": way.address, "as": again.id}, at)
    return again
