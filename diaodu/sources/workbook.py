"""Reading workbooks by their content (.xlsx, .xls, WPS .et), whatever they are called."""

import io
from datetime import datetime, time, timedelta
from typing import Any
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from diaodu.language import _
from diaodu.sources.csv_folder import MOST_COLUMNS, MOST_ROWS
from diaodu.sources.fault import Fault, Faults
from diaodu.sources.oddity import Found, oddities
from diaodu.sources.sheet import Cell, Odd, Oddity, Sheet

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The part an .xlsx with a password is hidden in."""
MOST_BYTES = 100_000_000
HIGHEST_RATIO = 100
FREE_BYTES = 10_000_000
"""Up to this size no ratio is suspicious: small sheets of equal rows compress very well."""
MOST_CELLS = 5_000_000
MOST_TEXT = 50_000_000
MOST_MERGED = 10_000


def read_workbook(file: str, data: bytes) -> list[Sheet]:
    """Every worksheet, hidden ones marked; raises Faults. Call it where memory and time are limited."""
    try:
        if data.startswith(OLE) and ENCRYPTED in data:
            raise PasswordError
        odd = _checked_archive(data) if data.startswith(ZIP) else {}
        return _sheets(file, data, odd)
    except PasswordError:
        right = _("工作簿有密码；请去掉密码后再导入")
    except (CalamineError, BadZipFile, ValueError, KeyError, OSError, NotImplementedError, RuntimeError):
        right = _("文件已损坏或不是工作簿；请用 Excel 或 WPS 打开并另存为 .xlsx")
    except _TooMuch as wrong:
        right = str(wrong)
    raise Faults([Fault(file, "", None, None, "", right)])


class _TooMuch(Exception):
    pass


def _checked_archive(data: bytes) -> dict[str, Found]:
    """What is odd about each sheet, once the archive is known not to explode."""
    with ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        total, packed = sum(p.file_size for p in parts), sum(p.compress_size for p in parts)
        if total > MOST_BYTES or (total > FREE_BYTES and total > HIGHEST_RATIO * max(packed, 1)):
            raise _TooMuch(_("解压后过大（上限 100 兆字节、压缩比 100 倍）；请删去多余内容或分成几个文件"))
        if not any(p.filename.startswith("xl/workbook") and p.filename.endswith(".xml") for p in parts):
            raise _TooMuch(_("不是 Excel 工作簿；请另存为 .xlsx"))
        return oddities(archive)


def _sheets(file: str, data: bytes, odd: dict[str, Found]) -> list[Sheet]:
    sheets, cells, text = [], 0, 0
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for about in book.sheets_metadata:
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            found = book.get_sheet_by_name(about.name)
            if found.total_height > MOST_ROWS or found.total_width > MOST_COLUMNS:
                raise _TooMuch(_("工作表“{name}”过大：最多 20 万行、200 列").format(name=about.name))
            grid = [_row(row) for row in found.to_python(skip_empty_area=False)]
            marked = odd.get(about.name, Found())
            _mark(grid, marked.cells)
            cells += sum(map(len, grid))
            text += sum(len(c) for row in grid for c in row if isinstance(c, str))
            if cells > MOST_CELLS or text > MOST_TEXT:
                raise _TooMuch(_("内容过多：最多 500 万格、5000 万字；请分成几个文件"))
            ranges = found.merged_cell_ranges or ()
            if len(ranges) > MOST_MERGED:
                raise _TooMuch(_("合并单元格过多：最多 1 万处；请取消合并，每行填全"))
            merged = [(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in ranges]
            hidden = about.visible is not SheetVisibleEnum.Visible
            rows = list(enumerate(grid, 1))
            sheets.append(Sheet(file, about.name, rows, hidden, merged, hidden_rows=marked.hidden_rows))
    return sheets


def _mark(grid: list[list[Cell]], odd: dict[tuple[int, int], Odd]) -> None:
    """Put what is odd where the reader would have seen a plain value or a blank."""
    for (row, column), cell in odd.items():
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            continue
        while len(grid) <= row:
            grid.append([])
        grid[row].extend([None] * (column + 1 - len(grid[row])))
        grid[row][column] = cell


def _row(found: list[Any]) -> list[Cell]:
    """A day that the file kept as midnight is a day; a time of day is nothing we read."""
    for i, cell in enumerate(found):
        if isinstance(cell, datetime) and cell.time() == time():
            found[i] = cell.date()
        elif isinstance(cell, time | timedelta):
            found[i] = Odd(Oddity.TIME, str(cell))
    return found
