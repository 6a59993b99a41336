"""Receipts: who read a notice and who signed for it, each once."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, func, select

from diaodu.rules.routing import ReceiptAct
from models.notice_item import NoticeItem
from models.receipt import Receipt


def receive(session: Session, notice_id: int, act: ReceiptAct, person: str, at: datetime) -> bool:
    """Put down that someone read or signed a notice; False when they had done so before."""
    same = select(Receipt).where(Receipt.notice_id == notice_id, Receipt.act == act, Receipt.person == person)
    if session.exec(same).first() is not None:
        return False
    session.add(Receipt(notice_id=notice_id, act=act, person=person, at=at))
    session.flush()
    return True


def receipts(session: Session, notice_ids: Collection[int], by: datetime) -> dict[int, list[Receipt]]:
    """What was read and signed by a moment, first to last, by notice."""
    chosen = select(Receipt).where(col(Receipt.notice_id).in_(notice_ids), Receipt.at <= by).order_by(col(Receipt.id))
    found: dict[int, list[Receipt]] = {}
    for receipt in session.exec(chosen):
        found.setdefault(receipt.notice_id, []).append(receipt)
    return found


def newest_notices(session: Session, warning_ids: Collection[int]) -> list[int]:
    """The last notice that told of each of these warnings: what somebody signs who signs for the warning."""
    newest = (
        select(func.max(NoticeItem.notice_id))
        .where(col(NoticeItem.warning_id).in_(warning_ids))
        .group_by(col(NoticeItem.warning_id))
    )
    return sorted({notice_id for notice_id in session.exec(newest) if notice_id is not None})
