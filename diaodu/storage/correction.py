"""Corrections asked for and decided, and what speaks of the numbers they change."""

from datetime import date

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from diaodu.rules.briefing import OUT
from diaodu.rules.correction import CorrectionState
from models.briefing import Briefing
from models.correction import Correction
from models.indicator import Indicator
from models.lag_warning import LagWarning
from models.notice import Notice
from models.notice_item import NoticeItem
from models.target import Target
from models.verdict import Verdict


def corrections(session: Session, scheme_id: int) -> list[Correction]:
    """All of a scheme, the newest first."""
    return list(session.exec(_of_scheme(scheme_id).order_by(col(Correction.id).desc())))


def find(session: Session, scheme_id: int, number: int) -> Correction | None:
    return session.exec(_of_scheme(scheme_id).where(Correction.id == number)).first()


def is_pending(session: Session, target_id: int, as_of: date) -> bool:
    """Whether one for this number awaits its decision."""
    waiting = (Correction.target_id == target_id, Correction.as_of == as_of)
    asked = select(Correction.id).where(*waiting, Correction.state == CorrectionState.REQUESTED)
    return session.exec(asked).first() is not None


def judged_days(session: Session, scheme_id: int, since: date) -> list[date]:
    """Days from `since` on that the scheme was judged as of, oldest first."""
    days = (
        select(col(Verdict.as_of))
        .join(Target, col(Target.id) == Verdict.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(Indicator.scheme_id == scheme_id, col(Verdict.as_of) >= since)
    )
    return sorted(session.exec(days.distinct()))


def briefings_since(session: Session, scheme_id: int, since: date) -> list[Briefing]:
    """Issued briefings about this day or a later one, first to last."""
    issued = select(Briefing).where(
        Briefing.scheme_id == scheme_id, Briefing.as_of >= since, col(Briefing.state).in_(OUT)
    )
    return list(session.exec(issued.order_by(col(Briefing.id))))


def notices_resting_on(session: Session, target_id: int, as_of: date, value: int) -> list[Notice]:
    """Notices on a target's warnings, or on its unit as a whole, about days judged by this number, first to last."""
    judged = select(col(Verdict.as_of)).where(
        Verdict.target_id == target_id, Verdict.reported_as_of == as_of, Verdict.actual == value
    )
    its_unit = select(Target.unit_id).where(Target.id == target_id).scalar_subquery()
    listed = (
        select(Notice)
        .join(NoticeItem, col(NoticeItem.notice_id) == Notice.id)
        .join(LagWarning, col(LagWarning.id) == NoticeItem.warning_id)
        .where(
            or_(LagWarning.target_id == target_id, LagWarning.unit_id == its_unit),
            col(Notice.as_of).in_(judged),
        )
    )
    return list(session.exec(listed.order_by(col(Notice.id)).distinct()))


def _of_scheme(scheme_id: int) -> SelectOfScalar[Correction]:
    return (
        select(Correction)
        .join(Target, col(Target.id) == Correction.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(Indicator.scheme_id == scheme_id)
    )
