"""差错清单: the sheet before an annotated copy that lists every fault, each leading to its cell."""

import re
from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from diaodu.language import _
from diaodu.sources.annotation_look import Looks, fit, written
from diaodu.sources.fault import Fault
from diaodu.sources.sheet import letter

LIST = "差错清单"
MOST_LINKS = 60_000
"""A sheet holds few more."""
_LETTER = re.compile(r"([A-Z]{1,3})(?: |$)")
Place = tuple[int, int]
"""Row and column from 0."""


def write_list(out: Worksheet, faults: Sequence[Fault], names: Mapping[str, str], looks: Looks) -> None:
    """Place, what was found there, what would be right. `names`: what the copies of the sheets are called."""
    out.write_string(0, 0, _("共 {n} 处差错，一行也没有入库").format(n=len(faults)), looks.title)
    told = (
        _("请在原表的红色格里改，改好把本文件交回；本页和批注不会被读取。")
        if names
        else _("内容过多，未附原表；请在原文件中改。")
    )
    out.write_string(1, 0, told)
    for column, heading in enumerate((_("位置"), _("读到"), _("应当"))):
        out.write_string(2, column, heading, looks.heading)
    for number, fault in enumerate(faults, 3):
        name = names.get(fault.sheet)
        if name is not None and fault.row is not None and number < MOST_LINKS:
            row, column = place_of(fault)
            target = f"internal:'{name.replace(chr(39), chr(39) * 2)}'!{letter(column)}{row + 1}"
            out.write_url(number, 0, target, looks.link, written(_where(fault))[:250])
        else:
            out.write_string(number, 0, written(_where(fault)), looks.text)
        if fault.found:
            out.write_string(number, 1, written(fault.found), looks.text)
        out.write_string(number, 2, written(fault.right), looks.text)
    for column, width in enumerate((30, 24, 60)):
        out.set_column(column, column, width)
    out.freeze_panes(3, 0)
    out.activate()
    fit(out)


def place_of(fault: Fault) -> Place:
    """The cell to mark; of a whole row its first."""
    match = _LETTER.match(fault.column or "")
    column = 0
    for character in match[1] if match else "A":
        column = column * 26 + ord(character) - ord("A") + 1
    return (fault.row or 1) - 1, column - 1


def _where(fault: Fault) -> str:
    row = _("第 {row} 行").format(row=fault.row) if fault.row else ""
    return " · ".join(part for part in (fault.sheet, row, fault.column) if part) or fault.file
