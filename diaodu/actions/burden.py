"""负担表: what every unit was put to in a week, and telling the office where opening rounds asked for too much."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from diaodu.actions.directory import Directory, directory
from diaodu.actions.notice import Issuer
from diaodu.actions.telling import tell_office
from diaodu.clock import OFFICE_ZONE, office_day
from diaodu.rules.burden import NOTHING, WEEK, Caps, Count, Excess, by_week, monday, new_excess, over, span
from diaodu.storage import burden as store
from models.scheme_version import SchemeVersion


@dataclass(frozen=True, slots=True)
class Week:
    """One unit's week, and whether it is over the scheme's caps."""

    unit_id: int
    unit: str
    unit_name: str
    week: date
    count: Count
    over_requests: bool
    over_messages: bool


def caps_of(scheme: SchemeVersion) -> Caps:
    return Caps(scheme.most_requests, scheme.most_messages)


def burden(session: Session, scheme_id: int, names: Directory, caps: Caps, week: date, weeks: int = 1) -> list[Week]:
    """Every unit in force, in the plan's order, in so many weeks from the Monday `week`, the newest week first."""
    found = by_week(store.put_to(session, scheme_id, *span(week, OFFICE_ZONE, weeks)))
    mondays = [week + n * WEEK for n in reversed(range(weeks))]
    order = [unit_id for unit_id in names.units if unit_id in names.codes]
    return [
        _week(names, caps, unit_id, monday, found.get((unit_id, monday), NOTHING))
        for monday in mondays
        for unit_id in order
    ]


def _week(names: Directory, caps: Caps, unit_id: int, week: date, count: Count) -> Week:
    return Week(unit_id, names.codes[unit_id], names.unit(unit_id), week, count, *over(caps, count))


def asked_this_week(session: Session, scheme_id: int, at: datetime) -> dict[int, Count]:
    """What each unit was asked for in the week of a moment, up to its end."""
    return store.requests(session, scheme_id, *span(monday(office_day(at)), OFFICE_ZONE))


def report_excess(session: Session, issuer: Issuer, before: Mapping[int, Count]) -> list[Excess]:
    """Tell the office which units were taken over the week's cap since `before`; the rounds stay as they are."""
    after = asked_this_week(session, issuer.scheme_id, issuer.at)
    found = new_excess(caps_of(issuer.scheme), before, after)
    if not found:
        return []
    names = directory(session, issuer.scheme_id, office_day(issuer.at), issuer.at)
    lines = [f"{names.unit(one.unit_id)}：本周{one.asked}项，多{one.asked - one.most}项。" for one in found]
    tell_office(session, issuer, "notices/burden", {"most": found[0].most, "lines": lines})
    return found
