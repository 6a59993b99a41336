"""会前催办: whoever's step before a meeting is due hears of it, once a working day until it is done."""

from collections.abc import Sequence

from sqlmodel import Session

from diaodu.actions.conference import Line, lines
from diaodu.actions.conference_words import STEPS
from diaodu.actions.notice import Issuer, contact, in_words, recipient
from diaodu.clock import office_day
from diaodu.rules.conference import Preparation, Readiness
from diaodu.rules.routing import Route, routes
from diaodu.storage import conference as store
from diaodu.storage.delivery import state_of
from diaodu.storage.person import people
from models.conference import Conference
from models.person import Person
from notifications.letter import key_for, letter

PRESSING = frozenset({Readiness.DUE, Readiness.LATE})


def remind_of_conferences(session: Session, issuer: Issuer) -> int:
    """A message on every step that is due or late and that somebody prepares; how many. None on a rest day."""
    today = office_day(issuer.at)
    if not issuer.workdays.is_workday(today):
        return 0
    crowd = people(session, issuer.scheme_id)
    sent = 0
    for conference in store.conferences(session, issuer.scheme_id):
        if conference.called_off_at is not None or conference.day < today:
            continue
        for line in lines(session, conference, today, issuer.workdays):
            if line.stands in PRESSING and line.step is not Preparation.HOLD:
                sent += _tell(session, issuer, crowd, conference, line)
    return sent


def _tell(session: Session, issuer: Issuer, crowd: Sequence[Person], conference: Conference, line: Line) -> int:
    about = f"conference-{conference.id}-{line.step}-{office_day(issuer.at).isoformat()}"
    ways = [way for way in _ways(issuer, crowd, line) if state_of(session, key_for(about, way)) is None]
    if not ways:
        return 0
    words = in_words(
        issuer.templates,
        "conferences/reminder",
        name=conference.name,
        held_on=conference.day,
        as_of=conference.as_of,
        step=STEPS[line.step],
        person=line.person,
        due=line.due,
        late=issuer.workdays.between(line.due, office_day(issuer.at)),
        provisional=line.is_provisional,
        contact=contact(crowd, issuer.scheme.issuer),
        issuer=issuer.scheme.issuer,
        day=office_day(issuer.at),
    )
    session.add_all(letter(about, way, words, issuer.at, None) for way in ways)
    session.flush()
    return 1


def _ways(issuer: Issuer, crowd: Sequence[Person], line: Line) -> list[Route]:
    """To the person named, where they are a contact of the office's; else to the office."""
    staff = [person for person in crowd if person.unit_id is None]
    named = [person for person in staff if person.name == line.person] or staff
    return routes([recipient(person, None) for person in named], None, issuer.ways)
