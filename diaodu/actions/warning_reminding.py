"""督促办理: who hears today of warnings that wait, each reader once, from the one whose move it is up to the office."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from diaodu.actions.directory import directory
from diaodu.actions.notice import Issuer
from diaodu.actions.reporting_line import ReportingLine, Told
from diaodu.actions.warning_line import Lines
from diaodu.actions.warning_post import Post, Posted
from diaodu.clock import office_day
from diaodu.rules.access import Role
from diaodu.rules.duty import STANDARD
from diaodu.rules.level import Policy
from diaodu.rules.obligation import level_of
from diaodu.rules.reminder import Leg, NotALadder, Rung, Step, read_ladder
from diaodu.rules.warning_leg import (
    OFFICE_LEGS,
    Reached,
    Waiting,
    WarningLeg,
    is_plain,
    ladder_of,
    reached_by,
    steps_come,
    waiting,
)
from diaodu.storage import warning_waiting as store
from diaodu.storage.person import people
from diaodu.storage.warning_waiting import Open
from models.person import Person
from models.warning_reminder import WarningReminder

log = logging.getLogger(__name__)
Taken = Mapping[tuple[int, WarningLeg], WarningReminder]


@dataclass(frozen=True, slots=True)
class Due:
    """A warning that waits, and the steps of its ladder whose day has come."""

    open: Open
    waits: Waiting
    steps: tuple[Step, ...]


def remind_of_warnings(session: Session, issuer: Issuer, policy: Policy | None) -> Posted:
    """Take every step that has come by the issuer's moment, none on a rest day."""
    try:
        ladder = (*read_ladder(issuer.scheme.reminders), *read_ladder(issuer.scheme.escalations))
    except NotALadder as wrong:  # collecting reports it to the office by the same name
        log.error("scheme %s reminds nobody: %s", issuer.scheme_id, wrong)
        return Posted()
    opened = [one for one in store.open_warnings(session, issuer.scheme_id) if one.since <= issuer.at]
    taken = store.reminders(session, issuer.scheme_id)
    come = due_now(issuer, ladder, opened, taken, policy)
    if not come:
        return Posted()
    posted = _post(session, issuer, policy, come)
    session.add_all(_reminder(issuer, due, taken, posted) for due in come)
    return posted


def due_now(
    issuer: Issuer, ladder: Iterable[Rung], opened: Iterable[Open], taken: Taken, policy: Policy | None = None
) -> list[Due]:
    """Every open warning's steps that have come and were not taken."""
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
        reached = _reached(taken.get((w.id or 0, waits.leg)))
        steps = steps_come(ladder_of(waits.leg, unit_ladder), waits, today, reached, issuer.workdays)
        if steps:
            found.append(Due(one, waits, steps))
    return found


def _post(session: Session, issuer: Issuer, policy: Policy | None, come: Sequence[Due]) -> Posted:
    today = office_day(issuer.at)
    names = directory(session, issuer.scheme_id, today, issuer.at)
    crowd = people(session, issuer.scheme_id)
    line, words = ReportingLine(crowd, names.units), Lines(names, policy, issuer.workdays, today)
    post = Post(session, issuer, names, crowd)
    for due in come:
        said = words.line(due.open, due.waits)
        for rung in dict.fromkeys(step.rung for step in due.steps):
            is_own = rung.to is Role.REPORTER or due.waits.leg in OFFICE_LEGS
            post.tell(_told(line, crowd, due, rung), due.open.warning.id or 0, said, is_own)
    return post.send()


def _told(line: ReportingLine, crowd: list[Person], due: Due, rung: Rung) -> Told:
    if rung.to is Role.OFFICE:
        return Told(None, Role.OFFICE, tuple(person for person in crowd if person.unit_id is None))
    if rung.to is Role.REPORTER:
        return line.own(due.open.unit_id, Leg.UNIT)
    return line.above(due.open.unit_id, rung)


def _reached(row: WarningReminder | None) -> Reached | None:
    return None if row is None else Reached(row.planned_on, row.held_since)


def _reminder(issuer: Issuer, due: Due, taken: Taken, posted: Posted) -> WarningReminder:
    """The leg's row, where its ladder stands now."""
    number, leg = due.open.warning.id or 0, due.waits.leg
    before = taken.get((number, leg))
    are_held = number in posted.waiting
    reached = reached_by(due.steps, _reached(before), are_held)
    row = before or WarningReminder(
        warning_id=number, leg=leg, due=due.waits.due, planned_on=reached.planned_on, times=0, recorded_at=issuer.at
    )
    row.due, row.planned_on, row.held_since = due.waits.due, reached.planned_on, reached.held_since
    if not are_held or not all(is_plain(step) for step in due.steps):
        row.times, row.recorded_at = row.times + 1, issuer.at
    return row
