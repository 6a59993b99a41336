"""A form asks for what the unit owes and nothing else, with everything beside it that would have to be looked up."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlmodel import Session

from diaodu.actions.import_report import import_report
from diaodu.actions.report_form import unit_forms
from diaodu.rules.request import RequestAct
from diaodu.sources.form import Form, due_line, form_name
from diaodu.sources.form_mark import FormMark
from diaodu.sources.form_page import ASKED, form_file
from diaodu.storage.period import period_of
from diaodu.storage.request import Mark, move, requests_of
from diaodu.storage.target import target_ids
from models.report import Report
from models.request import Request
from tests.actions.returns import AS_OF, RETURNED, ROW, filled, form_of, planned, say


@pytest.fixture
def scheme(session: Session, tmp_path: Path) -> int:
    return planned(session, tmp_path)


def sheet_of(form: bytes) -> Worksheet:
    sheet = load_workbook(io.BytesIO(form))["填报"]
    assert isinstance(sheet, Worksheet)
    return sheet


def lines(sheet: Worksheet) -> list[dict[str, object]]:
    """What stands in each row, by heading."""
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def indicators(session: Session, scheme: int, as_of: date = AS_OF, unit: str = "east") -> list[str]:
    forms = list(unit_forms(session, scheme, as_of, RETURNED, unit))
    return [item.indicator for form in forms for item in form.items]


def requests(session: Session, scheme: int) -> dict[str, Request]:
    """The east's requests by indicator."""
    period = period_of(session, scheme, AS_OF)
    assert period is not None
    names = {target: code for (code, unit), target in target_ids(session, scheme).items() if unit == "east"}
    asked = requests_of(session, period.id or 0)
    return {names[request.target_id]: request for request in asked if request.target_id in names}


def test_everything_known_stands_beside_what_is_asked(session: Session, scheme: int) -> None:
    target = target_ids(session, scheme)["invest", "east"]
    session.add(
        Report(
            target_id=target,
            as_of=date(2023, 9, 30),
            value=98_765_430_000,
            origin="test",
            recorded_by="test",
            recorded_at=datetime(2023, 10, 8, tzinfo=UTC),
        )
    )
    session.flush()
    first, *_, park = lines(sheet_of(form_of(session, scheme)))
    asked = dict.fromkeys(column.chinese for column in ASKED)
    assert first == {
        "名称": "重点项目投资",
        "计量单位": "万元",
        "目标值": 123456.5,
        "上期累计": 98765.43,
        "序时目标": 102880.42,  # 10/12 of the target, half up
        **asked,
        "指标": "invest",
        "单位": "east",
        "截至日": datetime(2023, 10, 31),  # noqa: DTZ001  (spreadsheets know no zones)
    }
    assert (park["目标值"], park["序时目标"]) == (2, 1), "milestones are counted"


def test_the_head_says_which_day_and_by_when(session: Session, scheme: int) -> None:
    sheet = sheet_of(form_of(session, scheme))
    assert sheet["A1"].value == "2023年10月31日进展填报表 · 东区"
    assert sheet["A2"].value == "截至日：2023年10月31日（星期二）　报送时限：2023年11月7日（星期二）前"
    assert "某区考核办" in str(sheet["A3"].value)


def test_deadlines_that_differ_and_are_not_certain_are_told_so() -> None:
    mark = FormMark("2023", "east", AS_OF, "", ())
    dues = {date(2027, 1, 8): 2, date(2027, 1, 5): 1}
    assert due_line(Form(mark, "", "东区", "考核办", (), dues, provisional=True)) == (
        "截至日：2023年10月31日（星期二）　报送时限：2027年1月5日（星期二）（1 项）、2027年1月8日（星期五）（2 项）前"
        "（暂定：当年放假安排尚未公布）"
    )


def test_only_what_is_owed_is_asked(session: Session, scheme: int) -> None:
    asked = requests(session, scheme)
    assert indicators(session, scheme) == ["invest", "tax", "area", "power", "jobs", "air", "park"]
    mark = Mark("李某", RETURNED)
    move(session, [asked["tax"], asked["area"]], RequestAct.SUBMIT, mark)
    move(session, [asked["power"]], RequestAct.SPARE, mark)
    move(session, [asked["jobs"]], RequestAct.WITHDRAW, mark)
    move(session, [asked["air"]], RequestAct.CLOSE, mark)
    move(session, [asked["area"]], RequestAct.RETURN, Mark("李某", RETURNED, reason="与统计口径不符"))
    assert indicators(session, scheme) == ["invest", "area", "air", "park"]
    reasons = [line["退回原因"] for line in lines(sheet_of(form_of(session, scheme)))]
    assert reasons == [None, "与统计口径不符", None, None]


def test_a_unit_that_owes_nothing_gets_no_form(session: Session, scheme: int) -> None:
    move(session, list(requests(session, scheme).values()), RequestAct.SUBMIT, Mark("李某", RETURNED))
    assert [form.unit for form in unit_forms(session, scheme, AS_OF, RETURNED)] == ["西区"]


