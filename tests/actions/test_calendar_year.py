"""A year that is announced: taken whole or not at all, in place of its guess, with everything that follows from it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from diaodu.actions.calendar import set_day
from diaodu.actions.calendar_year import import_year
from diaodu.rules.rescheduling import Shift
from diaodu.sources.fault import Faults
from diaodu.storage.holiday import days_of, seed, workdays
from diaodu.storage.period import still_open
from models.audit import Audit
from models.delivery import Delivery
from models.holiday import Holiday
from tests.arrangements import FAR, FAR_DAYS, csv_file, real, workbook_file
from tests.plan import Plan
from tests.small_office import editor


@pytest.fixture
def far(session: Session) -> Plan:
    """A scheme of 2060 whose last round is due in 2061, a year that is only guessed."""
    seed(session, [FAR - 1, FAR])
    starts, ends = date(FAR - 1, 1, 1), date(FAR - 1, 12, 31)
    plan = Plan(
        session, str(FAR - 1), datetime(FAR - 1, 1, 1, 2, tzinfo=UTC), starts=starts, ends=ends, effective_from=starts
    )
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
        ("日期,类型,名称\n1月1日,休,元旦\n", "要写上年份"),
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
