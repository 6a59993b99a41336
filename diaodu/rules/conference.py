"""The clock before a meeting on progress (调度会): what is done by which working day, and whose move it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diaodu.rules.workday import Workdays


class Preparation(StrEnum):
    """The steps, in their order."""

    CLOSE = "close"  # 报送截止
    CHECK = "check"  # 研判
    DRAFT = "draft"  # 拟稿
    APPROVE = "approve"  # 审核
    OUT = "out"  # 印发
    HOLD = "hold"  # 开会


class Readiness(StrEnum):
    """How a step stands on a day."""

    DONE = "done"  # 已完成
    AHEAD = "ahead"  # 未到时限
    DUE = "due"  # 今日到期
    LATE = "late"  # 逾期
    BLOCKED = "blocked"  # 等上一步


class ConferenceRefusal(StrEnum):
    """Why a meeting is not called, moved, called off or minuted."""

    NO_NAME = "no_name"
    NO_PERSON = "no_person"  # somebody has to draft, to check and to sign
    SAME_PERSON = "same_person"  # who drafts neither checks nor signs
    NO_LEAD = "no_lead"  # out at least one working day before
    REST_DAY = "rest_day"
    TOO_SOON = "too_soon"  # the timetable would have begun in the past
    BEFORE_DATA = "before_data"  # the day spoken about ends after its collection closes
    CALLED_OFF = "called_off"
    NOT_HELD = "not_held"  # minuted before its day
    NO_REASON = "no_reason"


P, R = Preparation, Readiness
BEFORE_OUT = {P.CLOSE: 3, P.CHECK: 2, P.DRAFT: 2, P.APPROVE: 1, P.OUT: 0}
"""Working days before the briefing is out; that is `lead` working days before the meeting."""
LONGEST_LEAD = 20


def timetable(day: date, lead: int, workdays: Workdays) -> dict[Preparation, date]:
    """The last day of every step of a meeting on `day`, whose papers are out `lead` working days before."""
    out = workdays.after(day, -lead)
    return {step: workdays.after(out, -before) if before else out for step, before in BEFORE_OUT.items()} | {
        P.HOLD: day
    }


def readiness(
    days: Mapping[Preparation, date], done: frozenset[Preparation], today: date
) -> dict[Preparation, Readiness]:
    """How every step stands; the first that is not done is whose move it is, those after it wait."""
    found: dict[Preparation, Readiness] = {}
    blocked = False
    for step, due in days.items():
        if step in done:
            found[step] = R.DONE
        elif blocked:
            found[step] = R.BLOCKED
        else:
            found[step] = R.AHEAD if today < due else R.DUE if today == due else R.LATE
            blocked = True
    return found


@dataclass(frozen=True, slots=True)
class Call:
    """A meeting as it is called: its day, the day it speaks about, and who prepares it."""

    day: date
    as_of: date
    lead: int
    drafter: str
    reviewer: str
    signer: str


def refusal(call: Call, today: date, workdays: Workdays, actor: str) -> ConferenceRefusal | None:
    """Why a meeting cannot be called so; None when it can."""
    people = [person.strip() for person in (call.drafter, call.reviewer, call.signer)]
    simple = {
        ConferenceRefusal.NO_NAME: not actor.strip(),
        ConferenceRefusal.NO_PERSON: not all(people),
        ConferenceRefusal.SAME_PERSON: people[0] in people[1:],
        ConferenceRefusal.NO_LEAD: not 1 <= call.lead <= LONGEST_LEAD,
        ConferenceRefusal.REST_DAY: not workdays.is_workday(call.day),
    }
    found = next((why for why, holds in simple.items() if holds), None)
    if found is not None:
        return found
    close = timetable(call.day, call.lead, workdays)[P.CLOSE]
    if close < today:
        return ConferenceRefusal.TOO_SOON
    return ConferenceRefusal.BEFORE_DATA if call.as_of > close else None
