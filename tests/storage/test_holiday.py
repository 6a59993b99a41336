"""The stored calendar: what is announced, what is guessed, and what the office corrected."""

from datetime import date

from sqlmodel import Session, col, select

from diaodu.storage.holiday import put, seed, statutory, unsettled, workdays
from models.closure import Closure
from models.holiday import Holiday
from tests.plan import SmallPlan

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


def test_a_corrected_day_does_not_make_a_guessed_year_an_announced_one(session: Session) -> None:
    seed(session, [NEVER_ANNOUNCED])
    last = Holiday(
        day=date(NEVER_ANNOUNCED, 12, 30), workday=False, name="区庆", provisional=False, origin="人工：张某"
    )
    put(session, [last])
    assert workdays(session).is_provisional(date(NEVER_ANNOUNCED, 5, 4))
    assert unsettled(session, [NEVER_ANNOUNCED]) == []


def test_a_units_day_in_a_year_not_on_record_does_not_announce_it(session: Session) -> None:
    unit = SmallPlan(session).west
    session.add(Closure(unit_id=unit, day=date(NEVER_ANNOUNCED, 5, 4), workday=False, name="搬迁"))
    session.flush()
    own = workdays(session, unit)
    assert not own.is_workday(date(NEVER_ANNOUNCED, 5, 4))
    assert own.is_provisional(date(NEVER_ANNOUNCED, 5, 4))


def test_what_a_person_set_outlives_the_announcement_of_its_year(session: Session) -> None:
    guess = Holiday(day=date(2023, 10, 7), workday=False, name="猜测", provisional=True)
    mine = Holiday(day=date(2023, 10, 8), workday=False, name="区庆", provisional=False, origin="人工：张某")
    put(session, [guess, mine])
    assert unsettled(session, [2022, 2023]) == [2022, 2023]
    assert seed(session, [2023]) == [2023]
    assert not workdays(session).is_workday(date(2023, 10, 8)), "a make-up Sunday, which the office gave off"
    assert workdays(session).is_workday(date(2023, 10, 7))
    assert all(holiday.origin for holiday in days_of(session, 2023))


def test_statutory_days_are_known_before_a_year_is_arranged() -> None:
    assert list(statutory(NEVER_ANNOUNCED).values()).count("国庆节") == 3
    assert len(statutory(NEVER_ANNOUNCED)) == 13
