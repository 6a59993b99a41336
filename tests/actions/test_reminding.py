"""催报: the ladder climbed day by day, over rest days, submissions, closing, and days on which nothing ran."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from diaodu.clock import office_day
from diaodu.rules.access import Role
from diaodu.rules.reminder import ReminderOutcome
from diaodu.rules.request import RequestAct, RequestState
from diaodu.rules.routing import NoticeKind
from diaodu.storage.holiday import workdays
from diaodu.storage.period import still_open
from diaodu.storage.policy import add_policy
from diaodu.storage.request import Mark, move
from models.closure import Closure
from models.delivery import Delivery
from models.period import Period
from models.person import Person
from models.reminder import Reminder
from models.request import Request
from models.scheme_version import SchemeVersion
from tests.plan import RECORDED, STARTS
from tests.small_office import OCT, POLICY, Office

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


def noon(day: int) -> datetime:
    return datetime(2023, 11, day, 0, 30, tzinfo=UTC)


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


def test_a_round_that_ran_out_while_nothing_ran_is_escalated_to_the_last_step_before_it_closes(office: Office) -> None:
    office.remind(OPENS)
    office.remind(date(2023, 11, 30))
    assert {(role, offset) for role, offset, _, _ in taken(office)} >= {("reviewer", 3), ("leader", 5), ("leader", 8)}
    assert still_open(office.session, office.plan.scheme_id) == []
    assert any(letter.address == "reporter@west.cn" for letter in office.letters())


def test_those_above_hear_nothing_of_a_round_that_the_unit_hears_of_that_day_for_the_first_time(office: Office) -> None:
    office.remind(OPENS)
    office.plan.period(date(2023, 11, 10), date(2023, 11, 10))
    late = office.session.exec(select(Period).where(Period.as_of == date(2023, 11, 10))).one()
    office.plan.request(late.id or 0, office.plan.invested[office.plan.west], date(2023, 11, 10), asked_at=noon(14))
    office.remind(date(2023, 11, 14))
    said = {letter.address: letter.text for letter in office.letters()}
    assert "截至11月10日" in said["reporter@west.cn"]
    for above in ("reviewer@west.cn", "leader@west.cn"):
        assert "截至10月31日" in said[above]
        assert "截至11月10日" not in said[above]


def test_a_number_asked_for_after_its_deadline_gets_no_formal_letter_that_day(office: Office) -> None:
    office.remind(date(2023, 11, 9))
    assert [letter.address for letter in office.letters()] == ["reporter@west.cn"]
    assert office.notices() == []
    office.remind(date(2023, 11, 10))
    assert [notice.kind for notice in office.notices()] == [NoticeKind.CHASE]


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
    own = [(offset, outcome) for role, offset, _, outcome in taken(office) if role == "reporter"]
    waited = ReminderOutcome.MERGED
    sent = ReminderOutcome.SENT
    assert own == [(-3, sent), (-1, sent), (0, waited), (1, sent), (2, waited), (3, waited), (4, sent)]


def test_a_formal_letter_and_those_above_do_not_wait_for_next_week(office: Office) -> None:
    office.session.exec(select(SchemeVersion)).one().most_messages = 1
    for day in days(OPENS, date(2023, 11, 10)):
        office.remind(day)
    (letter,) = office.notices()
    assert (letter.kind, office_day(letter.issued_at)) == (NoticeKind.CHASE, date(2023, 11, 8))
    above = [(role, day, outcome) for role, _, day, outcome in taken(office) if role != "reporter"]
    assert above == [("reviewer", date(2023, 11, 10), ReminderOutcome.SENT)]
    waiting = office.session.exec(select(Reminder).where(Reminder.outcome == ReminderOutcome.DEFERRED)).all()
    assert [row.planned_on.day for row in waiting] == [10]


def test_messages_of_every_kind_use_up_the_week(office: Office) -> None:
    """A warning on Monday takes the place of that week's reminder."""
    office.session.exec(select(SchemeVersion)).one().most_messages = 1
    office.remind(date(2023, 11, 2))
    office.report(office.plan.west, OCT, "55", datetime(2023, 11, 1, tzinfo=UTC))
    lamps = (office.plan.scheme_id, "lamps", POLICY, STARTS, RECORDED, "test")
    add_policy(office.session, *lamps)
    office.warn(known_at=datetime(2023, 11, 6, 0, 30, tzinfo=UTC))
    office.remind(date(2023, 11, 6))
    assert [(offset, outcome) for _, offset, _, outcome in taken(office)] == [
        (-3, ReminderOutcome.SENT),
        (-1, ReminderOutcome.DEFERRED),
    ]


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


