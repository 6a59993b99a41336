"""报送安排: what a collection says of its calendar, and the dates of every period it has."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diaodu.rules.cadence import Cadence, RestDay, deadline, period_ends
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
    expression too; without one a period opens on the day after its last. `every` counts days for a cadence of days.
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


def rounds(rhythm: Rhythm, workdays: Workdays) -> list[Round]:
    """Every period there is, oldest first. Raises NotADeadline."""
    found: list[Round] = []
    for end in period_ends(rhythm.cadence, rhythm.starts, rhythm.ends):
        due = deadline(rhythm.report_due, end, workdays, rhythm.rest_day)
        previous = found[-1].as_of if found else None
        found.append(Round(end, end + ONE_DAY, due, provisional=workdays.is_provisional(due), previous=previous))
    return found


def current_round(dated: list[Round], as_of: date) -> Round | None:
    """The newest of `dated` that is over at the end of `as_of`; None before the first."""
    return next((one for one in reversed(dated) if one.as_of <= as_of), None)