def test_where_no_round_asks_every_target_is_asked(session: Session, scheme: int) -> None:
    september = date(2023, 9, 30)
    assert len(indicators(session, scheme, september)) == 7
    (form,) = unit_forms(session, scheme, september, RETURNED, "east")
    assert due_line(form) == "截至日：2023年9月30日（星期六）"


def test_every_unit_has_its_form_in_the_plans_order(session: Session, scheme: int) -> None:
    forms = list(unit_forms(session, scheme, AS_OF, RETURNED))
    assert [(form.unit, len(form.items)) for form in forms] == [("东区", 7), ("西区", 1)]
    assert [form_name(form) for form in forms] == ["东区_east_2023-10-31.xlsx", "西区_west_2023-10-31.xlsx"]


def test_only_what_is_asked_can_be_typed(session: Session, scheme: int) -> None:
    sheet = sheet_of(form_of(session, scheme))
    headings = [cell.value for cell in sheet[4]]
    open_to = {
        headings[cell.column - 1] for row in sheet.iter_rows(min_row=5) for cell in row if not cell.protection.locked
    }
    assert sheet.protection.sheet
    assert open_to == {column.chinese for column in ASKED}
    assert len(ASKED) <= 5


def test_the_spreadsheet_itself_refuses_what_we_would_refuse(session: Session, scheme: int) -> None:
    rules = {str(rule.sqref): rule for rule in sheet_of(form_of(session, scheme)).data_validations.dataValidation}
    invest, park = rules[f"F{ROW['invest']}"], rules[f"F{ROW['park']}"]
    assert invest.formula1 == "AND(ISNUMBER(F5),F5>=-1000000000000,F5<=1000000000000,ROUND(F5,2)=F5)"
    assert invest.error == "只填数字，以“万元”计，最多 2 位小数。没有数就空着，零写 0。"
    assert (park.type, park.formula1) == ("list", '"0,1,2"')
    assert park.prompt == "已完成几个节点，填 0 到 2。1 开工（3月31日）；2 竣工（11月30日）"


def test_it_prints_on_a_page_across_and_keeps_its_head(session: Session, scheme: int) -> None:
    sheet = sheet_of(form_of(session, scheme))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0, "as many pages as it takes"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B5", "$4:$4")
    assert sum(one.width * (one.max - one.min + 1) for one in sheet.column_dimensions.values()) < 230


def test_no_number_is_too_wide_for_its_column(session: Session, scheme: int) -> None:
    (form,) = unit_forms(session, scheme, AS_OF, RETURNED, "east")
    longest = replace(form.items[0], target=123_456_789_012_340_000, last=-98_765_432_100_123_456)
    long_name = replace(form.items[1], name="新开工保障性租赁住房（含收购存量商品房用作保障性住房）套数")
    sheet = sheet_of(form_file(replace(form, items=[longest, long_name])))
    numbers = sheet.column_dimensions["C"]
    assert (numbers.min, numbers.max) == (3, 6), "target, last value, plan and the cell to fill"
    assert numbers.width >= len("-98,765,432,100.123456") + 2
    heights = [sheet.row_dimensions[row].height for row in (5, 6)]
    assert heights == [None, 45], "only what needs it has a height; other rows grow with what is typed"


def test_the_definition_hangs_on_the_name(session: Session, scheme: int) -> None:
    comment = sheet_of(form_of(session, scheme))["A5"].comment
    assert comment is not None
    assert comment.text == "口径：在建重点项目完成的投资额"


def test_nothing_in_a_form_is_a_formula_or_a_link(session: Session, scheme: int) -> None:
    bad = '=HYPERLINK("http://x")'
    move(session, [requests(session, scheme)["tax"]], RequestAct.SUBMIT, Mark("李某", RETURNED))
    move(session, [requests(session, scheme)["tax"]], RequestAct.RETURN, Mark("李某", RETURNED, reason=bad))
    (form,) = unit_forms(session, scheme, AS_OF, RETURNED, "east")
    data = form_file(Form(form.mark, "+1", "@东区", "-某办", form.items, form.dues))
    book = load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert bad in [cell.value for cell in cells]
    assert not any(cell.hyperlink for cell in cells)


def test_an_untouched_form_says_nothing(session: Session, scheme: int, tmp_path: Path) -> None:
    (tmp_path / "east.xlsx").write_bytes(form_of(session, scheme))
    tally = import_report(session, scheme, tmp_path / "east.xlsx", "东区", RETURNED).tally("reports")
    assert (tally.added, tally.changed, tally.blank) == (0, 0, 7)


def test_the_same_numbers_saved_again_change_nothing(session: Session, scheme: int, tmp_path: Path) -> None:
    form = form_of(session, scheme)
    for name, value in (("one.xlsx", 100.5), ("two.xlsx", "100.50万元")):
        (tmp_path / name).write_bytes(filled(form, say("invest", value)))
    first = import_report(session, scheme, tmp_path / "one.xlsx", "东区", RETURNED).tally("reports")
    second = import_report(session, scheme, tmp_path / "two.xlsx", "东区", RETURNED).tally("reports")
    assert (first.added, second.added, second.changed, second.unchanged) == (1, 0, 0, 1)
