"""Interviews and visits as rows, with what was promised at them."""

from datetime import datetime

from sqlmodel import Session, col, select

from diaodu.rules.meeting import MeetingKind
from models.commitment import Commitment
from models.meeting import Meeting
from models.unit import Unit


def meetings(
    session: Session, scheme_id: int, kind: MeetingKind, known_at: datetime
) -> list[tuple[Meeting, list[Commitment]]]:
    """Every meeting of a kind recorded by a moment, in order of day, each with its commitments."""
    found = session.exec(
        select(Meeting)
        .join(Unit, col(Unit.id) == Meeting.unit_id)
        .where(Unit.scheme_id == scheme_id, Meeting.kind == kind, Meeting.recorded_at <= known_at)
        .order_by(col(Meeting.day), col(Meeting.id))
    ).all()
    promised = session.exec(
        select(Commitment)
        .where(col(Commitment.meeting_id).in_([meeting.id for meeting in found]))
        .order_by(col(Commitment.meeting_id), col(Commitment.position))
    ).all()
    return [(meeting, [c for c in promised if c.meeting_id == meeting.id]) for meeting in found]
