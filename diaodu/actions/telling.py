"""Plain messages: to a unit's own people on what it is asked for, and to the office on what it ought to know."""

import secrets
from collections.abc import Mapping, Sequence

from sqlmodel import Session

from diaodu.actions.directory import Directory
from diaodu.actions.notice import Issuer, contact, in_words, recipient
from diaodu.actions.reporting_line import ReportingLine
from diaodu.clock import office_day
from diaodu.rules.reminder import Leg
from diaodu.rules.routing import routes
from diaodu.storage.person import people
from models.person import Person
from notifications.letter import letter


def tell_unit(
    session: Session,
    issuer: Issuer,
    names: Directory,
    unit_id: int,
    folder: str,
    facts: Mapping[str, object],
    attachment: str | None = None,
) -> str:
    """One message to those whose work a unit's numbers are; what its keys begin with."""
    crowd = people(session, issuer.scheme_id)
    told = ReportingLine(crowd, names.units).own(unit_id, Leg.UNIT)
    return _post(
        session,
        issuer,
        crowd,
        told.people,
        names.codes[unit_id],
        folder,
        {"unit": names.unit(unit_id), **facts},
        attachment,
    )


def tell_people(
    session: Session,
    issuer: Issuer,
    staff: Sequence[Person],
    code: str,
    folder: str,
    facts: Mapping[str, object],
) -> None:
    """One message to some people about what concerns a unit, by its code."""
    _post(session, issuer, people(session, issuer.scheme_id), staff, code, folder, facts, None)


def tell_office(
    session: Session, issuer: Issuer, folder: str, facts: Mapping[str, object], attachment: str | None = None
) -> None:
    """One message to the office's own people."""
    crowd = people(session, issuer.scheme_id)
    staff = [person for person in crowd if person.unit_id is None]
    _post(session, issuer, crowd, staff, None, folder, {"unit": issuer.scheme.issuer, **facts}, attachment)


def _post(
    session: Session,
    issuer: Issuer,
    crowd: Sequence[Person],
    staff: Sequence[Person],
    code: str | None,
    folder: str,
    facts: Mapping[str, object],
    attachment: str | None,
) -> str:
    scheme = issuer.scheme
    signed = {"issuer": scheme.issuer, "scheme": scheme.name, "day": office_day(issuer.at)}
    words = in_words(issuer.templates, folder, contact=contact(crowd, scheme.issuer), **signed, **facts)
    about = secrets.token_hex(16)
    known = [recipient(person, code) for person in staff]
    session.add_all(
        letter(about, way, words, issuer.at, None, attachment=attachment) for way in routes(known, code, issuer.ways)
    )
    return about
