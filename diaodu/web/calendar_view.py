"""A year as its page shows it: months of weeks of days, every round's dates in words, and what comes next."""

from dataclasses import dataclass
from datetime import date

from diaodu.actions.year_calendar_words import PROVISIONAL, SIGNS, TURNS, due, on, short, task, title, warning
from diaodu.rules.year_calendar import Cell, Mark, Strand, Turn, YearCalendar
from diaodu.sources.wording import written


@dataclass(frozen=True, slots=True)
class Box:
    """One day: its number, 休 or 班, its holiday, the signs of what falls on it with how many, and if that may move."""

    number: int
    sign: str
    name: str
    turns: tuple[tuple[str, str, int], ...]
    look: str
    today: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday to Sunday; None before its first and after its last day."""

    name: str
    workdays: int
    weeks: tuple[tuple[Box | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Rounds:
    """One calendar: the headings it needs, and a row of words for every round."""

    number: int
    name: str
    cadence: str
    expression: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class View:
    title: str
    warning: str | None
    workdays: int
    coming: tuple[tuple[str, str], ...]
    legend: tuple[tuple[str, str], ...]
    months: tuple[Month, ...]
    rounds: tuple[Rounds, ...]


def view(calendar: YearCalendar, today: date) -> View:
    """Everything the page says."""
    months = tuple(_month(cells, today) for cells in calendar.months())
    return View(
        title=title(calendar),
        warning=warning(calendar),
        workdays=sum(month.workdays for month in months),
        coming=tuple(
            (due(mark.day, calendar.year, calendar.workdays), task(mark, calendar.year))
            for mark in _coming(calendar, today)
        ),
        legend=tuple((sign, TURNS[turn]) for turn, sign in SIGNS.items()),
        months=months,
        rounds=tuple(_rounds(calendar, strand, number) for number, strand in enumerate(calendar.strands, 1)),
    )


def _coming(calendar: YearCalendar, today: date) -> list[Mark]:
    """The next deadline of every kind on every calendar."""
    first: dict[tuple[str, Turn], Mark] = {}
    for mark in calendar.marks():
        if mark.day >= today and mark.turn in SIGNS:
            first.setdefault((mark.strand.code, mark.turn), mark)
    return list(first.values())


def _month(cells: list[Cell], today: date) -> Month:
    blank = cells[0].day.weekday()
    boxes: list[Box | None] = [*[None] * blank, *(_box(cell, today) for cell in cells)]
    boxes += [None] * (-len(boxes) % 7)
    weeks = tuple(tuple(boxes[n : n + 7]) for n in range(0, len(boxes), 7))
    return Month(f"{cells[0].day.month}月", sum(cell.workday for cell in cells), weeks)


def _box(cell: Cell, today: date) -> Box:
    sign = ("班" if cell.workday else "休") if cell.is_moved or (cell.name and not cell.workday) else ""
    counts = [(turn, sum(mark.turn is turn for mark in cell.marks)) for turn in SIGNS]
    turns = tuple((SIGNS[turn], TURNS[turn], count) for turn, count in counts if count)
    look = "rest" if not cell.workday else "moved" if cell.is_moved else "work"
    guessed = any(mark.provisional for mark in cell.marks if mark.turn in SIGNS)
    return Box(cell.day.day, sign, short(cell.name), turns, look, cell.day == today, guessed)


def _rounds(calendar: YearCalendar, strand: Strand, number: int) -> Rounds:
    """Only the columns that say anything."""
    columns = [[on(one.as_of, calendar.year) for one in strand.rounds]]
    days = zip(*((one.opens, one.unit_due, one.lead_due, one.office_due) for one in strand.rounds), strict=True)
    columns += [[due(day, calendar.year, calendar.workdays) for day in column] for column in days]
    columns.append([f"时限{PROVISIONAL}" if one.provisional else "" for one in strand.rounds])
    headings = ["截至日", *TURNS.values(), "备注"]
    kept = [n for n, column in enumerate(columns) if any(words not in {"", "—"} for words in column)]
    rows = tuple(zip(*(columns[n] for n in kept), strict=True)) if strand.rounds else ()
    shown = tuple(headings[n] for n in kept)
    return Rounds(number, strand.name, written(strand.cadence), strand.expression, shown, rows)
