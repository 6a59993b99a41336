"""Issuing notices: one a unit and kind, numbered, its words frozen, its messages laid in the outbox."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count

from jinja2.sandbox import SandboxedEnvironment
from sqlmodel import Session

from diaodu.clock import office_day
from diaodu.rules.notice import Body, Item, demand, to_json
from diaodu.rules.routing import NoticeKind, Reach, Recipient, readers, routes
from diaodu.rules.series import number
from diaodu.rules.workday import Workdays
from diaodu.storage import notice as store
from diaodu.storage.person import people
from diaodu.storage.warning_owner import Owner, owners_of
from diaodu.templating import render
from models.delivery import Delivery
from models.notice import Notice
from models.person import Person
from models.scheme_version import SchemeVersion
from notifications.letter import letter
from notifications.message import Words

Ways = Sequence[tuple[str, Reach]]


@dataclass(frozen=True, slots=True)
class Matter:
    """One target a unit is to hear of. `reply_due` None: no answer is owed."""

    unit_id: int
    unit: str  # code
    unit_name: str
    kind: NoticeKind
    item: Item
    reply_due: date | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """In whose name, about which day, at which moment, and by which ways notices leave."""

    scheme_id: int
    scheme: SchemeVersion
    workdays: Workdays
    ways: Ways
    templates: SandboxedEnvironment
    as_of: date
    at: datetime
    run_id: int | None


def issue(
    session: Session, issuer: Issuer, matters: Iterable[Matter], besides: Mapping[int, Sequence[str]] | None = None
) -> list[Body]:
    """One notice for each unit and kind, listing all its matters; the scheme is locked by the caller.

    `besides`, by unit id, are sentences that a chase's messages say after it, and its document does not.
    """
    grouped: dict[tuple[int, NoticeKind], list[Matter]] = defaultdict(list)
    for matter in _answered_for(session, issuer, list(matters)):
        grouped[matter.unit_id, matter.kind].append(matter)
    crowd, serials = people(session, issuer.scheme_id), _serials(session, issuer)
    written = [(_body(issuer, crowd, serials, listed), listed) for listed in grouped.values()]
    notices = [_notice(issuer, body, listed[0].unit_id) for body, listed in written]
    warned = [[m.item.warning_id for m in listed if m.item.warning_id is not None] for _, listed in written]
    ids = store.add(session, list(zip(notices, warned, strict=True)))
    for notice_id, (body, listed) in zip(ids, written, strict=True):
        more = (besides or {}).get(listed[0].unit_id, ())
        session.add_all(_letters(issuer, crowd, listed[0], notice_id, body, more))
    return [body for body, _ in written]


def _answered_for(session: Session, issuer: Issuer, matters: Sequence[Matter]) -> list[Matter]:
    """What was handed over goes to the unit that answers for it now, and says whose it is."""
    warned = [m.item.warning_id for m in matters if m.item.warning_id is not None]
    owners = owners_of(session, warned, office_day(issuer.at), issuer.at)
    return [_handed_over(m, owners.get(m.item.warning_id or 0)) for m in matters]


def _handed_over(matter: Matter, owner: Owner | None) -> Matter:
    if owner is None:
        return matter
    item = replace(matter.item, indicator=f"{matter.unit_name}{matter.item.indicator}")
    return replace(matter, unit_id=owner.unit_id, unit=owner.code, unit_name=owner.name, item=item)


def _serials(session: Session, issuer: Issuer) -> dict[NoticeKind, Iterator[int]]:
    """The next numbers of each kind in the year of the issue."""
    year = office_day(issuer.at).year
    return {kind: count(store.next_serial(session, issuer.scheme_id, kind, year)) for kind in NoticeKind}


def _body(
    issuer: Issuer, crowd: Sequence[Person], serials: Mapping[NoticeKind, Iterator[int]], listed: Sequence[Matter]
) -> Body:
    first, day = listed[0], office_day(issuer.at)
    serial = next(serials[first.kind])
    due = min((m.reply_due for m in listed if m.reply_due is not None), default=None)
    provisional = due is not None and issuer.workdays.is_provisional(due)
    return Body(
        kind=first.kind,
        serial=serial,
        number=number(issuer.scheme.number_prefix, first.kind, day.year, serial),
        issuer=issuer.scheme.issuer,
        unit=first.unit_name,
        as_of=issuer.as_of.isoformat(),
        day=day.isoformat(),
        demand=demand(first.kind, due, provisional),
        contact=contact(crowd, issuer.scheme.issuer),
        items=tuple(m.item for m in listed),
        reply_due=due.isoformat() if due else None,
        provisional=provisional,
    )


def _notice(issuer: Issuer, body: Body, unit_id: int) -> Notice:
    return Notice(
        scheme_id=issuer.scheme_id,
        unit_id=unit_id,
        run_id=issuer.run_id,
        kind=body.kind,
        year=office_day(issuer.at).year,
        serial=body.serial,
        number=body.number,
        as_of=issuer.as_of,
        reply_due=date.fromisoformat(body.reply_due) if body.reply_due else None,
        body=to_json(body),
        issued_at=issuer.at,
    )


def _letters(
    issuer: Issuer, crowd: Sequence[Person], to: Matter, notice_id: int, body: Body, besides: Sequence[str]
) -> list[Delivery]:
    folder = "notices/chase" if body.kind is NoticeKind.CHASE else "warnings/notice"
    words = in_words(issuer.templates, folder, body=body, besides=besides)
    staff = [recipient(p, to.unit) for p in crowd if p.unit_id == to.unit_id]
    about = secrets.token_hex(16)
    ways = routes(readers(body.kind, staff), to.unit, issuer.ways)
    return [letter(about, way, words, issuer.at, notice_id) for way in ways]


def tell_office(session: Session, issuer: Issuer, **facts: object) -> None:
    """One message to the office's own people on what a run did and what awaits their decision."""
    staff = [recipient(p, None) for p in people(session, issuer.scheme_id) if p.unit_id is None]
    words = in_words(issuer.templates, "warnings/office", as_of=issuer.as_of, scheme=issuer.scheme.name, **facts)
    about = secrets.token_hex(16)
    for way in routes(staff, None, issuer.ways):
        session.add(letter(about, way, words, issuer.at, None))


def in_words(templates: SandboxedEnvironment, folder: str, **facts: object) -> Words:
    """Subject on one line, text and HTML of one kind of message."""
    subject = " ".join(render(templates, f"{folder}/subject.txt", **facts).split())
    text, html = (render(templates, f"{folder}/{name}", **facts) for name in ("text.txt", "message.html"))
    return Words(subject, text, html)


def recipient(person: Person, unit: str | None) -> Recipient:
    """A person as channels see them; `unit` is the code of theirs."""
    return Recipient(person.id, person.role, unit, person.mail, person.webhook, person.phone, person.wecom)


def contact(crowd: Sequence[Person], issuer: str) -> str:
    """The office's first person who can be asked."""
    asked = next((p for p in crowd if p.unit_id is None and (p.phone or p.mail)), None)
    return f"{asked.name}，{asked.phone or asked.mail}" if asked else issuer
