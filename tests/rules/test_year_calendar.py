"""A year's calendar: every round on its days, over year ends, holidays and years that are not announced."""

from datetime import date

from diaodu.rules.cadence import Cadence, RestDay
from diaodu.rules.collection import Rhythm, Round, rounds
from diaodu.rules.workday import Workdays
from diaodu.rules.year_calendar import Strand, Turn, YearCalendar, touches
from tests.published.state_council import named_days

EXCEPTIONS = {day: worked for day, worked, _ in named_days()}
NAMES = {day: name for day, _, name in named_days()}
CHINA = Workdays(EXCEPTIONS)
CHAIN = "单位18日→牵头单位20日→考核办25日"
MONTHLY = Rhythm(Cadence.MONTHLY, date(2026, 1, 1), date(2026, 12, 31), CHAIN, RestDay.AFTER)


def calendar(year: int = 2026, rhythm: Rhythm = MONTHLY) -> YearCalendar:
    strand = Strand(
        "",
        "全部指标",
        rhythm.cadence,
        rhythm.report_due,
        tuple(one for one in rounds(rhythm, CHINA) if touches(one, year)),
    )
    return YearCalendar("考核", "2026", "考核办", year, None, CHINA, NAMES, (strand,))


def test_the_last_round_is_due_in_the_year_after_and_says_that_it_may_move() -> None:
    december = [mark for mark in calendar().marks() if mark.as_of == date(2026, 12, 31)]
    assert [(mark.turn, mark.day, mark.provisional) for mark in december] == [
        (Turn.OPENS, date(2027, 1, 1), True),
        (Turn.UNIT, date(2027, 1, 18), True),
        (Turn.LEAD, date(2027, 1, 20), True),
        (Turn.OFFICE, date(2027, 1, 25), True),
    ]
    assert calendar().guessed_years == [2027]
    assert not calendar().provisional


def test_the_year_after_shows_what_is_left_of_the_year_before() -> None:
    (strand,) = calendar(2027).strands
    assert [one.as_of for one in strand.rounds] == [date(2026, 12, 31)]
    assert calendar(2027).provisional


def test_every_day_of_the_year_is_there_once_with_what_falls_on_it() -> None:
    months = calendar().months()
    assert [len(month) for month in months] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    october = {cell.day.day: cell for cell in months[9]}
    assert (october[10].workday, october[10].is_moved, october[10].name) == (True, True, "国庆节")
    assert (october[5].workday, october[5].is_moved) == (False, True)
    assert [mark.turn for mark in october[20].marks] == [
        Turn.LEAD
    ]  # the 18th is a Sunday, so the unit has till the 19th
    assert [mark.turn for mark in october[19].marks] == [Turn.UNIT]
    assert sum(cell.workday for month in months for cell in month) == 248


def test_what_opens_and_falls_due_on_one_day_is_one_thing() -> None:
    daily = Rhythm(Cadence.DAILY, date(2026, 9, 28), date(2026, 10, 9), "当日", RestDay.AFTER)
    marks = calendar(2026, daily).marks()
    assert [(mark.turn, mark.day.day) for mark in marks if mark.day.month == 9] == [
        (Turn.UNIT, 28),
        (Turn.UNIT, 29),
        (Turn.UNIT, 30),
    ]
    assert [mark.day.day for mark in marks if mark.turn is Turn.UNIT and mark.day.month == 10] == [8, 9]


def test_a_round_touches_every_year_it_asks_something_in() -> None:
    one = Round(date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 8))
    assert [touches(one, year) for year in (2025, 2026, 2027, 2028)] == [False, True, True, False]
