"""Notices: numbered without gaps, listed with the warnings they bring, and the files still to be written."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from diaodu.rules.routing import NoticeKind
from models.notice import Notice
from models.notice_item import NoticeItem
from models.verdict import Verdict
from models.warning_event import WarningEvent


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
    judged = _verdicts(session, [warning_id for _, warning_ids in listed for warning_id in warning_ids])
    session.add_all(
        NoticeItem(notice_id=notice_id, warning_id=warning_id, verdict_id=judged.get(warning_id))
        for notice_id, (_, warning_ids) in zip(ids, listed, strict=True)
        for warning_id in warning_ids
    )
    return ids


def _verdicts(session: Session, warning_ids: Collection[int]) -> dict[int, int | None]:
    """The judgement behind the last step of each warning."""
    steps = select(WarningEvent.warning_id, WarningEvent.verdict_id).where(
        col(WarningEvent.warning_id).in_(warning_ids)
    )
    return dict(session.exec(steps.order_by(col(WarningEvent.position))).all())


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


def mark_written(session: Session, notice_id: int, file: str, digest: str) -> None:
    """The notice's file exists, and its messages may leave."""
    session.exec(update(Notice).where(col(Notice.id) == notice_id).values(file=file, digest=digest))


def issued(session: Session, scheme_id: int, by: datetime) -> list[Notice]:
    """Notices issued by a moment, the newest first."""
    chosen = select(Notice).where(Notice.scheme_id == scheme_id, Notice.issued_at <= by)
    return list(session.exec(chosen.order_by(col(Notice.id).desc())))


def items_of(session: Session, notice_id: int) -> list[NoticeItem]:
    """The warnings a notice lists, each with the judgement it rests on."""
    return list(session.exec(select(NoticeItem).where(NoticeItem.notice_id == notice_id)))


def policy_versions(session: Session, notice_id: int) -> list[int]:
    """The versions of the policy that judged a notice's items."""
    judged = (
        select(col(Verdict.policy_version_id))
        .join(NoticeItem, col(NoticeItem.verdict_id) == Verdict.id)
        .where(NoticeItem.notice_id == notice_id)
    )
    return sorted({version for version in session.exec(judged) if version is not None})
