"""What happens to forms between going out and coming back: understood, or refused with what would be right.

(what it is, how it is spoiled, what stands afterwards or what is answered).
"""

# ruff: noqa: E501, DTZ001  (messages stand whole, as people read them; spreadsheets know no zones)

from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.actions.returns import HEADING, ROW, Fill, both, column, say, sheet_of

FILLED = both(say("invest", 100.5), say("jobs", 1200))
TAKEN = {"invest": "100.5", "jobs": "1200"}
Answer = dict[str, str] | tuple[str, ...]
INVEST, JOBS = ROW["invest"], ROW["jobs"]


def _moved_columns(book: Workbook) -> None:
    sheet = sheet_of(book)
    for row in range(HEADING, ROW["park"] + 1):
        cells = [sheet.cell(row, place).value for place in range(1, sheet.max_column + 1)]
        for place, value in enumerate(reversed(cells), 1):
            sheet.cell(row, place).value = value


def _heading(old: str, new: str | None) -> Fill:
    def fill(book: Workbook) -> None:
        sheet_of(book).cell(HEADING, column(book, old)).value = new

    return fill


def _without_row(book: Workbook) -> None:
    sheet_of(book).delete_rows(ROW["tax"])


def _without_column(heading: str) -> Fill:
    return lambda book: sheet_of(book).delete_cols(column(book, heading))


def _merged(book: Workbook) -> None:
    place = sheet_of(book).cell(INVEST, column(book, "累计完成")).column_letter
    sheet_of(book).merge_cells(f"{place}{INVEST}:{place}{INVEST + 1}")


def _hidden_row(book: Workbook) -> None:
    sheet_of(book).row_dimensions[INVEST].hidden = True


def _hidden_empty_row(book: Workbook) -> None:
    sheet_of(book).row_dimensions[ROW["air"]].hidden = True


def _hidden_sheet(book: Workbook) -> None:
    book.create_sheet("封面")["A1"] = "封面"
    sheet_of(book).sheet_state = "hidden"
    book.active = book.sheetnames.index("封面")


def _copied_sheet(book: Workbook) -> None:
    copy = book.copy_worksheet(sheet_of(book))
    copy.title = "填报 (2)"


def _renamed_sheet(book: Workbook) -> None:
    sheet_of(book).title = "东区10月"


def _row_more(*cells: Any) -> Fill:
    def fill(book: Workbook) -> None:
        sheet = sheet_of(book)
        headings = ("指标", "单位", "截至日", "累计完成")
        for heading, value in zip(headings, cells, strict=True):
            sheet.cell(ROW["park"] + 1, column(book, heading)).value = value

    return fill


def _mark(row: int, place: int, value: Any) -> Fill:
    def fill(book: Workbook) -> None:
        book["填报表标识"].cell(row, place).value = value

    return fill


def _epoch_of_old_macs(book: Workbook) -> None:
    book.epoch = CALENDAR_MAC_1904
    say("invest", date(2023, 10, 31), "截至日", "yyyy-mm-dd")(book)


def _error(book: Workbook) -> None:
    cell = sheet_of(book).cell(INVEST, column(book, "累计完成"))
    cell.value, cell.data_type = "#DIV/0!", "e"


