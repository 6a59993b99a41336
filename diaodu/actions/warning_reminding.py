"""督促办理: who hears today of warnings that wait, each reader once, from the one whose move it is up to the office."""

import logging
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from diaodu.actions.directory import directory
from diaodu.actions.notice import Issuer, contact, in_words, recipient
from diaodu.actions.reporting_line import ReportingLine, Told
from diaodu.actions.warning_line import Lines
from diaodu.clock import office_day
from diaodu.rules.access import Role
from diaodu.rules.duty import STANDARD
from diaodu.rules.level import Policy
from diaodu.rules.obligation import level_of
from diaodu.rules.reminder import Leg, NotALadder, Rung, Step, due_rungs, read_ladder
from diaodu.rules.routing import Recipient, routes
from diaodu.rules.warning_leg import OFFICE_LEGS, Waiting, ladder_of, waiting
from diaodu.rules.workday import ONE_DAY
from diaodu.storage import warning_waiting as store
from diaodu.storage.person import people
from diaodu.storage.warning_waiting import Open, Taken
from models.person import Person
from notifications.letter import letter

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Due:
    """A warning that waits, and the steps of its ladder whose day has come."""

    open: Open
    waits: Waiting
    steps: tuple[Step, ...]


@dataclass(slots=True)
class Mail:
    """What one reader is told: what is theirs to do, and what others below them have not done."""

    person: Person | None
    unit_id: int | None
    own: dict[int, str] = field(default_factory=dict)
    others: dict[int, str] = field(default_factory=dict)


def remind_of_warnings(session: Session, issuer: Issuer, policy: Policy | None) -> int:
    """Take every step that has come by the issuer's moment, none on a rest day; how many messages that made."""
    try:
        ladder = (*read_ladder(issuer.scheme.reminders), *read_ladder(issuer.scheme.escalations))
    except NotALadder as wrong:  # collecting reports it to the office by the same name
        log.error("scheme %s reminds nobody: %s", issuer.scheme_id, wrong)
        return 0
    opened = [one for one in store.open_warnings(session, issuer.scheme_id) if one.since <= issuer.at]
    come = due_now(issuer, ladder, opened, store.reminded(session, issuer.scheme_id), policy)
    if not come:
        return 0
    today = office_day(issuer.at)
    names = directory(session, issuer.scheme_id, today, issuer.at)
    crowd = people(session, issuer.scheme_id)
    line, words = ReportingLine(crowd, names.units), Lines(names, policy, issuer.workdays, today)
    mails: dict[tuple[int | None, int | None], Mail] = {}
    rows: list[dict[str, Any]] = []
    for due in come:
        for step in due.steps:
            told = _told(line, crowd, due, step)
            rows.append(_row(issuer, due, step, told))
            for mail in _mails(mails, told):
                is_own = step.rung.to is Role.REPORTER or due.waits.leg in OFFICE_LEGS
                (mail.own if is_own else mail.others)[due.open.warning.id or 0] = words.line(due.open, due.waits)
    store.add(session, rows)
    for mail in mails.values():
        _send(session, issuer, crowd, names.codes, mail)
    return len(mails)


def due_now(
    issuer: Issuer,
    ladder: Iterable[Rung],
    opened: Iterable[Open],
    taken: Iterable[Taken],
    policy: Policy | None = None,
) -> list[Due]:
    """Every open warning's steps that have come and were not taken."""
    told: dict[tuple[int, str, date], set[tuple[Role, date]]] = defaultdict(set)
    for row in taken:
        told[row.warning_id, row.leg, row.due].add((row.to_role, row.planned_on))
    found, unit_ladder, today = [], tuple(ladder), office_day(issuer.at)
    for one in opened:
        w = one.warning
        since = office_day(one.since)
        rules = policy.for_units if policy and w.unit_id is not None else policy
        level = level_of(rules, w.level) if rules and rules.code == w.rule else None
        terms = level.duty.terms if level else STANDARD
        days = (w.reply_due, w.rectify_by, w.postponed_until)
        waits = waiting(w.state, since, *days, issuer.workdays, terms, w.rectify_due)
        if waits is None:
            continue
        taken_steps = told[w.id or 0, waits.leg, waits.due]
        rungs = ladder_of(waits.leg, unit_ladder)
        steps = due_rungs(rungs, waits.due, since + ONE_DAY, today, taken_steps, issuer.workdays)
        if steps:
            found.append(Due(one, waits, tuple(steps)))
    return found


def _told(line: ReportingLine, crowd: list[Person], due: Due, step: Step) -> Told:
    if step.rung.to is Role.OFFICE:
        return Told(None, Role.OFFICE, tuple(person for person in crowd if person.unit_id is None))
    if step.rung.to is Role.REPORTER:
        return line.own(due.open.unit_id, Leg.UNIT)
    return line.above(due.open.unit_id, step.rung)


def _mails(mails: dict[tuple[int | None, int | None], Mail], told: Told) -> list[Mail]:
    """The reader's one message each; a unit or office without people is a reader itself."""
    readers: list[Person | None] = list(told.people) or [None]
    return [
        mails.setdefault((told.unit_id, reader.id if reader else None), Mail(reader, told.unit_id))
        for reader in readers
    ]


def _row(issuer: Issuer, due: Due, step: Step, told: Told) -> dict[str, Any]:
    return {
        "warning_id": due.open.warning.id,
        "leg": due.waits.leg,
        "due": due.waits.due,
        "to_role": step.rung.to,
        "told_unit_id": told.unit_id,
        "offset": step.offset,
        "planned_on": step.planned_on,
        "recorded_at": issuer.at,
    }


def _send(session: Session, issuer: Issuer, crowd: list[Person], codes: Mapping[int, str], mail: Mail) -> None:
    """What is theirs to do is not told them a second time as what others have not done."""
    code = None if mail.unit_id is None else codes[mail.unit_id]
    others = [words for number, words in mail.others.items() if number not in mail.own]
    facts = {"own": list(mail.own.values()), "others": others, "scheme": issuer.scheme.name}
    signed = {"issuer": issuer.scheme.issuer, "contact": contact(crowd, issuer.scheme.issuer)}
    words = in_words(issuer.templates, "warnings/reminder", day=office_day(issuer.at), **signed, **facts)
    staff: list[Recipient] = [] if mail.person is None else [recipient(mail.person, code)]
    about = secrets.token_hex(16)
    session.add_all(letter(about, way, words, issuer.at, None) for way in routes(staff, code, issuer.ways))
