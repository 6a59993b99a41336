"""催报: when a unit is reminded of what it owes, and from when on those above it hear of it."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diaodu.rules.access import Role
from diaodu.rules.workday import Workdays


class Leg(StrEnum):
    """Whose turn it is in a period."""

    UNIT = "unit"  # 单位报送
    LEAD = "lead"  # 牵头单位核对


class ReminderOutcome(StrEnum):
    """What became of a step of the ladder that came due."""

    SENT = "sent"  # 已提醒
    MERGED = "merged"  # 并入下一次: several came due at once, and one message went out
    DEFERRED = "deferred"  # 延后: the week's messages to the unit were used up


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder: so many working days from the deadline (before it when negative), to whom.

    `repeats`: again on every working day after it. `above`: to the person in that role so many units above, 0 its own.
    """

    offset: int
    to: Role = Role.REPORTER
    repeats: bool = False
    above: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A rung on its day: `offset` working days from the deadline."""

    rung: Rung
    offset: int
    planned_on: date


class NotALadder(ValueError):
    """A text that names no ladder; the message says what would be right."""


LONGEST = 60
"""Working days from the deadline that still make sense."""
PART = re.compile(r"T(?:([+-])([0-9]{1,3}))?(\.\.+)?(?: (.+))?")
TYPED = str.maketrans("−–—、", "---,")
AUDIENCES = {
    None: (Role.REPORTER, 0),
    "reporter": (Role.REPORTER, 0),
    "填报人": (Role.REPORTER, 0),
    "reviewer": (Role.REVIEWER, 0),
    "审核人": (Role.REVIEWER, 0),
    "leader": (Role.LEADER, 0),
    "领导": (Role.LEADER, 0),
    "parent": (Role.LEADER, 1),
    "上级": (Role.LEADER, 1),
    "grandparent": (Role.LEADER, 2),
    "上上级": (Role.LEADER, 2),
}


def read_ladder(text: str) -> tuple[Rung, ...]:
    """The rungs of "T-3, T-1, T, T+1.." or "T+3 reviewer, T+5 leader, T+8 parent"; blank is none. Raises NotALadder.

    T is the deadline, days are working days, `..` repeats on every working day after.
    """
    plain = unicodedata.normalize("NFKC", text).translate(TYPED)
    parts = [" ".join(part.split()) for part in plain.split(",")] if plain.strip() else []
    rungs = tuple(_rung(part) for part in parts)
    _refuse_doubles(rungs)
    return tuple(sorted(rungs, key=lambda rung: rung.offset))


def _rung(part: str) -> Rung:
    match = PART.fullmatch(part[:1].upper() + part[1:])
    if match is None or match[4] not in AUDIENCES:
        known = "、".join(name for name in AUDIENCES if name)
        raise NotALadder(f"“{part}”不是催报步骤；应写成 T-3、T、T+1.. 或 T+3 reviewer，对象可写：{known}")
    days = int(match[2] or 0)
    if days > LONGEST:
        raise NotALadder(f"“{part}”离时限太远；最多{LONGEST}个工作日")
    to, above = AUDIENCES[match[4]]
    return Rung(-days if match[1] == "-" else days, to, bool(match[3]), above)


def _refuse_doubles(rungs: Sequence[Rung]) -> None:
    """One step a day and role, so that it is plain who was told: 领导 and 上级 take turns too."""
    for n, rung in enumerate(rungs):
        for other in rungs[:n]:
            first, last = sorted((rung, other), key=lambda one: one.offset)
            if rung.to is other.to and (first.offset == last.offset or (first.repeats and last.repeats)):
                raise NotALadder(f"T{last.offset:+} 与 T{first.offset:+} 对同一对象重复；每个对象每天只催一次")
            if rung.to is other.to and first.repeats and first.above != last.above:
                raise NotALadder(f"T{first.offset:+} 每天重复，与 T{last.offset:+} 同日；本单位领导与上级请错开")


def last_single(ladder: Sequence[Rung]) -> int:
    """The offset of the last step that is made once: by then everybody who is to hear has heard."""
    return max((rung.offset for rung in ladder if not rung.repeats), default=0)


def planned(ladder: Sequence[Rung], due: date, opens: date, last: date, workdays: Workdays) -> list[Step]:
    """Every step of the ladder up to and including `last`, oldest first: one a role and working day.

    A day before the round opens is moved to its first working day, a deadline on a rest day is told on the next
    working day; of steps that then fall together the later one counts.
    """
    first = workdays.on_or_after(opens)
    steps: dict[tuple[Role, date], Step] = {}
    for rung in sorted(ladder, key=lambda one: one.offset):
        for offset, named in _days(rung, due, last, workdays):
            day = max(first, workdays.on_or_after(named))
            before = steps.get((rung.to, day))
            if day <= last and (before is None or before.offset <= offset):
                steps[rung.to, day] = Step(rung, offset, day)
    return sorted(steps.values(), key=lambda step: (step.planned_on, step.offset))


def base(due: date, owed_since: date) -> date:
    """The day a ladder counts from: the deadline, or the day a number was asked for, or returned, after it.

    So nobody above a unit hears of what the unit itself hears of for the first time.
    """
    return max(due, owed_since)


def _days(rung: Rung, due: date, last: date, workdays: Workdays) -> Iterator[tuple[int, date]]:
    """Each offset of a rung with the day it names: after the deadline every working day follows from the one before."""
    day = due
    for offset in _offsets(rung, due, last, workdays):
        follows = offset > max(rung.offset, 1)
        day = workdays.after(day, 1) if follows else workdays.after(due, offset)
        yield offset, day


def _offsets(rung: Rung, due: date, last: date, workdays: Workdays) -> range:
    if not rung.repeats:
        return range(rung.offset, rung.offset + 1)
    return range(rung.offset, max(rung.offset, workdays.between(due, last)) + 1)


def due_rungs(
    ladder: Sequence[Rung],
    due: date,
    opens: date,
    today: date,
    told: Collection[tuple[Role, date]],
    workdays: Workdays,
    until: date | None = None,
) -> list[Step]:
    """The steps whose day has come and that were not `told` (role, planned day), oldest first; none on a rest day.

    Steps planned after `until` never come due.
    """
    if not workdays.is_workday(today):
        return []
    steps = planned(ladder, due, opens, min(today, until or today), workdays)
    return [step for step in steps if (step.rung.to, step.planned_on) not in told]


def next_step(
    ladder: Sequence[Rung],
    due: date,
    opens: date,
    until: date,
    told: Collection[tuple[Role, date]],
    workdays: Workdays,
) -> Step | None:
    """The first step up to and including `until` that was not `told` (role, planned day); None when all are taken."""
    steps = planned(ladder, due, opens, until, workdays)
    return next((step for step in steps if (step.rung.to, step.planned_on) not in told), None)
