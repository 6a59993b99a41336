"""Interviews and visits that levels obliged to: what they are about, when and where, and which are still to be held."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from diaodu.rules.meeting import MeetingKind
from diaodu.rules.warning import WarningState
from models.lag_warning import LagWarning
from models.meeting import Meeting
from models.meeting_setting import MeetingSetting
from models.planned_meeting import PlannedMeeting
from models.planned_meeting_warning import PlannedMeetingWarning
from models.unit import Unit

SPARED = frozenset({WarningState.WITHDRAWN, WarningState.EXEMPTED})
"""States of a warning in which nobody is talked to about it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting to be held, the warnings it is still about, and when and where once that is set."""

    meeting: PlannedMeeting
    warning_ids: tuple[int, ...]
    setting: MeetingSetting | None


def awaited(session: Session, scheme_id: int, known_at: datetime, kind: MeetingKind | None = None) -> list[Planned]:
    """Every planned meeting not held by a moment, the first due first; none that no warning wants any more."""
    held = select(Meeting.planned_meeting_id).where(
        col(Meeting.planned_meeting_id).is_not(None), Meeting.recorded_at <= known_at
    )
    query = (
        select(PlannedMeeting)
        .join(Unit, col(Unit.id) == PlannedMeeting.unit_id)
        .where(
            Unit.scheme_id == scheme_id,
            PlannedMeeting.planned_at <= known_at,
            col(PlannedMeeting.id).not_in(held),
        )
        .order_by(col(PlannedMeeting.due), col(PlannedMeeting.id))
    )
    if kind is not None:
        query = query.where(PlannedMeeting.kind == kind)
    found = session.exec(query).all()
    about, settings = _about(session, found), _settings(session, found, known_at)
    listed = [Planned(each, tuple(about[each.id or 0]), settings.get(each.id or 0)) for each in found]
    return [each for each in listed if each.warning_ids]


def _about(session: Session, found: Sequence[PlannedMeeting]) -> dict[int, list[int]]:
    about: dict[int, list[int]] = defaultdict(list)
    rows = session.exec(
        select(PlannedMeetingWarning)
        .join(LagWarning, col(LagWarning.id) == PlannedMeetingWarning.warning_id)
        .where(
            col(PlannedMeetingWarning.planned_meeting_id).in_([each.id for each in found]),
            col(LagWarning.state).not_in(SPARED),
        )
        .order_by(col(PlannedMeetingWarning.warning_id))
    )
    for row in rows:
        about[row.planned_meeting_id].append(row.warning_id)
    return about


def _settings(session: Session, found: Sequence[PlannedMeeting], known_at: datetime) -> dict[int, MeetingSetting]:
    rows = session.exec(
        select(MeetingSetting)
        .where(
            col(MeetingSetting.planned_meeting_id).in_([each.id for each in found]),
            MeetingSetting.recorded_at <= known_at,
        )
        .order_by(col(MeetingSetting.id))
    )
    return {row.planned_meeting_id: row for row in rows}


def add(session: Session, meeting: PlannedMeeting, warning_ids: Collection[int]) -> PlannedMeeting:
    """Plan a meeting about these warnings."""
    session.add(meeting)
    session.flush()
    extend(session, meeting, warning_ids)
    return meeting


def extend(session: Session, meeting: PlannedMeeting, warning_ids: Collection[int]) -> None:
    """Let it be about these warnings too."""
    assert meeting.id is not None
    session.add_all(PlannedMeetingWarning(planned_meeting_id=meeting.id, warning_id=number) for number in warning_ids)
    session.flush()
