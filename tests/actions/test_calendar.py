"""Working days that change: open rounds follow, units that still owe hear of it once, and what is closed stays."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from diaodu.actions.calendar import Carried, fill_years, remove_closure, set_closure, set_day
from diaodu.actions.calendar_year import import_year
from diaodu.actions.rescheduling import Editor
from diaodu.rules.rescheduling import Shift
from diaodu.sources.fault import Faults
from diaodu.storage import audit
from diaodu.storage.holiday import days_of, put, seed, workdays
from diaodu.storage.period import still_open
from diaodu.templating import environment
from models.audit import Audit
from models.delivery import Delivery
from models.holiday import Holiday
from models.reminder import Reminder
from models.request import Request
from notifications.console import Console
from notifications.inbox import Inbox
from tests.arrangements import FAR, FAR_DAYS, csv_file, real, workbook_file
from tests.plan import Plan
from tests.small_office import OCT, Office

DUE = date(2023, 11, 7)
"""Of October's numbers: five working days after the month."""


def at(day: date, hour: int = 2) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def editor(day: date) -> Editor:
    ways = [("mail", lambda person: person.mail), ("inbox", Inbox().reach), ("console", Console().reach)]
    return Editor("张某", at(day), ways, environment())


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


# A year that is announced


@pytest.fixture
def far(session: Session) -> Plan:
    """A scheme of 2060 whose last round is due in 2061, a year that is only guessed."""
    seed(session, [FAR - 1, FAR])
    starts, ends = date(FAR - 1, 1, 1), date(FAR - 1, 12, 31)
    plan = Plan(session, str(FAR - 1), at(starts), starts=starts, ends=ends, effective_from=starts)
    unit = plan.unit("west", "城区", name="西区", effective_from=starts)
    plan.person("王某", unit, mail="west@example.cn")
    invested = plan.indicator("investment", name="投资", effective_from=starts)
    target = plan.target(invested, unit, 100, start=starts, due=ends, effective_from=starts)
    due = workdays(session).after(ends, 5)
    assert due == date(FAR, 1, 10)
    plan.request(plan.period(ends, due, provisional=True), target, due)
    return plan


def test_an_announced_year_replaces_the_guess_and_moves_what_rests_on_it(far: Plan, tmp_path: Path) -> None:
    by = editor(date(FAR - 1, 12, 20))
    file = csv_file(tmp_path / "放假安排.csv", [day for day in FAR_DAYS if day[0] != date(FAR, 1, 8)])
    done = import_year(far.session, file, by)
    assert (done.year, done.worked, done.kept) == (FAR, 6, ())
    (period,) = still_open(far.session, far.scheme_id)
    assert (period.unit_due, period.provisional) == (date(FAR, 1, 11), False)
    assert not workdays(far.session).is_provisional(date(FAR, 6, 1))
    (letter,) = far.session.exec(select(Delivery)).all()
    assert f"{FAR}年放假安排已公布" in letter.text
    assert "单位报送时限由2061年1月10日改为2061年1月11日（顺延）" in letter.text
    assert days_of(far.session, FAR)[0].origin == "放假安排.csv 第 2 行"


def test_a_deadline_that_stays_is_listed_as_settled_and_nobody_is_bothered(far: Plan, tmp_path: Path) -> None:
    done = import_year(far.session, csv_file(tmp_path / "year.csv", FAR_DAYS), editor(date(FAR - 1, 12, 20)))
    assert [(one.what.shift, one.what.new) for one in done.carried.listed] == [(Shift.CONFIRMED, date(FAR, 1, 10))]
    (period,) = still_open(far.session, far.scheme_id)
    assert not period.provisional
    assert far.session.exec(select(Delivery)).all() == []


