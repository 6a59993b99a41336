"""Working days that change: open rounds follow, units that still owe hear of it once, and what is closed stays."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from diaodu.actions.calendar import Carried, fill_years, remove_closure, set_closure, set_day
from diaodu.rules.rescheduling import Shift
from diaodu.storage import audit
from diaodu.storage.holiday import put, seed
from diaodu.storage.period import still_open
from models.audit import Audit
from models.delivery import Delivery
from models.holiday import Holiday
from models.reminder import Reminder
from models.request import Request
from models.scheme_version import SchemeVersion
from tests.plan import SmallPlan
from tests.small_office import OCT, Office, editor

DUE = date(2023, 11, 7)
"""Of October's numbers: five working days after the month."""


@pytest.fixture
def office(session: Session, tmp_path: Path) -> Office:
    """On 1 November October's round is opened; the west owes projects, everything else is known."""
    office = Office(session, tmp_path)
    office.person("王某", office.plan.west, mail="west@example.cn")
    office.person("赵某", office.plan.east, mail="east@example.cn")
    office.remind(date(2023, 11, 1))
    return office


def rest(office: Office, day: date, told_on: date = date(2023, 11, 2), name: str = "停电检修") -> Carried:
    return set_day(office.session, editor(told_on), day, False, name)


def owed(office: Office) -> date:
    """By when the west owes what it owes."""
    request = office.session.exec(
        select(Request).where(Request.unit_id == office.plan.west, Request.state == "awaited")
    ).one()
    return request.due


def letters(office: Office) -> list[Delivery]:
    found = office.session.exec(select(Delivery).where(col(Delivery.subject).contains("调整")))
    return list(found)


def test_a_day_off_puts_the_deadline_off_and_is_told_to_who_owes(office: Office) -> None:
    assert owed(office) == DUE
    done = rest(office, date(2023, 11, 6))
    assert owed(office) == date(2023, 11, 8)
    assert still_open(office.session, office.plan.scheme_id)[0].unit_due == date(2023, 11, 8)
    assert [(one.as_of, one.who, one.unit, one.what.shift) for one in done.listed] == [(OCT, "unit", None, Shift.LATER)]
    assert done.told == 1
    (letter,) = letters(office)
    assert letter.address == "west@example.cn"
    assert "11月6日调整为休息日（停电检修）" in letter.text
    assert "截至10月31日的数据，单位报送时限由11月7日改为11月8日（顺延）" in letter.text
    assert "11月8日（顺延）" in letter.html


def test_a_day_on_which_nothing_rests_moves_nothing(office: Office) -> None:
    done = rest(office, date(2023, 11, 15))
    assert (done.changed, done.listed, done.told) == (True, (), 0)
    assert owed(office) == DUE
    assert letters(office) == []


def test_a_working_saturday_brings_the_deadline_forward(office: Office) -> None:
    done = set_day(office.session, editor(date(2023, 11, 2)), date(2023, 11, 4), True, "补班")
    assert owed(office) == date(2023, 11, 6)
    assert done.listed[0].what.shift is Shift.EARLIER


def test_nobody_is_late_by_an_announcement(office: Office) -> None:
    """On the 7th it turns out that Saturday the 4th was a working day, and the deadline the 6th: it stays today."""
    done = set_day(office.session, editor(DUE), date(2023, 11, 4), True, "补班")
    assert owed(office) == DUE
    assert done.listed == ()


def test_the_same_day_a_second_time_is_no_news(office: Office) -> None:
    rest(office, date(2023, 11, 6))
    again = rest(office, date(2023, 11, 6))
    assert not again.changed
    assert len(letters(office)) == 1
    assert len(office.session.exec(select(Audit).where(Audit.action == "calendar.set")).all()) == 1


def test_what_is_closed_is_not_touched(office: Office) -> None:
    office.remind(date(2023, 11, 20))
    assert still_open(office.session, office.plan.scheme_id) == []
    missing = office.session.exec(select(Request).where(Request.state == "missing")).one()
    done = rest(office, date(2023, 11, 6), told_on=date(2023, 11, 21))
    assert (done.listed, done.told, missing.due) == ((), 0, DUE)


def test_the_ladder_follows_the_new_date(office: Office) -> None:
    """T-3 was taken on 2 November; it is T-3 still, for the 6th is off; T-1 is the 7th, T the 8th."""
    office.remind(date(2023, 11, 2))
    rest(office, date(2023, 11, 6), told_on=date(2023, 11, 2))
    for day in (3, 6, 7, 8):
        office.remind(date(2023, 11, day), hour=3)
    steps = office.session.exec(select(Reminder).where(Reminder.unit_id == office.plan.west).order_by(Reminder.id))  # type: ignore[arg-type]
    assert [(step.planned_on.day, step.offset) for step in steps] == [(2, -3), (7, -1), (8, 0)]


