"""Notices: numbered without gaps, listed with the warnings they bring, and the files still to be written."""

from collections.abc import Collection, Sequence

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from diaodu.rules.routing import NoticeKind
from models.notice import Notice
from models.notice_item import NoticeItem


def next_serial(session: Session, scheme_id: int, kind: NoticeKind, year: int) -> int:
    """The next number of its kind and year; gapless where the scheme is locked until the number is used."""
    newest = select(func.max(Notice.serial)).where(
        Notice.scheme_id == scheme_id, Notice.kind == kind, Notice.year == year
    )
    return (session.exec(newest).one() or 0) + 1


def add(session: Session, listed: Sequence[tuple[Notice, Sequence[int]]]) -> list[int]:
    """Store notices, each with the ids of the warnings it lists, and return their ids in the same order."""
    session.add_all(notice for notice, _ in listed)
    session.flush()
    ids = [notice.id for notice, _ in listed if notice.id is not None]
    session.add_all(
        NoticeItem(notice_id=notice_id, warning_id=warning_id)
        for notice_id, (_, warning_ids) in zip(ids, listed, strict=True)
        for warning_id in warning_ids
    )
    return ids


def numbered(session: Session, scheme_id: int, kind: NoticeKind, year: int, serials: Collection[int]) -> dict[int, int]:
    """The ids of notices with these numbers, by the unit they are for."""
    chosen = (Notice.scheme_id == scheme_id, Notice.kind == kind, Notice.year == year, col(Notice.serial).in_(serials))
    return {unit: number for unit, number in session.exec(select(Notice.unit_id, Notice.id).where(*chosen)) if number}


def unwritten(session: Session) -> list[Notice]:
    """Notices whose file does not exist yet, first to last."""
    return list(session.exec(select(Notice).where(col(Notice.file).is_(None)).order_by(col(Notice.id))))


def notices_of_warning(session: Session, warning_id: int) -> list[Notice]:
    """Every notice that listed a warning, first to last."""
    listed = select(Notice).join(NoticeItem, col(NoticeItem.notice_id) == Notice.id)
    return list(session.exec(listed.where(NoticeItem.warning_id == warning_id).order_by(col(Notice.id))))


def mark_written(session: Session, notice: Notice, file: str) -> None:
    """The notice's file exists, and its messages may leave."""
    session.exec(update(Notice).where(col(Notice.id) == notice.id).values(file=file))