def test_the_same_year_a_second_time_changes_nothing_in_either_form(far: Plan, tmp_path: Path) -> None:
    by = editor(date(FAR - 1, 12, 20))
    assert import_year(far.session, csv_file(tmp_path / "year.csv", FAR_DAYS), by).carried.changed
    assert not import_year(far.session, csv_file(tmp_path / "year.csv", FAR_DAYS), by).carried.changed
    assert not import_year(far.session, workbook_file(tmp_path / "year.xlsx", FAR_DAYS), by).carried.changed
    assert len(far.session.exec(select(Audit).where(Audit.action == "calendar.import")).all()) == 1


def test_a_day_somebody_set_outlives_the_announcement(far: Plan, tmp_path: Path) -> None:
    by = editor(date(FAR - 1, 12, 20))
    set_day(far.session, by, date(FAR, 3, 15), False, "区庆")
    assert workdays(far.session).is_provisional(date(FAR, 3, 15)), "one day does not announce a year"
    done = import_year(far.session, csv_file(tmp_path / "year.csv", FAR_DAYS), by)
    assert done.kept == (date(FAR, 3, 15),)
    assert not workdays(far.session).is_workday(date(FAR, 3, 15))
    assert not workdays(far.session).is_provisional(date(FAR, 3, 15))


def test_a_day_of_a_year_not_on_record_brings_its_guess_with_it(session: Session) -> None:
    set_day(session, editor(date(FAR - 1, 12, 20)), date(FAR, 3, 15), False, "区庆")
    calendar = workdays(session)
    assert not calendar.is_workday(date(FAR, 10, 3))
    assert calendar.is_provisional(date(FAR, 10, 3))


def test_faults_are_all_said_at_once_and_nothing_is_taken(far: Plan, tmp_path: Path) -> None:
    before = [day.model_dump() for day in days_of(far.session, FAR)]
    days = [day for day in FAR_DAYS if day[0].month < 9]
    file = csv_file(tmp_path / "year.csv", [*days, (date(FAR, 3, 2), True, "元旦"), (date(FAR, 3, 3), False, "")])
    with pytest.raises(Faults) as wrong:
        import_year(far.session, file, editor(date(FAR - 1, 12, 20)))
    said = [str(fault) for fault in wrong.value.faults]
    assert any("第 26 行 · B 类型：读到“班”，这一天是星期一至星期五" in line for line in said), said
    assert any("第 27 行 · C 名称：请写明是哪个节日" in line for line in said), said
    assert sum("是法定节假日，应放假" in line for line in said) == 2
    assert [day.model_dump() for day in days_of(far.session, FAR)] == before
    assert far.session.exec(select(Audit)).all() == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "工作表"),
        ("日期,类型,名称\n", "没有任何数据行"),
        ("日期,名称\n2061-01-01,元旦\n", "缺少“是否工作日”"),
        ("日期,类型,名称\n1月1日,休,元旦\n", "应为日期"),
        ("日期,类型,名称\n2061-01-01,半天,元旦\n", "应为 班 或 休"),
        ("date,workday,name,provisional\n2061-01-01,False,元旦,True\n", "这一天是推算的"),
    ],
)
def test_a_file_that_is_no_arrangement_is_refused(session: Session, tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "year.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Faults, match=words):
        import_year(session, path, editor(date(FAR - 1, 12, 20)))


def test_new_years_day_may_reach_into_the_year_before(session: Session, tmp_path: Path) -> None:
    seed(session, [2018, 2019])
    for day in (date(2018, 12, 29), date(2018, 12, 30), date(2018, 12, 31)):
        session.delete(session.get_one(Holiday, day))
    session.flush()
    days = [
        (date(2018, 12, 29), True, "元旦"),
        (date(2018, 12, 30), False, "元旦"),
        (date(2018, 12, 31), False, "元旦"),
    ]
    import_year(session, csv_file(tmp_path / "2019.csv", [*days, *real(2019)]), editor(date(2018, 12, 10)))
    calendar = workdays(session)
    assert calendar.is_workday(date(2018, 12, 29))
    assert not calendar.is_workday(date(2018, 12, 31))
    assert not calendar.is_workday(date(2018, 10, 1)), "the rest of 2018 stands"


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
