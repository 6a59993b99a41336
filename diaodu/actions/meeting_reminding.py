"""约谈走访催办: the office hears of interviews and visits that are due and not held, on the day and every one after."""

from sqlmodel import Session

from diaodu.actions.directory import directory
from diaodu.actions.notice import Issuer
from diaodu.actions.telling import tell_office
from diaodu.actions.wording import MEETINGS
from diaodu.clock import office_day
from diaodu.language import _
from diaodu.rules import phrase
from diaodu.storage.planned_meeting import awaited


def remind_of_meetings(session: Session, issuer: Issuer) -> int:
    """One message a working day on all that is due; how many meetings it tells of."""
    today = office_day(issuer.at)
    if not issuer.workdays.is_workday(today):
        return 0
    due = [
        planned.meeting
        for planned in awaited(session, issuer.scheme_id, issuer.at)
        if planned.meeting.due <= today and planned.meeting.reminded_on != today
    ]
    if not due:
        return 0
    names = directory(session, issuer.scheme_id, today, issuer.at)
    lines = [
        _("{id}. {unit}：应于{due}前由{hosts}{kind}{guests}").format(
            id=meeting.id,
            unit=names.unit(meeting.unit_id),
            due=phrase.day(meeting.due, today),
            hosts=meeting.hosts,
            kind=MEETINGS[meeting.kind],
            guests=meeting.guests,
        )
        for meeting in due
    ]
    tell_office(session, issuer, "warnings/meeting_due", {"lines": lines})
    for meeting in due:
        meeting.reminded_on = today
        session.add(meeting)
    session.flush()
    return len(due)
