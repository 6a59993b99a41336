"""Every day from 2018 to 2026, make-up days included, is a working day exactly where the State Council made it one."""

from collections import Counter
from datetime import date

import chinese_calendar
import holidays
import pytest
from sqlmodel import Session

from diaodu.storage.holiday import seed, workdays
from tests.published.state_council import NOTICES, named_days, works


def test_every_day_is_as_the_state_council_arranged_it(session: Session) -> None:
    seed(session, NOTICES)
    calendar, said = workdays(session), works()
    assert len(said) == 3287
    assert [day for day, worked in said.items() if calendar.is_workday(day) != worked] == []
    assert not any(calendar.is_provisional(day) for day in said)


def test_two_libraries_and_our_record_of_the_notices_agree() -> None:
    """Three independent hands: a slip of one of them shows here, and which."""
    theirs = holidays.country_holidays("CN", years=list(NOTICES))
    said = works()

    def works_there(day: date) -> bool:
        return day in theirs.weekend_workdays or (day.weekday() < 5 and day not in theirs)

    assert [day for day, worked in said.items() if chinese_calendar.is_workday(day) != worked] == []
    assert [day for day, worked in said.items() if works_there(day) != worked] == []


def test_our_record_makes_sense_by_itself() -> None:
    named = list(named_days())
    assert Counter(day for day, _, _ in named).most_common(1)[0][1] == 1, "no day is named twice"
    assert [day for day, worked, _ in named if worked and day.weekday() < 5] == [], "only weekends are made up"
    for year in NOTICES:
        assert any(day == date(year, 1, 1) and not worked for day, worked, _ in named)


@pytest.mark.parametrize(
    ("year", "count"),
    [
        (2018, 250),
        (2019, 250),
        (2020, 249),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 248),
        (2026, 248),
    ],
)
def test_a_year_has_so_many_working_days(session: Session, year: int, count: int) -> None:
    seed(session, NOTICES)
    assert workdays(session).between(date(year - 1, 12, 31), date(year, 12, 31)) == count