STRUCTURES: tuple[tuple[str, Fill, Answer], ...] = (
    ("nothing spoiled", lambda _book: None, TAKEN),
    ("columns in another order", _moved_columns, TAKEN),
    ("a column for reading taken out", _without_column("目标值"), TAKEN),
    ("a row taken out", _without_row, TAKEN),
    ("the title taken out", lambda book: sheet_of(book).delete_rows(1), TAKEN),
    ("the sheet renamed", _renamed_sheet, TAKEN),
    ("a row without a number hidden", _hidden_empty_row, TAKEN),
    ("a sheet of explanations more", lambda book: book.create_sheet("说明").append(["见附件"]), TAKEN),
    ("protection lifted", lambda book: sheet_of(book).protection.disable(), TAKEN),
    ("the unit by its name", say("invest", "东区", "单位"), TAKEN),
    ("the indicator by its name", say("invest", "重点项目投资", "指标"), TAKEN),
    ("the day as text", say("invest", "2023年10月31日", "截至日"), TAKEN),
    ("the day as eight digits", say("invest", 20231031, "截至日", "0"), TAKEN),
    ("the day in full width", say("invest", "２０２３．１０．３１", "截至日"), TAKEN),
    ("a cell shown as a percentage", say("air", 0.855, look="0.00%"), TAKEN | {"air": "85.5"}),
    ("a text that looks like a formula", say("invest", "'=cmd|'/c calc'!A0", "进展"), TAKEN),
    ("days counted from 1904", _epoch_of_old_macs, TAKEN),
    ("a column renamed", _heading("累计完成", "累计完成数额"), ("return.xlsx · 填报 · 第 4 行 · F：读到“累计完成数额”，没有这一列；是否“累计完成”？不需要的列请删去", "return.xlsx · 填报 · 第 4 行：缺少“累计完成”（value）一列")),
    ("a column of one's own", _heading("难题", "责任人电话"), ("return.xlsx · 填报 · 第 4 行 · H：读到“责任人电话”，没有这一列；可用的列：{columns}",)),
    ("two columns for one thing", _heading("难题", "进展情况"), ("return.xlsx · 填报 · 第 4 行 · H：读到“进展情况”，与 G 进展 是同一列；只留一列",)),
    ("the column of numbers taken out", _without_column("累计完成"), ("return.xlsx · 填报 · 第 4 行：缺少“累计完成”（value）一列",)),
    ("the codes taken out", _without_column("指标"), ("return.xlsx · 填报 · 第 4 行：缺少“指标”（indicator）一列",)),
    ("cells merged over two rows", _merged, ("return.xlsx · 填报 · 第 5 行：读到“5–6 行”，数据区有合并单元格；请取消合并，每行填全",)),
    ("a row with a number hidden", _hidden_row, ("return.xlsx · 填报 · 第 5 行：这一行是隐藏的，却填了内容；请取消隐藏核对，或清空这一行",)),
    ("the sheet hidden", _hidden_sheet, ("return.xlsx · 填报：工作表是隐藏的；请取消隐藏，或删去",)),
    ("the sheet copied", _copied_sheet, ("return.xlsx · 填报 (2)：与“填报”是同一张表；只留一张",)),
    ("a number without its row", _row_more(None, None, None, 5), ("return.xlsx · 填报 · 第 12 行 · {indicator} 指标：不能空", "return.xlsx · 填报 · 第 12 行 · {unit} 单位：不能空", "return.xlsx · 填报 · 第 12 行 · {as_of} 截至日：不能空")),
    ("an indicator nobody knows", _row_more("water", "east", "2023-10-31", 5), ("return.xlsx · 填报 · 第 12 行 · {indicator} 指标：读到“water”，没有这个指标；相近的有：power、air、park",)),
    ("an indicator twice", _row_more("invest", "east", "2023-10-31", 5), ("return.xlsx · 填报 · 第 12 行 · {as_of} 截至日：读到“2023-10-31”，与第 5 行重复；同一内容只写一行",)),
    ("another unit's row", _row_more("invest", "west", "2023-10-31", 5), ("return.xlsx · 填报 · 第 12 行 · {unit} 单位：读到“west”，这是 east 的填报表；请改回",)),
    ("another unit for its own", say("invest", "西区", "单位"), ("return.xlsx · 填报 · 第 5 行 · {unit} 单位：读到“西区”，这是 east 的填报表；请改回",)),
    ("a unit nobody knows", say("invest", "东曲", "单位"), ("return.xlsx · 填报 · 第 5 行 · {unit} 单位：读到“东曲”，没有这个单位；相近的有：东区",)),
    ("another day", say("invest", "2023-09-30", "截至日"), ("return.xlsx · 填报 · 第 5 行 · {as_of} 截至日：读到“2023-09-30”，这是 2023-10-31 的填报表；请改回",)),
    ("a day without its year", say("invest", "10月31日", "截至日"), ("return.xlsx · 填报 · 第 5 行 · {as_of} 截至日：读到“10月31日”，要写上年份，如 2023-11-30",)),
    ("a year of two digits", say("invest", "23.10.31", "截至日"), ("return.xlsx · 填报 · 第 5 行 · {as_of} 截至日：读到“23.10.31”，年份写四位；若是 2023-10-31，请这样写",)),
    ("only a month", say("invest", "2023年10月", "截至日"), ("return.xlsx · 填报 · 第 5 行 · {as_of} 截至日：读到“2023年10月”，要写到日，如 2023-11-30",)),
    ("a day as a count", say("invest", 45230, "截至日", "0"), ("return.xlsx · 填报 · 第 5 行 · {as_of} 截至日：读到“45230”，应为日期而不是数字；若是 2023-10-31，请设为日期格式",)),
    ("a day with its time", say("invest", datetime(2023, 10, 31, 8, 30), "截至日"), ("return.xlsx · 填报 · 第 5 行 · {as_of} 截至日：读到“2023-10-31 08:30:00”，应只有日期，不带时刻，如 2023-10-31",)),
    ("an amount shown as a percentage", say("invest", 0.85, look="0%"), ("return.xlsx · 填报 · 第 5 行 · F 累计完成：读到“0.85”，计量单位是“万元”，不能由“%”换算；请填以“万元”计的数字，不带单位",)),
    ("an error for a number", _error, ("return.xlsx · 填报 · 第 5 行 · F 累计完成：读到“#DIV/0!”，公式出错；请改为数值",)),
    ("words without a number", say("tax", "按期推进", "进展"), ("return.xlsx · 填报 · 第 6 行 · F 累计完成：有文字而没有数值；请填数，或整行空着表示未报",)),
    ("a progress note that is a formula", say("invest", "=1+1", "进展"), ("return.xlsx · 填报 · 第 5 行 · G 进展：公式没有保存结果；请用 Excel 或 WPS 打开、保存一次，或改为数值",)),
    ("the mark made another unit's", _mark(3, 2, "west"), ("return.xlsx · 填报：填报表的标识被改动或不完整；请重新领取填报表",)),
    ("the mark cut off", lambda book: book["填报表标识"].delete_rows(4, 20), ("return.xlsx · 填报：填报表的标识被改动或不完整；请重新领取填报表",)),
    ("the mark's list shortened", lambda book: book["填报表标识"].delete_rows(8), ("return.xlsx · 填报：填报表的标识被改动或不完整；请重新领取填报表",)),
    ("the form of a later release", _mark(1, 2, "2"), ("return.xlsx · 填报：这份填报表是另一个版本的系统生成的；请重新领取填报表",)),
)  # fmt: skip
