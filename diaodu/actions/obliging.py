"""措施落实: what follows when a unit is told of a level: points are deducted, interviews and visits are planned."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from diaodu.clock import office_day
from diaodu.language import _
from diaodu.rules.deduction import Charge, charged, given_back
from diaodu.rules.duty import TALK_WITHIN
from diaodu.rules.level import Level
from diaodu.rules.meeting import MeetingKind
from diaodu.rules.routing import NoticeKind
from diaodu.rules.workday import Workdays
from diaodu.storage import deduction as deductions
from diaodu.storage import planned_meeting as meetings
from models.deduction import Deduction
from models.planned_meeting import PlannedMeeting

HEAD = _("主要负责人")
"""Who answers for a unit in an interview whose policy names nobody."""


@dataclass(frozen=True, slots=True)
class Given:
    """A warning, whose unit was just told of this level."""

    warning_id: int
    unit_id: int
    level: Level


@dataclass(frozen=True, slots=True)
class Talk:
    """Who is to talk to whom within how many working days."""

    kind: MeetingKind
    hosts: str
    guests: str
    within: int


def oblige(
    session: Session, scheme_id: int, issuer: str, given: Sequence[Given], workdays: Workdays, at: datetime
) -> dict[int, Charge]:
    """Write down all that follows; what each warning costs its unit now, by warning."""
    _plan(session, scheme_id, issuer, given, workdays, at)
    costly = [each for each in given if each.level.duty.points is not None]
    before = deductions.so_far(session, [each.warning_id for each in costly])
    charges = {
        each.warning_id: (each, charge)
        for each in costly
        if (charge := charged(each.level.duty.points, before.get(each.warning_id, []))) is not None
    }
    _charge(session, charges, at)
    return {number: charge for number, (_given, charge) in charges.items()}


def give_back(session: Session, withdrawn: Iterable[Given], at: datetime) -> None:
    """Warnings that were withdrawn cost nothing."""
    every = list(withdrawn)
    before = deductions.so_far(session, [each.warning_id for each in every])
    charges = {
        each.warning_id: (each, charge)
        for each in every
        if (charge := given_back(before.get(each.warning_id, []))) is not None
    }
    _charge(session, charges, at)


def _charge(session: Session, charges: Mapping[int, tuple[Given, Charge]], at: datetime) -> None:
    steps = deductions.last_steps(session, charges)
    session.add_all(
        Deduction(
            unit_id=given.unit_id,
            event_id=steps[number],
            level=given.level.code,
            points=charge.points,
            reason=charge.reason,
            recorded_at=at,
        )
        for number, (given, charge) in charges.items()
    )
    session.flush()


def talks_of(level: Level, issuer: str) -> list[Talk]:
    """The interview and the visit a level obliges to; a 约谈通知书 announces one even where no policy says whose."""
    duty = level.duty
    talks = []
    if duty.interview is not None:
        talks.append(Talk(MeetingKind.INTERVIEW, duty.interview.by, duty.interview.whom, duty.interview.within))
    elif level.notice is NoticeKind.INTERVIEW:
        talks.append(Talk(MeetingKind.INTERVIEW, issuer, HEAD, TALK_WITHIN))
    if duty.visit is not None:
        talks.append(Talk(MeetingKind.VISIT, duty.visit.by, HEAD, duty.visit.within))
    return talks


def _plan(
    session: Session, scheme_id: int, issuer: str, given: Sequence[Given], workdays: Workdays, at: datetime
) -> None:
    """One meeting a unit, hosts and guests; warnings join one that is planned already and not held."""
    wanted: dict[tuple[int, Talk], list[int]] = defaultdict(list)
    for each in given:
        for talk in talks_of(each.level, issuer):
            wanted[each.unit_id, talk].append(each.warning_id)
    if not wanted:
        return
    there = {
        (p.meeting.unit_id, p.meeting.kind, p.meeting.hosts, p.meeting.guests): p
        for p in reversed(meetings.awaited(session, scheme_id, at))
    }
    for (unit_id, talk), warning_ids in wanted.items():
        planned = there.get((unit_id, talk.kind, talk.hosts, talk.guests))
        if planned is not None:
            meetings.extend(session, planned.meeting, set(warning_ids) - set(planned.warning_ids))
            continue
        due = workdays.after(office_day(at), talk.within)
        meeting = PlannedMeeting(
            unit_id=unit_id, kind=talk.kind, hosts=talk.hosts, guests=talk.guests, due=due, planned_at=at
        )
        meetings.add(session, meeting, warning_ids)
