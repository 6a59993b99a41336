"""The published year as files: the same dates in each, provisional ones marked in words, identifiers that stay."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from icalendar import Calendar
from sqlmodel import Session, select

from diaodu.actions.year_calendar import year_calendar
from diaodu.actions.year_calendar_ics import ics_file
from diaodu.actions.year_calendar_workbook import workbook_file
from diaodu.rules.cadence import Cadence
from diaodu.rules.year_calendar import Turn, YearCalendar
from diaodu.storage.holiday import put, seed
from diaodu.storage.scheme import SchemeNotInForce
from models.closure import Closure
from models.holiday import Holiday
from models.scheme_version import SchemeVersion
from tests.plan import SmallPlan

NOW = datetime(2023, 10, 20, 1, tzinfo=UTC)


class Published(SmallPlan):
    """The small plan, with projects collected every week, and 2024 still to be announced."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        seed(session, [2023])
        put(session, [Holiday(day=date(2024, 1, 1), workday=False, name="元旦", provisional=True)])
        self.weekly = self.collection("weekly", name="每周/调度", report_due="每周二前")
        self.define(self.projects, name="开工项目", collection_id=self.weekly, lead_unit_id=self.east)

    def calendar(self, unit_id: int | None = None, year: int = 2023, at: datetime = NOW) -> YearCalendar:
        return year_calendar(self.session, self.scheme_id, year, at, unit_id)


@pytest.fixture
def plan(session: Session) -> Published:
    return Published(session)


def due(calendar: YearCalendar, as_of: date, code: str = "", turn: Turn = Turn.UNIT) -> date:
    return next(m.day for m in calendar.marks() if (m.as_of, m.strand.code, m.turn) == (as_of, code, turn))


def test_a_scheme_and_each_of_its_collections_are_published_for_the_whole_year(plan: Published) -> None:
    own, weekly = plan.calendar().strands
    assert (own.name, own.cadence, len(own.rounds)) == ("全部指标", Cadence.MONTHLY, 12)
    assert (weekly.name, weekly.code, len(weekly.rounds)) == ("每周/调度", "weekly", 52)
    assert due(plan.calendar(), weekly.rounds[0].as_of, "weekly") == date(2023, 1, 10), "the plan was made on 5 January"
    assert plan.calendar().guessed_years == [2024]


def test_a_collection_that_begins_later_in_the_year_is_published_from_then_on(plan: Published) -> None:
    plan.collection("survey", effective_from=date(2023, 12, 4))
    late = plan.calendar().strands[-1]
    assert (late.code, late.rounds[0].as_of, late.rounds[0].unit_due) == (
        "survey",
        date(2023, 12, 3),
        date(2023, 12, 5),
    )


def test_nothing_is_published_that_nobody_was_asked_for(plan: Published) -> None:
    plan.collection("survey", effective_from=date(2023, 9, 4))
    assert plan.calendar().strands[-1].rounds[0].as_of == date(2023, 9, 3)


def test_a_deadline_that_changes_later_in_the_year_is_published_from_then_on(plan: Published) -> None:
    late = plan.session.exec(select(SchemeVersion)).one().model_dump(exclude={"id"})
    changed = {"effective_from": date(2023, 12, 1), "report_due": "每月20日", "recorded_at": NOW}
    plan.session.add(SchemeVersion(**(late | changed)))
    plan.session.flush()
    found = plan.calendar()
    assert due(found, date(2023, 10, 31)) == date(2023, 11, 7)
    assert due(found, date(2023, 11, 30)) == date(2023, 12, 20)
    assert len(found.strands[0].rounds) == 12


def test_a_unit_sees_what_it_reports_or_checks_on_its_own_days(plan: Published) -> None:
    october = date(2023, 10, 31)
    assert [strand.code for strand in plan.calendar(plan.east).strands] == ["", "weekly"]
    assert [strand.code for strand in plan.calendar(plan.total).strands] == [""]
    plan.session.add(Closure(unit_id=plan.west, day=date(2023, 11, 6), workday=False, name="停电"))
    plan.session.flush()
    assert due(plan.calendar(), october) == date(2023, 11, 7)
    west = plan.calendar(plan.west)
    assert due(west, october) == date(2023, 11, 8)
    assert west.names[date(2023, 11, 6)] == "停电"


def test_a_round_that_has_begun_stands_as_it_was_announced(plan: Published) -> None:
    october = date(2023, 10, 31)
    period = plan.period(october, date(2023, 11, 10))
    plan.request(period, plan.invested[plan.west], date(2023, 11, 13))
    later = datetime(2023, 11, 2, 1, tzinfo=UTC)
    assert due(plan.calendar(at=later), october) == date(2023, 11, 10)
    assert due(plan.calendar(plan.west, at=later), october) == date(2023, 11, 13)
    assert due(plan.calendar(), october) == date(2023, 11, 7), "not known to be open on 20 October"


