"""催报: the ladder climbed day by day, over rest days, submissions, closing, and days on which nothing ran."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from diaodu.rules.access import Role
from diaodu.rules.reminder import Leg, ReminderOutcome
from diaodu.rules.request import RequestAct, RequestState
from diaodu.rules.routing import NoticeKind
from diaodu.storage.holiday import workdays
from diaodu.storage.reminder import add, messages
from diaodu.storage.request import Mark, move
from models.delivery import Delivery
from models.period import Period
from models.reminder import Reminder
from models.request import Request
from models.scheme_version import SchemeVersion
from tests.small_office import OCT, Office

OPENS, DUE = date(2023, 11, 1), date(2023, 11, 7)
"""October's round: the west owes one number (projects); everything else is known."""


@pytest.fixture
def office(session: Session, tmp_path: Path) -> Office:
    office = Office(session, tmp_path, policy=None)
    office.person("填报人", office.plan.west, Role.REPORTER, mail="reporter@west.cn")
    office.person("审核人", office.plan.west, Role.REVIEWER, mail="reviewer@west.cn")
    office.person("区长", office.plan.west, Role.LEADER, mail="leader@west.cn")
    return office


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def taken(office: Office) -> list[tuple[str, int, date, ReminderOutcome]]:
    rows = office.session.exec(select(Reminder).order_by(col(Reminder.id)))
    return [(row.to_role.value, row.offset, row.planned_on, row.outcome) for row in rows]


def owed(office: Office) -> Request:
    return office.session.exec(select(Request).where(Request.state != RequestState.SPARED)).one()


def test_a_silent_unit_is_reminded_step_by_step_and_those_above_it_after_that(office: Office) -> None:
    for day in days(OPENS, DUE + timedelta(days=30)):
        office.remind(day)
    own = [(offset, day) for role, offset, day, _ in taken(office) if role == "reporter"]
    assert own[:4] == [(-3, date(2023, 11, 2)), (-1, date(2023, 11, 6)), (0, DUE), (1, date(2023, 11, 8))]
    assert [offset for offset, _ in own[3:]] == list(range(1, len(own) - 2))
    above = [(role, offset, day) for role, offset, day, _ in taken(office) if role != "reporter"]
    assert above[:2] == [("reviewer", 3, date(2023, 11, 10)), ("leader", 5, date(2023, 11, 14))]
    calendar = workdays(office.session)
    assert all(calendar.is_workday(day) for _, _, day, _ in taken(office))
    assert {outcome for *_, outcome in taken(office)} == {ReminderOutcome.SENT}
    assert [n.kind for n in office.notices()] == [NoticeKind.CHASE]
    assert owed(office).state is RequestState.MISSING


def test_nobody_is_reminded_twice_a_day_however_often_it_runs(office: Office) -> None:
    for hour in (1, 5, 9):
        office.remind(DUE, hour=hour)
    assert len(office.session.exec(select(Delivery)).all()) == 1


def test_a_number_ends_the_reminders(office: Office) -> None:
    for day in days(OPENS, DUE):
        office.remind(day)
    before = taken(office)
    move(office.session, [owed(office)], RequestAct.SUBMIT, Mark("王某", datetime(2023, 11, 7, 5, tzinfo=UTC)))
    for day in days(DUE + timedelta(days=1), DUE + timedelta(days=30)):
        office.remind(day)
    assert taken(office) == before
    assert owed(office).state is RequestState.SUBMITTED


def test_steps_missed_while_nothing_ran_are_made_good_by_one_message(office: Office) -> None:
    office.remind(OPENS)
    office.remind(date(2023, 11, 9))
    own = [(offset, outcome) for role, offset, _, outcome in taken(office) if role == "reporter"]
    assert [offset for offset, _ in own] == [-3, -1, 0, 1, 2]
    assert [outcome for _, outcome in own].count(ReminderOutcome.SENT) == 1
    assert own[-1][1] is ReminderOutcome.SENT
    assert [letter.address for letter in office.letters()] == ["reporter@west.cn", "reviewer@west.cn"]


def test_on_a_rest_day_nobody_hears_anything(office: Office) -> None:
    office.remind(OPENS)
    office.remind(date(2023, 11, 4))  # a Saturday, two days after T-3
    assert taken(office) == []
    office.remind(date(2023, 11, 6))
    assert [offset for _, offset, _, _ in taken(office)] == [-3, -1]


def test_a_unit_whose_messages_are_used_up_hears_next_week(office: Office) -> None:
    version = office.session.exec(select(SchemeVersion)).one()
    version.most_messages = 1
    for day in days(OPENS, date(2023, 11, 13)):
        office.remind(day)
    sent = [day for role, _, day, outcome in taken(office) if outcome is ReminderOutcome.SENT and role == "reporter"]
    weeks = [day.isocalendar().week for day in sent]
    assert len(set(weeks)) == len(weeks)
    assert office.session.exec(select(Reminder).where(Reminder.outcome == ReminderOutcome.DEFERRED)).all()


def test_a_round_closes_once_and_a_late_number_is_still_a_number(office: Office) -> None:
    for day in days(OPENS, DUE + timedelta(days=30)):
        office.remind(day)
    period = office.session.exec(select(Period).where(Period.as_of == OCT)).one()
    assert period.closed_at is not None
    closed_at, request = period.closed_at, owed(office)
    move(office.session, [request], RequestAct.SUBMIT, Mark("王某", datetime(2023, 12, 20, tzinfo=UTC)))
    office.remind(date(2023, 12, 21))
    assert (request.state, period.closed_at) == (RequestState.SUBMITTED, closed_at)


def test_only_what_nobody_can_give_is_asked_for(office: Office) -> None:
    office.remind(OPENS)
    found = office.session.exec(select(Request)).all()
    period = office.session.exec(select(Period)).one()
    assert period.unit_due == DUE
    states = {(request.target_id, request.state) for request in found}
    west_projects = office.plan.started[office.plan.west]
    assert {target for target, state in states if state is RequestState.AWAITED} == {west_projects}
    assert {state for target, state in states if target != west_projects} == {RequestState.SPARED}


def test_a_message_about_numbers_and_one_about_checks_are_two(office: Office) -> None:
    office.remind(OPENS)
    (period,) = office.session.exec(select(Period)).all()
    at, west = datetime(2023, 11, 8, 1, tzinfo=UTC), office.plan.west
    steps = [(leg, role, day) for leg in Leg for role in (Role.REPORTER, Role.LEADER) for day in (DUE, OPENS)]
    row = {"period_id": period.id, "unit_id": west, "told_unit_id": west, "offset": 0, "owed": 1}
    row |= {"outcome": ReminderOutcome.SENT, "recorded_at": at}
    add(office.session, [row | {"leg": leg, "to_role": role, "planned_on": day} for leg, role, day in steps])
    assert messages(office.session, office.plan.scheme_id, at) == {west: 3}
