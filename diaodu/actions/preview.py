"""试读: what an import of a file would do with each of its rows, without doing it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session

from diaodu.actions.import_report import import_found, opened
from diaodu.actions.intake import indicator_names, unit_names
from diaodu.actions.names import Names
from diaodu.sources.cell import shown
from diaodu.sources.fault import Fault, Faults
from diaodu.sources.plan import PlanFile
from diaodu.sources.table import Row
from diaodu.storage.report import reports_for
from diaodu.storage.target import target_ids
from models.source import Source

Key = tuple[int, date]
Said = tuple[int, int | None]
"""A report's id and value."""


class Effect(StrEnum):
    """What an import would do with a row (试读结果)."""

    NEW = "new"  # 新增
    CHANGED = "changed"  # 变更
    SAME = "same"  # 未变
    BLANK = "blank"  # 未填
    GIVES_WAY = "gives_way"  # 不采用: a number in force goes before it
    FAULT = "fault"  # 有差错
    HELD_BACK = "held_back"  # 随整份不入库: another row of the file is faulty


@dataclass(frozen=True, slots=True)
class Preview:
    """One row as it would be taken."""

    indicator: str
    unit: str
    as_of: str
    value: str
    origin: str
    effect: Effect
    faults: list[Fault]


class _Undo(Exception):
    pass


def preview(
    session: Session, source: Source, file: PlanFile, actor: str, at: datetime
) -> tuple[list[Preview], list[Fault]]:
    """Every row with what would become of it, and the faults that belong to no row; nothing is written."""
    try:
        return _taken(session, source, file, actor, at), []
    except Faults as wrong:
        return _refused(file, wrong.faults)


def _taken(session: Session, source: Source, file: PlanFile, actor: str, at: datetime) -> list[Preview]:
    intake = opened(session, source.scheme_id, file, actor, at)
    names, ids = (indicator_names(intake), unit_names(intake)), target_ids(session, source.scheme_id)
    keys = [_key(row, names, ids) for row in file.rows("reports")]
    days = {key[1] for key in keys if key}
    before = {key: report.id or 0 for key, report in reports_for(session, source.scheme_id, days, at).items()}
    after: dict[Key, Said] = {}
    try:
        with session.begin_nested():
            import_found(session, source, file, actor, at)
            found = reports_for(session, source.scheme_id, days, at)
            after = {key: (report.id or 0, report.value) for key, report in found.items()}
            raise _Undo
    except _Undo:
        pass
    return [
        _preview(row, _effect(row, before.get(key), after.get(key)) if key else Effect.BLANK, [])
        for row, key in zip(file.rows("reports"), keys, strict=True)
    ]


def _key(row: Row, names: tuple[Names, Names], ids: dict[tuple[str, str], int]) -> Key | None:
    if row.get("value") is None:
        return None
    indicator, unit = (one.find(row.get(key) or "") for one, key in zip(names, ("indicator", "unit"), strict=True))
    target = ids.get((indicator or "", unit or ""))
    return None if target is None or row.get("as_of") is None else (target, row.values["as_of"])


def _effect(row: Row, before: int | None, after: Said | None) -> Effect:
    if after is None or after[1] != row.values["value"]:
        return Effect.GIVES_WAY
    if before is None:
        return Effect.NEW
    return Effect.SAME if after[0] == before else Effect.CHANGED


def _refused(file: PlanFile, faults: list[Fault]) -> tuple[list[Preview], list[Fault]]:
    """Faulty rows with their faults; the others are held back with them."""
    of_rows: dict[tuple[str, str, int | None], list[Fault]] = {}
    for fault in faults:
        of_rows.setdefault((fault.file, fault.sheet, fault.row), []).append(fault)
    rows = []
    for row in file.rows("reports"):
        mine = of_rows.pop((row.sheet.file, row.sheet.name, row.number), [])
        rows.append(_preview(row, Effect.FAULT if mine else Effect.HELD_BACK, mine))
    return rows, [fault for left in of_rows.values() for fault in left]


def _preview(row: Row, effect: Effect, faults: list[Fault]) -> Preview:
    written = {
        key: shown(row.cells[place]) for key, (place, _label) in row.headings.places.items() if place < len(row.cells)
    }
    indicator, unit, as_of, value = (written.get(key, "") for key in ("indicator", "unit", "as_of", "value"))
    return Preview(indicator, unit, as_of, value, row.origin, effect, faults)
