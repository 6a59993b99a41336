"""Whether a list of days can be a year's arrangement: every real one can, and everything wrong with others is said."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from diaodu.rules.arrangement import ArrangedDay, Doubt, Objection, objections, year_meant
from diaodu.storage.holiday import statutory
from tests.published.state_council import NOTICES, named_days

REAL = [(day, worked, name) for day, worked, name in named_days() if day.year == 2026]
LAW = statutory(2026)


def listed(days: list[tuple[date, bool, str]]) -> list[ArrangedDay]:
    return [ArrangedDay(*day, place) for place, day in enumerate(days, 2)]


def doubts(days: list[tuple[date, bool, str]], law: Mapping[date, str] = LAW) -> list[tuple[Doubt, date | None]]:
    found = objections(2026, listed(days), law)
    return [(one.doubt, one.about.day if one.about else one.day) for one in found]


@pytest.mark.parametrize("year", NOTICES)
def test_every_real_arrangement_is_taken(year: int) -> None:
    days = listed([day for day in named_days() if day[0].year == year])
    assert year_meant(days) == year
    assert objections(year, days, statutory(year)) == []


def test_a_list_of_every_day_of_the_year_is_taken_too() -> None:
    said = {day: (worked, name) for day, worked, name in REAL}
    first = date(2026, 1, 1)
    days = (first + timedelta(days=n) for n in range(365))
    assert doubts([(day, *said.get(day, (day.weekday() < 5, ""))) for day in days]) == []


def test_the_last_days_of_the_year_before_belong_to_new_years_day() -> None:
    days = listed([day for day in named_days() if day[0].year == 2019 or day[0] >= date(2018, 12, 29)])
    days = [day for day in days if day.day.year < 2020]
    assert objections(2019, days, statutory(2019)) == []


@pytest.mark.parametrize(
    ("day", "worked", "name", "expected"),
    [
        (date(2026, 3, 4), True, "元旦", (Doubt.WEEKDAY_WORKED, date(2026, 3, 4))),  # a Wednesday
        (date(2026, 3, 4), False, "", (Doubt.NAMELESS, date(2026, 3, 4))),
        (date(2026, 3, 7), True, "", (Doubt.NAMELESS, date(2026, 3, 7))),
        (date(2027, 1, 1), False, "元旦", (Doubt.OUTSIDE, date(2027, 1, 1))),
        (date(2025, 12, 24), False, "元旦", (Doubt.OUTSIDE, date(2025, 12, 24))),
        (date(2026, 10, 1), False, "国庆节", (Doubt.TWICE, date(2026, 10, 1))),
    ],
)
def test_a_day_that_makes_no_sense_is_named(
    day: date, worked: bool, name: str, expected: tuple[Doubt, date | None]
) -> None:
    assert doubts([*REAL, (day, worked, name)]) == [expected]


def test_a_year_that_is_not_whole_lacks_its_later_holidays() -> None:
    half = [day for day in REAL if day[0] < date(2026, 7, 1)]
    assert doubts(half) == [
        (Doubt.HOLIDAY_MISSING, date(2026, 9, 25)),
        (Doubt.HOLIDAY_MISSING, date(2026, 10, 1)),
        (Doubt.HOLIDAY_MISSING, date(2026, 10, 2)),
    ]


def test_make_up_days_left_out_show_in_the_sum() -> None:
    without = [day for day in REAL if not day[1]]
    (found,) = objections(2026, listed(without), LAW)
    assert found == Objection(Doubt.IMPLAUSIBLE_SUM, found=19, expected=13)


def test_everything_wrong_is_said_at_once() -> None:
    wrong = [(date(2026, 3, 4), True, "元旦"), (date(2026, 3, 5), False, ""), (date(2030, 1, 1), False, "元旦")]
    assert [doubt for doubt, _ in doubts([*REAL[:-9], *wrong])] == [
        Doubt.WEEKDAY_WORKED,
        Doubt.NAMELESS,
        Doubt.OUTSIDE,
        Doubt.HOLIDAY_MISSING,
        Doubt.HOLIDAY_MISSING,
    ]


def test_an_empty_list_means_no_year() -> None:
    assert year_meant([]) is None