def test_every_change_is_audited_with_what_it_moved(office: Office) -> None:
    rest(office, date(2023, 11, 6))
    row = office.session.exec(select(Audit).where(Audit.action == "calendar.set")).one()
    detail = json.loads(row.detail)
    assert (row.actor, row.subject, detail["name"], detail["before"], detail["told"]) == (
        "张某",
        "2023-11-06",
        "停电检修",
        None,
        1,
    )
    assert detail["rescheduled"]["2023"][0] | {"period": 0} == {
        "period": 0,
        "who": "unit",
        "unit": None,
        "old": "2023-11-07",
        "new": "2023-11-08",
        "shift": "later",
    }
    assert audit.verify(office.session) is None


def test_a_units_own_day_moves_its_deadline_and_nobody_elses(office: Office) -> None:
    by, west = editor(date(2023, 11, 2)), office.plan.west
    done = set_closure(office.session, by, west, "west", date(2023, 11, 6), False, "西区停电")
    assert owed(office) == date(2023, 11, 8)
    assert still_open(office.session, office.plan.scheme_id)[0].unit_due == DUE
    assert [(one.unit, one.what.new) for one in done.listed] == [("西区", date(2023, 11, 8))]
    (letter,) = letters(office)
    assert "你单位11月6日调整为休息日（西区停电）" in letter.text
    assert not set_closure(office.session, by, west, "west", date(2023, 11, 6), False, "西区停电").changed
    taken_back = remove_closure(office.session, by, west, "west", date(2023, 11, 6))
    assert owed(office) == DUE
    assert taken_back.listed[0].what.shift is Shift.EARLIER
    assert not remove_closure(office.session, by, west, "west", date(2023, 11, 6)).changed
    assert [
        row.action for row in office.session.exec(select(Audit).where(col(Audit.action).startswith("calendar")))
    ] == [
        "calendar.closure",
        "calendar.reopen",
    ]


def test_a_unit_that_works_on_a_general_day_off_is_not_put_off(office: Office) -> None:
    set_closure(office.session, editor(date(2023, 11, 2)), office.plan.west, "west", date(2023, 11, 6), True, "照常")
    rest(office, date(2023, 11, 6))
    assert owed(office) == DUE
    assert still_open(office.session, office.plan.scheme_id)[0].unit_due == date(2023, 11, 8)
    assert letters(office) == []


def test_a_year_that_has_become_known_is_filled_in_once_with_its_consequences(office: Office) -> None:
    guess = Holiday(day=date(2023, 11, 6), workday=False, name="推算", provisional=True, origin="推算")
    put(office.session, [guess])
    for request in office.session.exec(select(Request)):
        request.due = date(2023, 11, 8)
    (period,) = still_open(office.session, office.plan.scheme_id)
    period.unit_due, period.provisional = date(2023, 11, 8), True
    done = fill_years(office.session, editor(date(2023, 11, 2)), [2023, 2024])
    assert [(one.what.old.day, one.what.new.day, one.what.shift) for one in done.listed] == [(8, 7, Shift.EARLIER)]
    assert not period.provisional
    assert owed(office) == DUE
    assert not fill_years(office.session, editor(date(2023, 11, 2)), [2023, 2024]).changed


def test_a_lead_unit_with_something_left_to_check_hears_of_its_own_deadline(session: Session) -> None:
    """When the 20th is off, the lead unit has until the 21st to check; the unit, due on the 16th, is left alone."""
    seed(session, [2023])
    plan = SmallPlan(session)
    scheme = session.exec(select(SchemeVersion)).one()
    scheme.report_due = "单位每月16日→牵头单位20日→考核办25日"
    plan.define(plan.projects, name="开工项目", lead_unit_id=plan.east)
    plan.person("赵某", plan.east, mail="east@example.cn")
    plan.person("王某", plan.west, mail="west@example.cn")
    due = date(2023, 11, 16)
    number = plan.period(OCT, due, lead_due=date(2023, 11, 20), office_due=date(2023, 11, 27))
    plan.request(number, plan.started[plan.west], due)
    done = set_day(session, editor(date(2023, 11, 10)), date(2023, 11, 20), False, "停电")
    assert [(one.who, one.what.new.day) for one in done.listed] == [("lead", 21)]
    (letter,) = session.exec(select(Delivery)).all()
    assert letter.address == "east@example.cn"
    assert "牵头单位核对时限由11月20日改为11月21日（顺延）" in letter.text


def test_a_unit_hears_once_of_all_its_rounds(office: Office) -> None:
    """Two rounds are open, both rest on the same day: one message lists both."""
    plan = office.plan
    weekly = plan.collection("weekly", name="周调度", report_due="每周一前")
    due = date(2023, 11, 6)
    number = plan.period(date(2023, 11, 5), due, weekly)
    plan.request(number, plan.invested[plan.west], due)
    rest(office, due)
    (letter,) = letters(office)
    assert letter.subject == "西区：2项时限因工作日历调整而变动"
    assert "周调度：截至11月5日的数据，单位报送时限由11月6日改为11月7日（顺延）" in letter.text
