"""退回: a number goes out of force until a new one comes, and the person who can mend it hears why."""

import secrets
from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session

from diaodu.actions.directory import Directory
from diaodu.actions.notice import Issuer, contact, in_words, recipient
from diaodu.actions.reporting_line import ReportingLine
from diaodu.clock import office_day
from diaodu.rules import phrase
from diaodu.rules.reminder import Leg
from diaodu.rules.review import Asked
from diaodu.rules.routing import routes
from diaodu.storage.person import people
from diaodu.storage.plan import append
from diaodu.storage.report import newest_revisions
from diaodu.storage.review import Found
from models.report import Report
from notifications.letter import letter


def take_back(session: Session, returned: Sequence[Found], asked: Asked) -> None:
    """A revision without a value for every number that is in force: missing, and never zero."""
    numbers = {(one.request.target_id, one.as_of) for one in returned}
    newest = newest_revisions(session, [target for target, _ in numbers], {day for _, day in numbers}, asked.at)
    reason = (asked.reason or "").strip()
    rows = [
        {
            "target_id": target_id,
            "as_of": as_of,
            "value": None,
            "source_id": None,
            "origin": f"退回：{reason}",
            "recorded_by": asked.actor.name.strip(),
            "recorded_at": asked.at,
        }
        for target_id, as_of in sorted(numbers)
        if (before := newest.get((target_id, as_of))) is not None and before.value is not None
    ]
    append(session, Report, rows)


def hear(session: Session, issuer: Issuer, names: Directory, returned: Sequence[Found], reason: str) -> None:
    """One message to each unit's reporters, listing what came back; its reminders begin anew by themselves."""
    crowd = people(session, issuer.scheme_id)
    line = ReportingLine(crowd, names.units)
    units: dict[int, list[Found]] = defaultdict(list)
    for one in returned:
        units[one.request.unit_id].append(one)
    today = office_day(issuer.at)
    for unit_id, listed in sorted(units.items()):
        told, code = line.own(unit_id, Leg.UNIT), names.codes[unit_id]
        numbers = dict.fromkeys((one.as_of, one.indicator_id) for one in listed)
        words = in_words(
            issuer.templates,
            "notices/returned",
            unit=names.unit(unit_id),
            reason=reason,
            lines=[f"截至{phrase.day(day, today)}的{names.indicator(indicator)}" for day, indicator in numbers],
            contact=contact(crowd, issuer.scheme.issuer),
            issuer=issuer.scheme.issuer,
            scheme=issuer.scheme.name,
            day=today,
        )
        about = secrets.token_hex(16)
        ways = routes([recipient(person, code) for person in told.people], code, issuer.ways)
        session.add_all(letter(about, way, words, issuer.at, None) for way in ways)
