"""What units promised at meetings (承诺事项), as known at a moment."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.commitment import Commitment
from models.indicator import Indicator
from models.meeting import Meeting
from models.target import Target


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment: on which target, what, until when, and the cumulative value in millionths."""

    target_id: int
    name: str
    due: date
    planned: int


def promises(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> list[Promise]:
    """Every commitment made by a day and recorded by a moment, in order of day."""
    found = session.exec(
        select(Commitment)
        .join(Meeting, col(Meeting.id) == Commitment.meeting_id)
        .join(Target, col(Target.id) == Commitment.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(Indicator.scheme_id == scheme_id, Meeting.day <= as_of, Meeting.recorded_at <= known_at)
        .order_by(col(Commitment.due), col(Commitment.id))
    )
    return [Promise(one.target_id, one.name, one.due, one.planned) for one in found]
