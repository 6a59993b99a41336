"""A small sound plan as people write it, and ways to spoil it: for tests of everything that reads files."""

import csv
import io
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Sheets = dict[str, list[list[Any]]]
Spoil = Callable[[Path], Path]
"""Writes a file or folder below a path and says where."""

SOUND: Sheets = {
    "scheme": [
        ["项", "值"],
        ["编码", "2023"],
        ["名称", "高质量发展考核"],
        ["开始", "2023-01-01"],
        ["结束", "2023-12-31"],
        ["报送时限", "期后5个工作日"],
        ["发文机关", "某区考核办"],
    ],
    "units": [
        ["编码", "名称", "分组", "参与排名", "上级", "联系人", "邮箱"],
        ["total", "合计", "", "否", "", "", ""],
        ["east", "东区", "城区", "是", "合计", "王工", "east@example.org"],
        ["west", "西区", "城区", "是", "total", "", ""],
    ],
    "indicators": [
        ["编码", "名称", "类型", "方向", "计量单位", "小数", "分值", "牵头单位"],
        ["invest", "重点项目投资", "累计量", "正向", "亿元", "1", "20", "合计"],
        ["air", "空气优良率", "比率", "区间", "%", "1", "10", ""],
        ["park", "园区交付", "节点成果", "正向", "项", "0", "5", ""],
    ],
    "targets": [
        ["指标", "单位", "目标值", "上限", "基数", "序时方式", "起", "止", "生效日"],
        ["invest", "合计", "200", "", "0", "按月均衡", "2023-01-01", "2023-12-31", ""],
        ["invest", "east", "120", "", "0", "按月均衡", "2023-01-01", "2023-12-31", ""],
        ["invest", "west", "80", "", "0", "节点阶梯", "2023-01-01", "2023-12-31", ""],
        ["air", "east", "85", "95", "", "", "", "", ""],
        ["park", "west", "", "", "", "", "", "", ""],
    ],
    "milestones": [
        ["指标", "单位", "节点", "时限", "计划累计值", "责任人"],
        ["invest", "west", "上半年", "2023-06-30", "40", "李工"],
        ["park", "west", "开工", "2023-03-31", "", ""],
        ["park", "west", "竣工", "2023-11-30", "", ""],
    ],
    "reports": [
        ["指标", "单位", "截至日", "累计完成", "进展", "难题"],
        ["invest", "east", "2023-10-31", "105.5", "按期推进", ""],
        ["重点项目投资", "西区", "2023-10-31", "50", "", "征地未完"],
    ],
}
CHINESE = {
    "scheme": "方案",
    "units": "单位",
    "indicators": "指标",
    "targets": "目标",
    "milestones": "节点",
    "reports": "填报",
}


def csv_bytes(rows: list[list[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def write_folder(folder: Path, sheets: Sheets) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        (folder / f"{name}.csv").write_bytes(csv_bytes(rows))
    return folder


def book_of(sheets: Sheets) -> Workbook:
    """The sheets under their Chinese names; text that looks like a number becomes one, as when people type it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(CHINESE.get(name, name))
        for row in rows:
            sheet.append([_typed(value) for value in row])
    return book


def _typed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not value:
        return None
    try:
        return float(value) if "." in value else int(value)
    except ValueError:
        return value


def bytes_of(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_book(path: Path, sheets: Sheets) -> Path:
    path.write_bytes(bytes_of(book_of(sheets)))
    return path


# Ways to spoil a plan. Rows count as a spreadsheet counts them: the headings are row 1.


def edited(change: Callable[[Sheets], Any]) -> Sheets:
    sheets = deepcopy(SOUND)
    change(sheets)
    return sheets


def folder(change: Callable[[Sheets], Any]) -> Spoil:
    """The sound plan as CSV files, changed."""
    return lambda path: write_folder(path / "plan", edited(change))


def cell(sheet: str, row: int, heading: str, value: Any) -> Spoil:
    """The sound plan as CSV files, with one cell changed."""

    def change(sheets: Sheets) -> None:
        rows = sheets[sheet]
        rows[row - 1][rows[0].index(heading)] = value

    return folder(change)


def column(sheet: str, heading: str, values: list[Any]) -> Spoil:
    """The sound plan as CSV files, with one column more."""

    def change(sheets: Sheets) -> None:
        for line, value in zip(sheets[sheet], [heading, *values], strict=False):
            line.append(value)

    return folder(change)


def row(sheet: str, *values: Any) -> Spoil:
    """The sound plan as CSV files, with one row more."""
    return folder(lambda sheets: sheets[sheet].append(list(values)))


def book(change: Callable[[Workbook], Any]) -> Spoil:
    """The sound plan as a workbook, changed."""

    def write(path: Path) -> Path:
        made = book_of(SOUND)
        change(made)
        (path / "plan.xlsx").write_bytes(bytes_of(made))
        return path / "plan.xlsx"

    return write


def raw(name: str, data: bytes | Callable[[], bytes]) -> Spoil:
    """A file of these bytes, made when they are wanted."""

    def write(path: Path) -> Path:
        (path / name).write_bytes(data() if callable(data) else data)
        return path / name

    return write


def replaced(name: str, data: bytes) -> Spoil:
    """The sound plan as CSV files, with one file put in the place of another, or beside them."""

    def write(path: Path) -> Path:
        write_folder(path / "plan", SOUND)
        (path / "plan" / name).write_bytes(data)
        return path / "plan"

    return write