def test_a_year_before_the_scheme_is_in_force_cannot_be_published(plan: Published) -> None:
    with pytest.raises(SchemeNotInForce):
        plan.calendar(year=2021)


def test_next_years_scheme_is_published_before_its_year_begins(plan: Published) -> None:
    before = datetime(2022, 12, 20, 1, tzinfo=UTC)
    early = SmallPlanOfNextYear(plan.session, before)
    calendar = year_calendar(plan.session, early.scheme_id, 2023, before)
    assert len(calendar.strands[0].rounds) == 12


class SmallPlanOfNextYear(SmallPlan):
    def __init__(self, session: Session, recorded_at: datetime) -> None:
        super(SmallPlan, self).__init__(session, "early", recorded_at)


def test_an_ics_file_says_every_date_and_which_are_provisional(plan: Published) -> None:
    read = Calendar.from_ical(ics_file(plan.calendar(), NOW))
    events = {str(event["UID"]): event for event in read.walk("VEVENT")}
    assert len(events) == len(plan.calendar().marks())
    october, december = (events[f"2023-{day}.unit.2023.scheme@diaodu"] for day in ("10-31", "12-31"))
    assert (october.decoded("DTSTART"), october.decoded("DTEND")) == (date(2023, 11, 7), date(2023, 11, 8))
    assert (str(october["STATUS"]), str(december["STATUS"])) == ("CONFIRMED", "TENTATIVE")
    assert str(december["SUMMARY"]) == "单位报送：全部指标，截至2023年12月31日（暂定）"
    assert "2024年放假安排尚未公布" in str(december["DESCRIPTION"])
    assert "暂定" not in str(october["SUMMARY"])
    assert {event.decoded("DTSTAMP") for event in events.values()} == {NOW}
    assert read.walk("VALARM") == []


def test_identifiers_stay_when_dates_move(plan: Published) -> None:
    def identified() -> dict[str, date]:
        read = Calendar.from_ical(ics_file(plan.calendar(), NOW))
        return {str(event["UID"]): event.decoded("DTSTART") for event in read.walk("VEVENT")}

    before = identified()
    put(plan.session, [Holiday(day=date(2023, 11, 6), workday=False, name="停电", provisional=False)])
    after = identified()
    assert before.keys() == after.keys()
    assert {uid for uid in before if before[uid] != after[uid]} == {"2023-10-31.unit.2023.scheme@diaodu"}


def test_the_same_knowledge_gives_the_same_bytes(plan: Published) -> None:
    assert ics_file(plan.calendar(), NOW) == ics_file(plan.calendar(), NOW)
    assert workbook_file(plan.calendar(), NOW) == workbook_file(plan.calendar(), NOW)


def test_the_workbook_has_the_year_on_a_page_and_a_sheet_a_calendar(plan: Published) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_file(plan.calendar(), NOW)))
    assert book.sheetnames == ["全年一览", "全部指标", "每周 调度"]
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.freeze_panes in {"B4", "A4"}
        assert sheet.print_title_rows == "$1:$3"
    overview, own = book["全年一览"], book["全部指标"]
    november = [cell.value for cell in overview[14]]
    assert (november[0], november[7], november[32]) == ("11月", "二\n报", 22)
    assert overview["H13"].value == "六班\n报"  # 7 October, a make-up Saturday: Tuesday the 3rd is a holiday
    rows = [[cell.value for cell in row] for row in own.iter_rows(min_row=4)]
    assert rows[9][:3] == ["10月31日（周二）", "11月1日（周三）", "11月7日（周二）"]
    assert rows[11][2] == "2024年1月8日（周一）暂定"
    assert rows[11][5] == "放假安排未公布，时限暂定"
    assert rows[9][5] is None or rows[9][5] == ""


def test_names_of_collections_never_clash_or_run(plan: Published) -> None:
    for code in ("a", "b"):
        number = plan.collection(code, name="=1+1 很长很长很长很长很长很长很长很长很长很长很长很长的名称")
        plan.define(plan.indicator(code), name=code, collection_id=number)
    book = openpyxl.load_workbook(io.BytesIO(workbook_file(plan.calendar(), NOW)))
    assert len(book.sheetnames) == len({name.lower() for name in book.sheetnames}) == 5
    assert all(len(name) <= 31 for name in book.sheetnames)
    formulas = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []
