"""A unit's own sheet to fill in for one day: its targets and last values stand there already, two columns are asked."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session
from xlsxwriter import Workbook

from diaodu.actions.names import Names
from diaodu.language import _
from diaodu.rules.quantity import plain
from diaodu.sources.columns import REPORTS, SHOWN_WITH_REPORTS
from diaodu.sources.writing import Looks, Value, put, validate
from diaodu.storage.indicator import definitions_in_force, indicator_ids
from diaodu.storage.report import report_in_force
from diaodu.storage.target import target_ids, targets_in_force
from diaodu.storage.unit import unit_ids, units_in_force

ASKED = ("value", "note", "blocker", "evidence")
SHEET = "填报"


class UnknownUnit(LookupError):
    """Nobody is meant by this word; the message says who may be."""


def unit_meant(session: Session, scheme_id: int, word: str, as_of: date, known_at: datetime) -> str:
    """The code of the unit meant by a code or a name; raises UnknownUnit."""
    codes = {number: code for code, number in unit_ids(session, scheme_id).items()}
    units = units_in_force(session, scheme_id, as_of, known_at)
    names = Names(_("单位"), [(codes[unit.unit_id], unit.name) for unit in units])
    code = names.find(word)
    if code is None:
        raise UnknownUnit(names.hint(word))
    return code


def form_rows(session: Session, scheme_id: int, unit: str, as_of: date, known_at: datetime) -> list[dict[str, Value]]:
    """One row for each target the unit has as of the day, in the plan's order: headings to values."""
    codes = {number: code for code, number in indicator_ids(session, scheme_id).items()}
    ids = target_ids(session, scheme_id)
    asked = targets_in_force(session, scheme_id, as_of, known_at)
    rows: list[dict[str, Value]] = []
    for definition in definitions_in_force(session, scheme_id, as_of, known_at):
        indicator = codes[definition.indicator_id]
        version = asked.get(ids.get((indicator, unit), 0))
        if version is None or version.value is None:
            continue
        last = report_in_force(session, version.target_id, as_of, known_at)
        rows.append(
            {
                "指标": indicator,
                "名称": definition.name,
                "单位": unit,
                "截至日": as_of,
                "计量单位": definition.measure_unit,
                "目标值": Decimal(plain(version.value)),
                "上期累计": None if last is None or last.value is None else Decimal(plain(last.value)),
            }
        )
    return rows


def form_file(rows: Sequence[Mapping[str, Value]]) -> bytes:
    """The rows as a workbook in which only what is asked can be typed."""
    asked = [column for column in REPORTS if column.key in ASKED]
    shown = ["指标", "名称", "单位", "截至日", *(h for h in SHOWN_WITH_REPORTS if h != "名称")]
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        looks = Looks(book)
        sheet = book.add_worksheet(SHEET)
        for place, heading in enumerate([*shown, *(column.chinese for column in asked)]):
            put(sheet, 0, place, heading, looks.heading)
        for number, row in enumerate(rows, 1):
            for place, heading in enumerate(shown):
                put(sheet, number, place, row[heading], looks.of(row[heading]))
        for place, column in enumerate(asked, len(shown)):
            look = book.add_format({"locked": False, "bg_color": "#FFFBE6", "border": 1})
            look.set_num_format(looks.of_column(column).num_format)
            for number in range(1, len(rows) + 1):
                sheet.write_blank(number, place, None, look)
            validate(sheet, column, 1, max(len(rows), 1), place, place)
            sheet.write_comment(0, place, column.note)
        sheet.set_column(0, len(shown) + len(asked), 14)
        sheet.freeze_panes(1, 2)
        sheet.protect("", {"format_columns": True, "format_rows": True})
    return out.getvalue()
