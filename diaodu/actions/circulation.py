"""分发: readers on the list are sent the edition they may have; when it is withdrawn, those who have it are told."""

import json
import secrets
from collections.abc import Iterator

from sqlmodel import Session

from diaodu.actions.notice import Issuer, contact, in_words, recipient
from diaodu.actions.telling import tell_office
from diaodu.clock import office_day
from diaodu.rules.distribution import called
from diaodu.rules.routing import route
from diaodu.storage import audit
from diaodu.storage import distribution as store
from diaodu.storage.briefing import files_of
from diaodu.storage.person import people
from models.briefing import Briefing
from models.briefing_copy import BriefingCopy
from notifications.letter import letter
from notifications.message import Words

ATTACHED = "pdf"
"""The format that goes with the message: every phone opens it."""


def circulate(session: Session, issuer: Issuer, briefing: Briefing) -> list[BriefingCopy]:
    """Lay a message in the outbox for each copy. Whether its reader may have it is asked again when it leaves."""
    assert briefing.id is not None
    files = {file.edition: file.path for file in files_of(session, briefing.id) if file.format == ATTACHED}
    made = []
    for known, edition in _due(session, briefing):
        if edition not in files:
            continue
        about = recipient(known.person, known.reader.unit)
        way = route(about, issuer.ways)
        delivery = None
        if way is not None:
            words = _words(session, issuer, briefing, "briefings/issue", unit=known.reader.unit, edition=edition)
            delivery = letter(secrets.token_hex(16), way, words, issuer.at, None, attachment=files[edition])
            session.add(delivery)
            session.flush()
        copy = BriefingCopy(
            briefing_id=briefing.id,
            edition=edition,
            person_id=known.reader.person_id,
            delivery_id=delivery.id if delivery else None,
        )
        made.append(copy)
    session.add_all(made)
    session.flush()
    if made:
        readers = {"copies": [f"{copy.edition} {copy.person_id}" for copy in made]}
        audit.record(
            session, briefing.issued_by or "", "briefing.circulate", f"briefing {briefing.id}", readers, issuer.at
        )
    return made


def editions_due(session: Session, briefing: Briefing) -> list[str]:
    """The editions that somebody is to be sent, by what they are called."""
    return list(dict.fromkeys(edition for _known, edition in _due(session, briefing)))


def recall(session: Session, issuer: Issuer, briefing: Briefing, reason: str) -> int:
    """Tell whoever received a copy that it is withdrawn, and why; how many. What has not left never will."""
    told = 0
    for known in _received(session, briefing):
        way = route(recipient(known.person, known.reader.unit), issuer.ways)
        if way is None:
            continue
        words = _words(session, issuer, briefing, "briefings/withdrawal", reason=reason)
        session.add(letter(secrets.token_hex(16), way, words, issuer.at, None))
        told += 1
    session.flush()
    return told


def tell_of_draft(session: Session, issuer: Issuer, briefing: Briefing) -> None:
    """Tell the office that a draft waits to be checked and signed."""
    original = session.get(Briefing, briefing.corrects_id) if briefing.corrects_id else None
    facts = {"as_of": briefing.as_of, "id": briefing.id, "corrects": original.number if original else None}
    tell_office(session, issuer, "briefings/drafted", facts)


def _due(session: Session, briefing: Briefing) -> Iterator[tuple[store.Known, str]]:
    """Each reader with each edition that the list and the rules let them have."""
    listed = store.entries(session, briefing.scheme_id)
    for known in store.readers(session, briefing.scheme_id):
        named = [entry.edition for entry in listed if entry.names(known.reader, briefing.kind)]
        for edition in dict.fromkeys(named):
            name = called(edition, known.reader.unit)
            if store.judged(name, known.reader, listed, briefing) is None:
                yield known, name


def _received(session: Session, briefing: Briefing) -> list[store.Known]:
    """Who was handed a copy, each once."""
    handed = {
        copy.person_id
        for copy, _person, delivery in store.copies(session, briefing.id or 0)
        if delivery is not None and delivery.state in store.HANDED_OVER
    }
    return [known for known in store.readers(session, briefing.scheme_id) if known.reader.person_id in handed]


def _words(session: Session, issuer: Issuer, briefing: Briefing, folder: str, **said: object) -> Words:
    facts = json.loads(briefing.facts)
    crowd = people(session, issuer.scheme_id)
    return in_words(
        issuer.templates,
        folder,
        contact=contact(crowd, issuer.scheme.issuer),
        issuer=issuer.scheme.issuer,
        scheme=facts["scheme"],
        masthead=facts["masthead"],
        number=briefing.number,
        as_of=briefing.as_of,
        correction=facts.get("correction"),
        day=office_day(issuer.at),
        **said,
    )
