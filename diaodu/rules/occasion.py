"""When jobs are due: a timetable's expressions spelt out on the working-day calendar and the scheme's periods."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from diaodu.rules.cadence import NotADeadline
from diaodu.rules.collection import Rhythm, rounds
from diaodu.rules.reminder import LONGEST
from diaodu.rules.workday import Workdays


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time a job is due, by the office's wall clock, and the day it speaks about."""

    day: date
    at: time
    as_of: date


class NotATrigger(ValueError):
    """A timetable expression that names no time."""


class Anchor(StrEnum):
    """What a job's days are counted from (起算)."""

    WORKDAYS = "workdays"  # 每个工作日
    PERIOD = "period"  # 期末
    DUE = "due"  # 单位时限


@dataclass(frozen=True, slots=True)
class Trigger:
    """A timetable expression, understood: so many working days after its anchor, at a time of day."""

    anchor: Anchor
    later: int
    at: time


EXPRESSION = re.compile(r"(?:(workdays)|(period|due)(?: ?\+ ?([0-9]{1,2}))?) ([0-9]{2}:[0-9]{2})")


def read_trigger(text: str) -> Trigger:
    """What `occasions` makes of a timetable expression. Raises NotATrigger."""
    match = EXPRESSION.fullmatch(text)
    if match is None:
        raise NotATrigger(text)
    try:
        at = time.fromisoformat(match[4])
    except ValueError:
        raise NotATrigger(text) from None
    return Trigger(Anchor(match[1] or match[2]), int(match[3] or 0), at)


def occasions(trigger: str, rhythm: Rhythm, workdays: Workdays, until: date | None = None) -> list[Occasion]:
    """Every time the scheme's year holds for a timetable expression, oldest first. Raises NotATrigger.

    "workdays 08:30": each working day, about that day, up to `until`, or until the last period's reports are owed.
    "due 17:30": on the day a period's reports are owed, about the period; "due +1 08:30": on the next working day.
    "period +2 08:30": on the second working day after a period's end, about the period.
    """
    said = read_trigger(trigger)
    dated = rounds(rhythm, workdays)
    if said.anchor is Anchor.WORKDAYS:
        last = max((one.closes for one in dated), default=rhythm.ends)
        last = max(last, until or last)
        return [Occasion(day, said.at, day) for day in _workdays(rhythm.starts, last, workdays)]
    anchors = [(one.unit_due if said.anchor is Anchor.DUE else one.as_of, one.as_of) for one in dated]
    return sorted((Occasion(workdays.after(day, said.later), said.at, end) for day, end in anchors), key=_when)


def goes_on_until(rhythms: Iterable[Rhythm], workdays: Workdays) -> date:
    """The last day on which the collections of a scheme may have work: no reminder ladder is longer than `LONGEST`."""
    return workdays.after(max(_last_due(rhythm, workdays) for rhythm in rhythms), LONGEST)


def _last_due(rhythm: Rhythm, workdays: Workdays) -> date:
    try:
        return max((one.closes for one in rounds(rhythm, workdays)), default=rhythm.ends)
    except NotADeadline:
        return rhythm.ends  # said by whoever opens its rounds


def _workdays(first: date, last: date, workdays: Workdays) -> list[date]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if workdays.is_workday(day)]


def _when(occasion: Occasion) -> tuple[date, date]:
    return occasion.day, occasion.as_of
