"""催报名单: who owes what, since when, how often they heard of it, and what comes next."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from diaodu.actions.chase_list import Chased, chase_list
from diaodu.actions.directory import directory
from diaodu.actions.issuing import issuer_of, ladder_of
from diaodu.actions.reminding import remind
from diaodu.rules.access import Role
from diaodu.rules.reminder import Leg
from diaodu.rules.request import RequestAct, RequestState
from diaodu.storage.request import Mark, move
from models.definition import Definition
from models.period import Period
from models.request import Request
from tests.small_office import OCT, Office

DUE = date(2023, 11, 7)


@pytest.fixture
def office(session: Session, tmp_path: Path) -> Office:
    office = Office(session, tmp_path, policy=None)
    office.person("填报人", office.plan.west, Role.REPORTER, mail="reporter@west.cn", phone="0951-1")
    office.person("审核人", office.plan.west, Role.REVIEWER, mail="reviewer@west.cn")
    office.remind(date(2023, 11, 1))
    return office


def listed(office: Office, day: date, as_of: date | None = None) -> list[Chased]:
    at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    issuer = issuer_of(office.session, office.settings, office.plan.scheme_id, day, at)
    names = directory(office.session, office.plan.scheme_id, day, at)
    return chase_list(office.session, issuer, names, ladder_of(issuer.scheme), as_of)


def test_before_anything_went_out_the_first_step_is_next(office: Office) -> None:
    (one,) = listed(office, date(2023, 11, 1))
    assert (one.unit, one.leg, one.owed, one.indicators) == ("west", Leg.UNIT, 1, ("开工项目",))
    assert (one.since, one.due, one.late) == (date(2023, 11, 1), DUE, -4)
    assert (one.told.times, one.told.last_on, one.is_due) == (0, None, False)
    assert one.step is not None
    assert (one.step.offset, one.step.planned_on) == (-3, date(2023, 11, 2))
    assert [person.name for person in one.contacts] == ["填报人"]


def test_a_step_that_has_come_is_due_until_it_is_taken_and_never_on_a_rest_day(office: Office) -> None:
    assert [one.is_due for one in listed(office, date(2023, 11, 2))] == [True]
    assert [one.is_due for one in listed(office, date(2023, 11, 4))] == [False]  # a Saturday
    office.remind(date(2023, 11, 2))
    (one,) = listed(office, date(2023, 11, 2))
    assert (one.told.times, one.told.last_on, one.is_due) == (1, date(2023, 11, 2), False)
    assert one.step is not None
    assert one.step.planned_on == date(2023, 11, 6)


def test_an_overdue_unit_says_how_late_who_heard_and_who_is_next(office: Office) -> None:
    for day in (2, 6, 7, 8, 9, 10):
        office.remind(date(2023, 11, day))
    (one,) = listed(office, date(2023, 11, 10))
    assert (one.late, one.told.times, one.told.above) == (3, 7, (Role.REVIEWER,))
    assert one.step is not None
    assert (one.step.rung.to, one.step.planned_on) == (Role.REPORTER, date(2023, 11, 13))


def test_what_came_or_was_closed_is_not_chased_and_earlier_days_can_be_left_out(office: Office) -> None:
    assert listed(office, DUE, as_of=date(2023, 9, 30)) == []
    assert len(listed(office, DUE, as_of=OCT)) == 1
    (request,) = office.session.exec(select(Request).where(Request.state == RequestState.AWAITED)).all()
    move(office.session, [request], RequestAct.SUBMIT, Mark("王某", datetime(2023, 11, 2, tzinfo=UTC)))
    assert listed(office, DUE) == []


def test_a_lead_unit_that_has_not_checked_is_on_the_list(office: Office) -> None:
    office.session.exec(select(Period)).one().lead_due = date(2023, 11, 9)
    for definition in office.session.exec(select(Definition)):
        definition.lead_unit_id = office.plan.east
    (request,) = office.session.exec(select(Request).where(Request.state == RequestState.AWAITED)).all()
    move(office.session, [request], RequestAct.SUBMIT, Mark("王某", datetime(2023, 11, 7, tzinfo=UTC)))
    (one,) = listed(office, date(2023, 11, 10))
    assert (one.unit, one.leg, one.owed, one.due, one.late) == ("east", Leg.LEAD, 1, date(2023, 11, 9), 1)


def test_reminders_can_be_sent_to_some_units_only(office: Office) -> None:
    at = datetime(2023, 11, 2, 2, tzinfo=UTC)
    issuer = issuer_of(office.session, office.settings, office.plan.scheme_id, OCT, at)
    ladder = ladder_of(issuer.scheme)
    assert remind(office.session, issuer, ladder, {office.plan.east}).sent == 0
    assert remind(office.session, issuer, ladder, {office.plan.west}).sent == 1
    assert remind(office.session, issuer, ladder).sent == 0
