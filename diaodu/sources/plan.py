"""Reading a plan, or only reports, from a workbook or a folder of CSV files: rows by sheet, faults all at once."""

from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from diaodu.language import _
from diaodu.sources.cell import Wrong, is_blank, plain
from diaodu.sources.columns import NOTES, SHEETS, SheetKind
from diaodu.sources.fault import Fault, Faults
from diaodu.sources.form_mark import FormMark, find_mark
from diaodu.sources.reading import Book, read_path
from diaodu.sources.settings_sheet import read_settings
from diaodu.sources.sheet import Sheet
from diaodu.sources.table import UNREADABLE, Row, Table, read_table

_KINDS = {plain(name): kind for kind in SHEETS for name in (kind.key, kind.chinese, *kind.also)}
_REPORTS = next(kind for kind in SHEETS if kind.key == "reports")


@dataclass(slots=True)
class PlanFile:
    """What was handed in, by sheet key; `faults` are those the files alone can show."""

    digest: str
    tables: dict[str, Table] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    mark: FormMark | None = None
    """What a form of ours says of itself."""
    name: str = ""
    """What people call it, where a source has several."""
    data: bytes | None = None
    """The file itself, where there is one to be sent back with its faults."""
    sender: str | None = None
    """The mail address it came from."""
    unit: str | None = None
    """Code of the sender's unit: of no other may it speak."""
    is_live: bool = False
    """A system's answer, not a file: what it says again after it said something else is news."""

    def rows(self, key: str) -> list[Row]:
        return self.tables[key].rows if key in self.tables else []

    def is_readable(self, key: str) -> bool:
        """Whether everything the sheet names is known: only then can a name be missing from it."""
        if key not in self.tables:
            return True
        named = (row.values.get(name) for row in self.rows(key) for name in ("code", "name"))
        return self.tables[key].readable and UNREADABLE not in named

    @property
    def files(self) -> list[str]:
        return list(dict.fromkeys(row.sheet.file for table in self.tables.values() for row in table.rows))


def read_plan(path: Path) -> PlanFile:
    """Every sheet of the plan at `path`. Raises Faults when nothing can be read; other faults are returned."""
    return plan_of(read_path(path), path.name)


def plan_of(book: Book, name: str) -> PlanFile:
    """The same for what was read already; `name` is for messages."""
    found = PlanFile(book.digest, faults=list(book.faults))
    seen: dict[str, Sheet] = {}
    for sheet in book.sheets:
        kind = _kind(sheet, found.faults)
        if kind is None:
            continue
        if kind.key in seen:
            right = _("与“{first}”是同一张表；请合并成一张").format(first=_name(seen[kind.key]))
            found.faults.append(sheet.fault(right))
            continue
        seen[kind.key] = sheet
        found.tables[kind.key] = _table(sheet, kind)
    return _judged(found, name)


def read_reports(path: Path) -> PlanFile:
    """Only the reports at `path`: the sheet of that name, or the only one there is. Raises Faults like `read_plan`."""
    return reports_of(read_path(path), path.name)


def reports_of(book: Book, name: str) -> PlanFile:
    """The same for what was read already; `name` is for messages."""
    found = PlanFile(book.digest, faults=list(book.faults))
    named = [sheet for sheet in book.sheets if _KINDS.get(plain(sheet.name)) is _REPORTS]
    chosen = named or _only(book)
    if not chosen and not found.faults:
        right = _("没有名为“填报”（reports）的工作表")
        raise Faults([Fault(name, "", None, None, "、".join(sheet.name for sheet in book.sheets), right)])
    for sheet in chosen[1:]:
        found.faults.append(sheet.fault(_("与“{first}”是同一张表；请合并成一张").format(first=_name(chosen[0]))))
    if chosen:
        if chosen[0].hidden:
            found.faults.append(chosen[0].fault(_HIDDEN))
        found.tables["reports"] = _table(chosen[0], _REPORTS)
        _know_the_form(found, book, chosen)
    return _judged(found, name)


def _know_the_form(found: PlanFile, book: Book, chosen: list[Sheet]) -> None:
    """Read the form's mark; beside a form no second sheet of it may stand, for nobody knows which one was meant."""
    try:
        found.mark = find_mark(book.sheets)
    except Wrong as wrong:
        found.faults.append(chosen[0].fault(str(wrong)))
        return
    for sheet in book.sheets if found.mark else []:
        is_another = sheet not in chosen and not sheet.hidden and not _is_empty(sheet)
        if is_another and plain(sheet.name).startswith(plain(_REPORTS.chinese)):
            found.faults.append(sheet.fault(_("与“{first}”是同一张表；只留一张").format(first=chosen[0].name)))


_HIDDEN = _("工作表是隐藏的；请取消隐藏，或删去")


def _judged(found: PlanFile, name: str) -> PlanFile:
    for table in found.tables.values():
        found.faults += table.faults
    if not found.faults and not any(table.rows for table in found.tables.values()):
        raise Faults([Fault(name, "", None, None, "", _("没有任何数据行"))])
    return found


def _kind(sheet: Sheet, faults: list[Fault]) -> SheetKind | None:
    """What a sheet is, by its name; a sheet nobody would miss is passed over, any other is a fault."""
    name = plain(sheet.name)
    kind = _KINDS.get(name)
    if kind is not None:
        if sheet.hidden:
            faults.append(sheet.fault(_HIDDEN))
        return kind
    if sheet.hidden or name in NOTES or _is_empty(sheet):
        return None
    near = get_close_matches(name, _KINDS, n=1, cutoff=0.5)
    meant = _("是否“{name}”？").format(name=_KINDS[near[0]].chinese) if near else ""
    right = _("没有这张表；{meant}可用：{names}；说明请放在名为“说明”的表里").format(
        meant=meant, names="、".join(kind.chinese for kind in SHEETS)
    )
    faults.append(sheet.fault(right, sheet.name))
    return None


def _only(book: Book) -> list[Sheet]:
    """The one visible sheet with anything on it, unless it is another sheet of a plan."""
    written = [s for s in book.sheets if not s.hidden and not _is_empty(s) and plain(s.name) not in NOTES]
    return written if len(written) == 1 and plain(written[0].name) not in _KINDS else []


def _is_empty(sheet: Sheet) -> bool:
    return all(is_blank(cell) for _number, cells in sheet.rows for cell in cells)


def _table(sheet: Sheet, kind: SheetKind) -> Table:
    if kind.settings:
        return read_settings(sheet, kind.columns)
    return read_table(sheet, kind.columns, kind.ignored)


def _name(sheet: Sheet) -> str:
    return f"{sheet.file} · {sheet.name}"
