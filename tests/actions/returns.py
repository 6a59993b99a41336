"""A round that asks the east district for seven numbers, its form, and ways to fill it in and to spoil it."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlmodel import Session

from diaodu.actions.import_plan import import_plan
from diaodu.actions.opening import open_periods
from diaodu.actions.report_form import unit_forms
from diaodu.rules.quantity import plain
from diaodu.sources.form_page import form_file
from diaodu.storage.holiday import seed
from diaodu.storage.report import reports_for
from diaodu.storage.scheme import scheme_id
from diaodu.storage.target import target_ids
from tests.plan_file import Sheets, bytes_of, write_folder

AS_OF = date(2023, 10, 31)
PLANNED = datetime(2023, 1, 5, 4, tzinfo=UTC)
OPENED = datetime(2023, 11, 1, 1, tzinfo=UTC)
RETURNED = datetime(2023, 11, 3, 4, tzinfo=UTC)
LATER = datetime(2023, 12, 20, 4, tzinfo=UTC)
HEADING = 4
"""The row of the headings."""
PLAN: Sheets = {
    "scheme": [
        ["项", "值"],
        ["编码", "2023"],
        ["名称", "高质量发展考核"],
        ["开始", "2023-01-01"],
        ["结束", "2023-12-31"],
        ["报送时限", "期后5个工作日"],
        ["发文机关", "某区考核办"],
    ],
    "units": [["编码", "名称", "分组"], ["east", "东区", "城区"], ["west", "西区", "城区"]],
    "indicators": [
        ["编码", "名称", "类型", "方向", "计量单位", "小数", "口径"],
        ["invest", "重点项目投资", "累计量", "正向", "万元", "2", "在建重点项目完成的投资额"],
        ["tax", "税收收入", "累计量", "正向", "亿元", "6", ""],
        ["area", "新开工面积", "累计量", "正向", "万平方米", "2", ""],
        ["power", "发电量", "累计量", "正向", "亿千瓦时", "6", ""],
        ["jobs", "新增就业", "个数", "正向", "人", "0", ""],
        ["air", "空气优良率", "比率", "正向", "%", "1", ""],
        ["park", "园区交付", "节点成果", "正向", "项", "0", ""],
    ],
    "targets": [
        ["指标", "单位", "目标值", "序时方式"],
        ["invest", "east", "123456.5", ""],
        ["tax", "east", "20", ""],
        ["area", "east", "60", ""],
        ["power", "east", "30", ""],
        ["jobs", "east", "50000", ""],
        ["air", "east", "85", ""],
        ["park", "east", "", ""],
        ["invest", "west", "80000", ""],
    ],
    "milestones": [
        ["指标", "单位", "节点", "时限"],
        ["park", "east", "开工", "2023-03-31"],
        ["park", "east", "竣工", "2023-11-30"],
    ],
}
ROW = {
    code: HEADING + 1 + place for place, code in enumerate(("invest", "tax", "area", "power", "jobs", "air", "park"))
}
Fill = Callable[[Workbook], Any]


def planned(session: Session, folder: Path) -> int:
    """The plan taken in and its October round opened; the scheme's id."""
    seed(session, [2023, 2024])
    import_plan(session, write_folder(folder / "plan", PLAN), None, "考核办", PLANNED)
    number = scheme_id(session, None)
    open_periods(session, number, AS_OF, OPENED.date(), OPENED, date(2023, 11, 1))
    return number


def form_of(session: Session, number: int, unit: str = "east", as_of: date = AS_OF) -> bytes:
    (form,) = unit_forms(session, number, as_of, RETURNED, unit)
    return form_file(form)


def sheet_of(book: Workbook) -> Worksheet:
    sheet = book["填报"]
    assert isinstance(sheet, Worksheet)
    return sheet


def column(book: Workbook, heading: str) -> int:
    return [cell.value for cell in sheet_of(book)[HEADING]].index(heading) + 1


def say(indicator: str, value: Any, heading: str = "累计完成", look: str | None = None) -> Fill:
    """One cell of the form filled in."""

    def fill(book: Workbook) -> None:
        cell = sheet_of(book).cell(ROW[indicator], column(book, heading))
        cell.value = value
        if look is not None:
            cell.number_format = look

    return fill


def both(*fills: Fill) -> Fill:
    """Several things done to one form."""

    def fill(book: Workbook) -> None:
        for one in fills:
            one(book)

    return fill


def filled(form: bytes, fill: Fill) -> bytes:
    """The form opened, filled in and saved by another program than the one that wrote it."""
    book = load_workbook(io.BytesIO(form))
    fill(book)
    return bytes_of(book)


def values(session: Session, number: int) -> dict[str, str]:
    """What stands for the east, by indicator."""
    names = {target: code for (code, unit), target in target_ids(session, number).items() if unit == "east"}
    found = reports_for(session, number, {AS_OF}, LATER)
    return {
        names[target]: plain(report.value)
        for (target, _day), report in found.items()
        if target in names and report.value is not None
    }
