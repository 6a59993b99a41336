"""Reading CSV files as they come out of Excel, WPS and other systems: UTF-8 or GB18030, comments at the top."""

import csv
import re
from collections.abc import Iterator
from pathlib import PurePath

from diaodu.language import _
from diaodu.sources.fault import Fault, Faults
from diaodu.sources.sheet import Cell, Sheet

LONGEST_LINE = 1_000_000
MOST_COLUMNS = 200
MOST_ROWS = 200_000
_OTHER_COMMA = re.compile("[\t;，；|]")


def read_csv(file: str, data: bytes) -> Sheet:
    """One CSV file as a sheet named after it; raises Faults."""
    name = PurePath(file).stem
    rows: list[tuple[int, list[Cell]]] = []
    try:
        for number, cells in _records(_decoded(data)):
            if not any(cells) or (not rows and cells[0].lstrip().startswith("#")):
                continue
            if not rows and len(cells) == 1 and _OTHER_COMMA.search(cells[0]):
                raise _Unreadable(_("各列应以半角逗号分隔；请在 Excel 中另存为“CSV UTF-8（逗号分隔）”"), number)
            if len(cells) > MOST_COLUMNS or len(rows) > MOST_ROWS:
                raise _Unreadable(_("最多 20 万行、200 列；请分成几个文件"), number)
            rows.append((number, list(cells)))
    except _Unreadable as wrong:
        raise Faults([Fault(file, name, wrong.line, None, "", wrong.right)]) from None
    return Sheet(file, name, rows, text=True)


class _Unreadable(Exception):
    def __init__(self, right: str, line: int | None = None) -> None:
        self.right = right
        self.line = line


def _decoded(data: bytes) -> str:
    """The text, UTF-8 with or without a mark, else GB18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise _Unreadable(_("文字编码应为 UTF-8 或 GB18030；请在 Excel 中另存为“CSV UTF-8”"))


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the number of the line each begins on."""
    reader = csv.reader(_lines(text), strict=True)
    begins = 1
    try:
        for record in reader:
            yield begins, record
            begins = reader.line_num + 1
    except csv.Error:
        right = _("这一行的引号不配对，或一格超过 13 万字；文字中的引号应写成两个")
        raise _Unreadable(right, begins) from None


def _lines(text: str) -> Iterator[str]:
    """Lines ending as csv wants them; only real line ends count, as editors show them."""
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise _Unreadable(_("一行超过 100 万字，这不是表格"), number)
        yield line + "\n"
