"""Reading a year's days off and make-up working days from a workbook or a CSV file, as announced or typed in."""

from dataclasses import dataclass
from pathlib import Path

from diaodu.language import _
from diaodu.rules.arrangement import ArrangedDay
from diaodu.sources.cell import Wrong, is_blank, plain, text, yes_no
from diaodu.sources.day import day
from diaodu.sources.fault import Fault, Faults
from diaodu.sources.heading import Column
from diaodu.sources.reading import read_path
from diaodu.sources.sheet import Cell, Sheet
from diaodu.sources.table import Row, read_table

WORKED = ("班", "上班", "补班", "调休上班", "调休", "工作日", "work", "workday", "yes", "y", "true", "1", "是")
FREE = (
    "休",
    "放假",
    "休息",
    "休息日",
    "节假日",
    "法定节假日",
    "假",
    "rest",
    "holiday",
    "off",
    "no",
    "n",
    "false",
    "0",
    "否",
)
SHOWN = ("星期", "weekday", "origin", "来源")
"""Columns for people's own use, passed over."""


def works(cell: Cell) -> bool:
    """班 or 休, and what else people call them."""
    found = plain(text(cell))
    if found in WORKED or found in FREE:
        return found in WORKED
    raise Wrong(_("应为 班 或 休（也可写 是 或 否：是否工作日）"))


COLUMNS = (
    Column("date", "日期", day, ("day",), True, True, _("哪一天")),
    Column("workday", "是否工作日", works, ("类型", "班休", "type", "kind"), True, True, _("班 或 休")),
    Column(
        "name", "名称", text, ("节日", "节假日", "节假日名称", "holiday"), True, False, _("哪个节日；平常的日子空着")
    ),
    Column("provisional", "暂定", yes_no, (), False, False, _("是：推算的，不能当作公布的安排")),
)


@dataclass(frozen=True, slots=True)
class ArrangementFile:
    """The days a file names, and the rows they stand on, in the same order."""

    name: str
    digest: str
    days: tuple[ArrangedDay, ...]
    rows: tuple[Row, ...]


def read_arrangement(path: Path) -> ArrangementFile:
    """The days at `path`. Raises Faults with everything the file alone shows to be wrong."""
    book = read_path(path)
    sheets = [sheet for sheet in book.sheets if not sheet.hidden and not _is_empty(sheet)]
    if len(sheets) != 1:
        names = "、".join(sheet.name for sheet in sheets)
        right = _("应只有一张写放假安排的工作表，列为：日期、是否工作日、名称")
        raise Faults([*book.faults, Fault(path.name, "", None, None, names, right)])
    table = read_table(sheets[0], COLUMNS, SHOWN)
    guessed = [row for row in table.rows if row.get("provisional")]
    faults = [*book.faults, *table.faults]
    faults += [row.fault("provisional", _("这一天是推算的；请导入公布的安排")) for row in guessed]
    if not faults and not table.rows:
        faults.append(sheets[0].fault(_("没有任何数据行")))
    if faults:
        raise Faults(faults)
    return ArrangementFile(path.name, book.digest, tuple(map(_arranged, table.rows)), tuple(table.rows))


def _arranged(row: Row) -> ArrangedDay:
    return ArrangedDay(row.values["date"], row.values["workday"], row.get("name") or "", row.number)


def _is_empty(sheet: Sheet) -> bool:
    return all(is_blank(cell) for _number, cells in sheet.rows for cell in cells)
