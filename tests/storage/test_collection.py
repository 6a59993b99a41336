"""What a calendar asks as of a day: nobody is late by a calendar that nobody knew when its numbers were due."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from diaodu.actions.assess import assess
from diaodu.rules.collection import Asked
from diaodu.rules.verdict import State
from diaodu.storage.collection import asked_of
from diaodu.storage.holiday import seed
from tests.plan import Plan, SmallPlan

OCTOBER, DUE = date(2023, 10, 31), date(2023, 11, 7)
BEFORE = date(2023, 9, 30)
KNOWN = datetime(2023, 11, 20, 1, tzinfo=UTC)
SAID_ON = (
    # the day a scheme's calendar became known, and by when October's numbers are owed
    ("long before", date(2023, 1, 5), DUE),
    ("on the very day they are due", DUE, DUE),
    ("a day too late", date(2023, 11, 8), None),
)


@pytest.fixture(autouse=True)
def calendar(session: Session) -> None:
    seed(session, [2023, 2024])


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


@pytest.mark.parametrize(("said", "owed"), [case[1:] for case in SAID_ON], ids=[case[0] for case in SAID_ON])
def test_numbers_are_owed_when_the_calendar_was_known_by_their_deadline(
    session: Session, said: date, owed: date | None
) -> None:
    plan = Plan(session, recorded_at=morning(said))
    assert asked_of(session, plan.scheme_id, OCTOBER, KNOWN)[None] == Asked(OCTOBER, owed, BEFORE)


def test_a_calendar_effective_later_asks_nothing_of_before(session: Session) -> None:
    plan = Plan(session)
    weekly = plan.collection("weekly", effective_from=date(2023, 11, 9), recorded_at=morning(date(2023, 11, 6)))
    assert asked_of(session, plan.scheme_id, date(2023, 11, 10), KNOWN)[weekly].report_due is None
    assert asked_of(session, plan.scheme_id, date(2023, 11, 13), KNOWN)[weekly].report_due == date(2023, 11, 14)


def test_a_round_asked_for_after_its_deadline_is_owed_from_the_day_it_was_asked(session: Session) -> None:
    plan = Plan(session, recorded_at=morning(date(2023, 11, 10)))
    opened = morning(date(2023, 11, 13))
    plan.period(OCTOBER, DUE, opened_at=opened)
    before = morning(date(2023, 11, 12))
    assert asked_of(session, plan.scheme_id, OCTOBER, before)[None].report_due is None
    assert asked_of(session, plan.scheme_id, OCTOBER, KNOWN)[None].report_due == date(2023, 11, 13)


def test_a_unit_is_not_late_with_what_nobody_asked_of_it(session: Session) -> None:
    """The weekly calendar is imported on 8 November: the week that was due on the 7th stays open, the next is late."""
    plan = SmallPlan(session)
    weekly = plan.collection("weekly", recorded_at=morning(date(2023, 11, 8)))
    reserve = plan.target(plan.indicator("reserve", collection_id=weekly), plan.west, 10)

    def state(as_of: date) -> State:
        rows = assess(session, plan.scheme_id, as_of, KNOWN).frame.iter_rows(named=True)
        return next(State(row["state"]) for row in rows if row["target_id"] == reserve)

    assert state(date(2023, 11, 5)) is State.AWAITED
    assert state(date(2023, 11, 12)) is State.NOT_REPORTED
