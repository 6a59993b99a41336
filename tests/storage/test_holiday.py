"""The stored calendar: what is announced, what is guessed, and what the office corrected."""

from datetime import date

from sqlmodel import Session, col, select

from diaodu.storage.holiday import seed, workdays
from models.holiday import Holiday

NEVER_ANNOUNCED = 2061


def days_of(session: Session, year: int) -> list[Holiday]:
    found = session.exec(select(Holiday).order_by(col(Holiday.day)))
    return [holiday for holiday in found if holiday.day.year == year]


def test_an_announced_year_has_its_holidays_and_its_make_up_days(session: Session) -> None:
    assert seed(session, [2023]) == [2023]
    calendar = workdays(session)
    assert not calendar.is_workday(date(2023, 10, 6)), "国庆节, a Friday"
    assert calendar.is_workday(date(2023, 10, 7)), "a Saturday worked for it"
    assert not calendar.is_provisional(date(2023, 10, 7))
    assert sum(calendar.is_workday(date.fromordinal(n)) for n in _ordinals(2023)) == 249
    assert {holiday.name for holiday in days_of(session, 2023)} >= {"元旦", "春节", "国庆节"}


def test_a_year_nobody_announced_is_a_guess_and_says_so(session: Session) -> None:
    assert seed(session, [NEVER_ANNOUNCED]) == [NEVER_ANNOUNCED]
    calendar = workdays(session)
    assert calendar.is_provisional(date(NEVER_ANNOUNCED, 5, 4))
    assert not calendar.is_workday(date(NEVER_ANNOUNCED, 10, 3))
    assert all(holiday.provisional and not holiday.workday for holiday in days_of(session, NEVER_ANNOUNCED))


def test_every_announced_year_can_be_filled_in(session: Session) -> None:
    assert seed(session, range(2004, 2027)) == list(range(2004, 2027))
    assert not any(holiday.provisional for holiday in session.exec(select(Holiday)))


def test_filling_in_again_changes_nothing(session: Session) -> None:
    seed(session, [2023, NEVER_ANNOUNCED])
    before = [holiday.model_dump() for holiday in session.exec(select(Holiday))]
    assert seed(session, [2023, NEVER_ANNOUNCED]) == []
    assert [holiday.model_dump() for holiday in session.exec(select(Holiday))] == before


def test_what_the_office_corrected_stays(session: Session) -> None:
    seed(session, [2023])
    session.add(Holiday(day=date(2023, 3, 15), workday=False, name="停电", provisional=False))
    session.flush()
    assert seed(session, [2023]) == []
    assert not workdays(session).is_workday(date(2023, 3, 15))


def test_an_announced_year_replaces_its_guess(session: Session) -> None:
    session.add(Holiday(day=date(2023, 10, 7), workday=False, name="猜测", provisional=True))
    session.flush()
    assert workdays(session).is_provisional(date(2023, 10, 7))
    assert seed(session, [2023]) == [2023]
    calendar = workdays(session)
    assert calendar.is_workday(date(2023, 10, 7))
    assert not calendar.is_provisional(date(2023, 10, 7))


def _ordinals(year: int) -> range:
    return range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