def fresh_round(office: Office, as_of: date, due: date, unit: int) -> int:
    """A round of its own, outside any calendar, that asks one unit for its investment."""
    target = office.plan.invested[unit]
    opened = datetime(due.year, due.month, due.day, tzinfo=UTC) - timedelta(days=20)
    period_id = office.plan.period(as_of, due, office.plan.collection(f"{as_of}", active=False), opened_at=opened)
    office.plan.request(period_id, target, due, asked_at=opened)
    return period_id


def test_a_week_of_holidays_in_the_middle_stretches_the_ladder_and_drops_no_step(office: Office) -> None:
    """Due on the last working day before the National Day week of 2023: T+1 is the make-up Saturday after it."""
    due = date(2023, 9, 28)
    period_id = fresh_round(office, date(2023, 9, 20), due, office.plan.west)
    for day in days(date(2023, 9, 25), date(2023, 10, 11)):
        office.remind(day)
    steps = select(Reminder).where(Reminder.period_id == period_id).order_by(col(Reminder.id))
    told = [(row.to_role, row.offset, row.planned_on) for row in office.session.exec(steps)]
    assert told == [
        (Role.REPORTER, -3, date(2023, 9, 25)),
        (Role.REPORTER, -1, date(2023, 9, 27)),
        (Role.REPORTER, 0, due),
        (Role.REPORTER, 1, date(2023, 10, 7)),
        (Role.REPORTER, 2, date(2023, 10, 8)),
        (Role.REPORTER, 3, date(2023, 10, 9)),
        (Role.REVIEWER, 3, date(2023, 10, 9)),
        (Role.REPORTER, 4, date(2023, 10, 10)),
        (Role.REPORTER, 5, date(2023, 10, 11)),
        (Role.LEADER, 5, date(2023, 10, 11)),
    ]


def test_a_unit_that_rests_is_left_in_peace_and_hears_on_its_next_working_day(office: Office) -> None:
    """The west is closed on the 9th and 10th of November; the east is not."""
    for day in (9, 10):
        closure = Closure(unit_id=office.plan.west, day=date(2023, 11, day), workday=False, name="停电检修")
        office.session.add(closure)
    office.remind(OPENS)
    office.remind(date(2023, 11, 8))
    before = len(taken(office))
    office.remind(date(2023, 11, 9))
    office.remind(date(2023, 11, 10))
    assert len(taken(office)) == before
    office.remind(date(2023, 11, 13))
    assert [(role, offset) for role, offset, day, _ in taken(office)[before:] if day == date(2023, 11, 13)] == [
        ("reporter", 2)
    ]


def test_who_takes_over_hears_the_next_step_and_who_left_does_not(office: Office) -> None:
    office.remind(date(2023, 11, 2))
    left = office.session.exec(select(Person).where(Person.name == "填报人")).one()
    left.active = False
    office.person("接任者", office.plan.west, Role.REPORTER, mail="new@west.cn")
    office.remind(date(2023, 11, 6))
    assert [letter.address for letter in office.letters()] == ["reporter@west.cn", "new@west.cn"]


def test_two_rounds_at_once_are_one_message_and_a_step_of_each(office: Office) -> None:
    fresh_round(office, date(2023, 11, 3), DUE, office.plan.west)
    office.remind(DUE)
    (letter,) = office.letters()
    assert "开工项目" in letter.text
    assert "重点项目投资" in letter.text
    rows = office.session.exec(select(Reminder).where(Reminder.outcome == ReminderOutcome.SENT)).all()
    assert len({row.period_id for row in rows}) == 2
    assert {row.message for row in rows} == {letter.key.split("/")[0]}
