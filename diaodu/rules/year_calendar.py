"""报送日历: a year's working days, and on which of them every round of collection opens and falls due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from diaodu.rules.cadence import Cadence
from diaodu.rules.collection import Round
from diaodu.rules.workday import ONE_DAY, Workdays, next_month


class Turn(StrEnum):
    """What a day of a round is for, in the order in which they come."""

    OPENS = "opens"  # 开始报送
    UNIT = "unit"  # 单位报送
    LEAD = "lead"  # 牵头单位核对
    OFFICE = "office"  # 考核办审定


@dataclass(frozen=True, slots=True)
class Strand:
    """One calendar of a scheme with all its rounds; `code` is empty for the scheme's own."""

    code: str
    name: str
    cadence: Cadence
    expression: str
    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One day of one round. `provisional`: the day is in a year whose holidays are not announced."""

    day: date
    turn: Turn
    strand: Strand
    as_of: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a year with all that falls on it; `name` is its holiday, or what it is worked for."""

    day: date
    workday: bool
    name: str
    marks: tuple[Mark, ...]

    @property
    def is_moved(self) -> bool:
        """Whether the day is not what its weekday says."""
        return self.workday != (self.day.weekday() < 5)


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """Everything to be published of a year. `unit` (code, name) is whose days they are; None: everybody's."""

    scheme: str
    code: str
    issuer: str
    year: int
    unit: tuple[str, str] | None
    workdays: Workdays
    names: dict[date, str]
    strands: tuple[Strand, ...]

    @property
    def provisional(self) -> bool:
        """Whether the year itself is a guess."""
        return self.workdays.is_provisional(date(self.year, 1, 1))

    @property
    def guessed_years(self) -> list[int]:
        """Every year whose holidays are not announced and that a date shown here is in."""
        days = [date(self.year, 1, 1), *(mark.day for mark in self.marks())]
        return sorted({day.year for day in days if self.workdays.is_provisional(day)})

    def marks(self) -> list[Mark]:
        """Every day of every round, in order."""
        found = [mark for strand in self.strands for one in strand.rounds for mark in self._of(strand, one)]
        order = list(Turn)
        return sorted(found, key=lambda mark: (mark.day, order.index(mark.turn), mark.strand.code, mark.as_of))

    def months(self) -> list[list[Cell]]:
        """The twelve months, every day of each."""
        by_day: dict[date, list[Mark]] = {}
        for mark in self.marks():
            by_day.setdefault(mark.day, []).append(mark)
        return [[self._cell(day, by_day.get(day, [])) for day in _days(self.year, month)] for month in range(1, 13)]

    def _cell(self, day: date, marks: list[Mark]) -> Cell:
        return Cell(day, self.workdays.is_workday(day), self.names.get(day, ""), tuple(marks))

    def _of(self, strand: Strand, one: Round) -> Iterator[Mark]:
        opens = one.opens if one.opens < one.unit_due else None  # what opens and falls due on one day is one thing
        days = {Turn.OPENS: opens, Turn.UNIT: one.unit_due, Turn.LEAD: one.lead_due, Turn.OFFICE: one.office_due}
        for turn, day in days.items():
            if day is not None:
                yield Mark(day, turn, strand, one.as_of, self.workdays.is_provisional(day))


def touches(one: Round, year: int) -> bool:
    """Whether a round belongs on a year's calendar: it is about a day of it, or asks something in it."""
    return year in {day.year for day in (one.as_of, one.opens, one.unit_due, one.closes)}


def _days(year: int, month: int) -> list[date]:
    first = date(year, month, 1)
    return [first + timedelta(days=n) for n in range((next_month(first) - first) // ONE_DAY)]
