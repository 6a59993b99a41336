"""调度会: a meeting is called with its timetable, called off with a reason, and minuted, its promises as milestones."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from diaodu.actions.conference_words import NotCalled, refused
from diaodu.actions.meeting import Talk, record
from diaodu.clock import office_day
from diaodu.language import _
from diaodu.rules.conference import Call, ConferenceRefusal, Preparation, Readiness, readiness, refusal, timetable
from diaodu.rules.meeting import MeetingKind
from diaodu.rules.workday import Workdays
from diaodu.storage import audit, fire
from diaodu.storage import conference as store
from diaodu.storage.holiday import workdays
from models.conference import Conference
from models.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timetable: the step, its last day, how it stands, whose it is, and whether the day may move."""

    step: Preparation
    due: date
    stands: Readiness
    person: str | None
    is_provisional: bool


def call(
    session: Session, scheme_id: int, name: str, place: str, wanted: Call, actor: str, now: datetime
) -> Conference:
    """Call a meeting. Raises NotCalled."""
    fire.lock(session, scheme_id)
    days = workdays(session)
    why = refusal(wanted, office_day(now), days, actor)
    if why is not None:
        close = timetable(wanted.day, max(wanted.lead, 1), days)[Preparation.CLOSE]
        raise refused(why, day=wanted.day, as_of=wanted.as_of, close=close)
    called = Conference(
        scheme_id=scheme_id,
        name=name.strip() or _("调度会"),
        day=wanted.day,
        place=place.strip(),
        as_of=wanted.as_of,
        lead=wanted.lead,
        drafter=wanted.drafter.strip(),
        reviewer=wanted.reviewer.strip(),
        signer=wanted.signer.strip(),
        called_by=actor.strip(),
        called_at=now,
    )
    session.add(called)
    session.flush()
    detail = called.model_dump(include={"name", "day", "as_of", "lead", "drafter", "reviewer", "signer"})
    audit.record(session, actor.strip(), "conference.call", f"conference {called.id}", detail, now)
    return called


def call_off(session: Session, scheme_id: int, number: int, actor: str, reason: str, now: datetime) -> Conference:
    """Call a meeting off; nobody is reminded of it any more. Raises NotCalled."""
    found = _standing(session, scheme_id, number, actor)
    if not reason.strip():
        raise refused(ConferenceRefusal.NO_REASON)
    found.called_off_by, found.called_off_at, found.reason = actor.strip(), now, reason.strip()
    session.add(found)
    session.flush()
    detail = {"reason": found.reason}
    audit.record(session, actor.strip(), "conference.call_off", f"conference {found.id}", detail, now)
    return found


def minute(session: Session, scheme_id: int, number: int, talk: Talk, actor: str, now: datetime) -> Meeting:
    """Record what a unit said and promised there; its promises are milestones. Raises NotCalled and NotRecorded."""
    found = _standing(session, scheme_id, number, actor)
    if office_day(now) < found.day:
        raise refused(ConferenceRefusal.NOT_HELD, day=found.day)
    meeting = record(session, scheme_id, replace(talk, kind=MeetingKind.CONFERENCE, day=found.day), actor, now)
    meeting.conference_id = found.id
    session.add(meeting)
    session.flush()
    return meeting


def lines(session: Session, conference: Conference, today: date, days: Workdays) -> list[Line]:
    """The timetable of a meeting as it stands on a day."""
    planned = timetable(conference.day, conference.lead, days)
    stands = readiness(planned, store.done(session, conference), today)
    people = {
        Preparation.DRAFT: conference.drafter,
        Preparation.APPROVE: conference.reviewer,
        Preparation.OUT: conference.signer,
    }
    return [Line(step, due, stands[step], people.get(step), days.is_provisional(due)) for step, due in planned.items()]


def _standing(session: Session, scheme_id: int, number: int, actor: str) -> Conference:
    fire.lock(session, scheme_id)
    found = store.conference(session, scheme_id, number)
    if found is None:
        raise NotCalled(_("没有编号为 {id} 的调度会。").format(id=number))
    if found.called_off_at is not None:
        raise refused(ConferenceRefusal.CALLED_OFF)
    if not actor.strip():
        raise refused(ConferenceRefusal.NO_NAME)
    return found
