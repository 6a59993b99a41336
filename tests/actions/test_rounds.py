"""期次情况: the rounds that are shown, and what every unit did in each."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from diaodu.actions.directory import directory
from diaodu.actions.rounds import RoundResponse, newest_rounds, responses
from diaodu.rules.request import RequestState
from diaodu.rules.response import Response
from diaodu.storage.period import periods
from models.closure import Closure
from tests.small_office import OCT, Office

NOW, TODAY = datetime(2023, 11, 13, 1, tzinfo=UTC), date(2023, 11, 13)
DUE = date(2023, 11, 7)


@pytest.fixture
def office(session: Session, tmp_path: Path) -> Office:
    return Office(session, tmp_path, policy=None)


def told(office: Office) -> list[RoundResponse]:
    names = directory(office.session, office.plan.scheme_id, TODAY, NOW)
    chosen = periods(office.session, office.plan.scheme_id)
    return responses(office.session, office.plan.scheme_id, chosen, names, TODAY)


def test_units_stand_in_the_plans_order_each_with_its_own_counts(office: Office) -> None:
    plan = office.plan
    number = plan.period(OCT, DUE)
    late = {"state": RequestState.SUBMITTED, "submitted_at": datetime(2023, 11, 9, 1, tzinfo=UTC)}
    plan.request(number, plan.invested[plan.west], DUE, **late)
    plan.request(number, plan.started[plan.west], DUE)
    plan.request(number, plan.invested[plan.east], DUE, state=RequestState.SPARED)
    (one,) = told(office)
    assert [(unit.unit, unit.count) for unit in one.units] == [
        ("east", Response(spared=1)),
        ("west", Response(reported=1, overdue=1, late=1, worst=2)),
    ]
    assert one.total == Response(reported=1, overdue=1, spared=1, late=1, worst=2)
    assert one.calendar is None


def test_a_units_own_rest_days_do_not_make_it_later(office: Office) -> None:
    plan = office.plan
    office.session.add(Closure(unit_id=plan.west, day=date(2023, 11, 8), workday=False, name="停电"))
    number = plan.period(OCT, DUE)
    came = {"state": RequestState.SUBMITTED, "submitted_at": datetime(2023, 11, 9, 1, tzinfo=UTC)}
    for unit in (plan.east, plan.west):
        plan.request(number, plan.invested[unit], DUE, **came)
    assert [unit.count.worst for unit in told(office)[0].units] == [2, 1]


def test_the_newest_round_of_every_calendar_is_shown_and_open_ones_outside_them(office: Office) -> None:
    plan = office.plan
    weekly = plan.collection("weekly")
    unused = plan.collection("ask-1", active=False)
    over = {"closed_at": NOW}
    plan.period(date(2023, 9, 30), date(2023, 10, 12), **over)
    own = plan.period(OCT, DUE, **over)  # the newest, though it is closed
    plan.period(date(2023, 10, 29), date(2023, 10, 31), weekly)
    last = plan.period(date(2023, 11, 5), DUE, weekly)
    asked = plan.period(date(2023, 11, 1), DUE, unused)
    plan.period(date(2023, 10, 2), DUE, plan.collection("ask-2", active=False), **over)
    found = newest_rounds(office.session, plan.scheme_id, TODAY, NOW)
    assert {period.id for period in found} == {own, last, asked}
