"""迟报: by how many working days the numbers of a judged day came after their deadlines."""

from datetime import datetime

from sqlmodel import Session

from diaodu.actions.assess import Assessment
from diaodu.actions.reminding import calendars
from diaodu.clock import office_day
from diaodu.rules.request import Timeliness, timeliness
from diaodu.storage.submission import first_came


def late(session: Session, scheme_id: int, assessment: Assessment, known_at: datetime) -> dict[int, int]:
    """Working days on the unit's own calendar, by target id; what came in time, or not yet, is not among them.

    Each target's newest period counts, and of several rounds about one day the one that was kept worst.
    """
    days = dict(assessment.frame.select("target_id", "required_as_of").iter_rows())
    calendar_of = calendars(session, scheme_id, assessment.workdays)
    found: dict[int, int] = {}
    for one in first_came(session, scheme_id, {day for day in days.values() if day is not None}, known_at):
        kept = timeliness(one.due, office_day(one.at), calendar_of(one.unit_id))
        if days.get(one.target_id) == one.as_of and kept.timeliness is Timeliness.LATE:
            found[one.target_id] = max(kept.workdays_late, found.get(one.target_id, 0))
    return found
