"""报送安排: what a collection says of its calendar, and the dates of every period it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from diaodu.rules.cadence import Cadence, RestDay, named_day, period_ends
from diaodu.rules.deadline_chain import LEAD, OFFICE, UNIT, deadlines
from diaodu.rules.workday import ONE_DAY, Workdays


class ShortNotice(StrEnum):
    """What happens to a collection announced with less lead time than the scheme's minimum (提前量不足)."""

    REFUSE = "refuse"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Window:
    """A period of a custom calendar: from `starts` to its as-of day `ends`, both included."""

    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often and until when numbers are collected: a scheme's own calendar, or one of its collections'.

    `report_due` is a deadline expression, or a chain of up to three (unit → lead unit → office). `opens` is a deadline
    expression too, counted from the end of the period before; without one a period opens on the day after its last.
    `every` counts calendar days for a cadence of days.
    """

    cadence: Cadence
    starts: date
    ends: date
    report_due: str
    rest_day: RestDay
    opens: str | None = None
    every: int = 1
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """The dates of one period. `provisional`: a date rests on a year whose holidays are not announced."""

    as_of: date
    opens: date
    unit_due: date
    lead_due: date | None = None
    office_due: date | None = None
    provisional: bool = False
    previous: date | None = None  # the as-of day of the period before

    @property
    def closes(self) -> date:
        """The last day on which anything is owed."""
        return max(filter(None, (self.unit_due, self.lead_due, self.office_due)))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a calendar asks of targets as of a day: a report for which day, by when, and which period went before.

    Without a `report_due` the numbers of the day may be known, but nobody was asked for them, so nobody is late.
    """

    required_as_of: date | None = None
    report_due: date | None = None
    previous_as_of: date | None = None
    own_due: Mapping[int, date] = field(default_factory=dict)
    """The deadline of units with days of their own, by unit id."""


def rounds(rhythm: Rhythm, workdays: Workdays) -> list[Round]:
    """Every period there is, oldest first. Raises NotADeadline."""
    found: list[Round] = []
    for starts, end in spans(rhythm, workdays):
        found.append(_round(rhythm, workdays, starts, end, found[-1].as_of if found else None))
    return found


def spans(rhythm: Rhythm, workdays: Workdays) -> list[tuple[date, date]]:
    """First and last day of every period, oldest first. Days on which nobody works belong to the next daily period."""
    if rhythm.cadence is Cadence.CUSTOM:
        return sorted((window.starts, window.ends) for window in rhythm.windows)
    if rhythm.cadence is Cadence.DAILY:
        days = (rhythm.starts + timedelta(days=n) for n in range((rhythm.ends - rhythm.starts).days + 1))
        ends = [day for day in days if workdays.is_workday(day) or day == rhythm.ends]
    elif rhythm.cadence is Cadence.DAYS:
        count = (rhythm.ends - rhythm.starts).days // rhythm.every + 1
        steps = (rhythm.starts + timedelta(days=(n + 1) * rhythm.every - 1) for n in range(count))
        ends = sorted({min(day, rhythm.ends) for day in steps})
    else:
        ends = period_ends(rhythm.cadence, rhythm.starts, rhythm.ends)
    starts = [rhythm.starts, *(end + ONE_DAY for end in ends[:-1])]
    return list(zip(starts, ends, strict=True))


def current_round(dated: Sequence[Round], as_of: date) -> Round | None:
    """The newest of `dated` that is over at the end of `as_of`; None before the first."""
    return next((one for one in reversed(dated) if one.as_of <= as_of), None)


def asked(
    rhythm: Rhythm, as_of: date, workdays: Workdays, own: Mapping[int, Workdays], begun: date | None = None
) -> Asked:
    """What is asked of targets as of a day; `own` are the calendars of units that have one.

    `begun`: the day since which there has been such a calendar; what was due before was asked of nobody.
    """
    one = current_round(rounds(rhythm, workdays), as_of)
    if one is None:
        return Asked()
    if begun is not None and one.unit_due < begun:
        return Asked(one.as_of, None, one.previous)
    dues = {
        unit_id: deadlines(rhythm.report_due, one.as_of, calendar, rhythm.rest_day)[UNIT]
        for unit_id, calendar in own.items()
    }
    return Asked(one.as_of, one.unit_due, one.previous, dues)


def _round(rhythm: Rhythm, workdays: Workdays, starts: date, end: date, previous: date | None) -> Round:
    due = deadlines(rhythm.report_due, end, workdays, rhythm.rest_day)
    opens = end + ONE_DAY if rhythm.opens is None else named_day(rhythm.opens, starts - ONE_DAY, workdays)
    guessed = any(workdays.is_provisional(day) for day in (opens, *due.values()))
    return Round(end, min(opens, due[UNIT]), due[UNIT], due.get(LEAD), due.get(OFFICE), guessed, previous)
