"""When jobs are due: a timetable's expressions spelt out on the working-day calendar and the scheme's periods."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from diaodu.rules.collection import Rhythm, rounds
from diaodu.rules.workday import Workdays


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time a job is due, by the office's wall clock, and the day it speaks about."""

    day: date
    at: time
    as_of: date


class NotATrigger(ValueError):
    """A timetable expression that names no time."""


TRIGGER = re.compile(r"(?:(workdays)|(period|due)(?: \+ ?([0-9]{1,2}))?) ([0-9]{2}:[0-9]{2})")


def occasions(trigger: str, rhythm: Rhythm, workdays: Workdays, until: date | None = None) -> list[Occasion]:
    """Every time the scheme's year holds for a timetable expression, oldest first. Raises NotATrigger.

    "workdays 08:30": each working day, about that day, up to `until`, or until the last period's reports are owed.
    "due 17:30": on the day a period's reports are owed, about the period; "due +1 08:30": on the next working day.
    "period +2 08:30": on the second working day after a period's end, about the period.
    """
    match = TRIGGER.fullmatch(trigger)
    if match is None:
        raise NotATrigger(trigger)
    try:
        at = time.fromisoformat(match[4])
    except ValueError:
        raise NotATrigger(trigger) from None
    dated = rounds(rhythm, workdays)
    if match[1]:
        last = max((one.closes for one in dated), default=rhythm.ends)
        last = max(last, until or last)
        return [Occasion(day, at, day) for day in _workdays(rhythm.starts, last, workdays)]
    later = int(match[3] or 0)
    anchors = [(one.unit_due if match[2] == "due" else one.as_of, one.as_of) for one in dated]
    return sorted((Occasion(workdays.after(day, later), at, end) for day, end in anchors), key=_when)


def _workdays(first: date, last: date, workdays: Workdays) -> list[date]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if workdays.is_workday(day)]


def _when(occasion: Occasion) -> tuple[date, date]:
    return occasion.day, occasion.as_of
