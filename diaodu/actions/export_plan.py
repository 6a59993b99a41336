"""The plan in force, as the same sheets it was imported from: importing them again changes nothing."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from diaodu.actions.plan_scheme import LADDERS
from diaodu.rules.cadence import Cadence
from diaodu.rules.quantity import plain
from diaodu.sources.columns import SHEETS, SheetKind
from diaodu.sources.deadline import NOBODY
from diaodu.sources.wording import NO, YES, written
from diaodu.sources.writing import Rows, Value
from diaodu.storage.closure import closures
from diaodu.storage.collection import collection_ids, collections_in_force
from diaodu.storage.group import group_ids
from diaodu.storage.indicator import definitions_in_force, indicator_ids
from diaodu.storage.milestone import milestones_in_force
from diaodu.storage.occasion import is_occasion
from diaodu.storage.person import people
from diaodu.storage.scheme import scheme_in_force, schemes
from diaodu.storage.target import target_ids, targets_in_force
from diaodu.storage.unit import unit_ids, units_in_force
from models.collection_version import CollectionVersion
from models.scheme_version import SchemeVersion

QUANTITIES = frozenset(
    {
        *("target", "upper", "baseline", "weight", "planned"),
        *("lowest", "highest", "most_change", "most_excess", "tolerance"),
    }
)


def plan_sheets(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> list[tuple[SheetKind, Rows]]:
    """Every sheet of the plan with its rows, in the plan's order; sheets without any are left out."""
    axes = (scheme_id, as_of, known_at)
    rows = {
        "scheme": [_scheme(session, *axes)],
        "collections": _collections(session, *axes),
        "units": _units(session, *axes),
        "contacts": _contacts(session, scheme_id),
        "closures": _closures(session, scheme_id),
        "indicators": _indicators(session, *axes),
        "targets": _targets(session, *axes),
        "milestones": _milestones(session, scheme_id, known_at),
    }
    return [(kind, [_row(row, kind) for row in rows[kind.key]]) for kind in SHEETS if rows.get(kind.key)]


def _row(found: Mapping[str, Any], kind: SheetKind) -> dict[str, Value]:
    return {column.key: _value(column.key, found.get(column.key)) for column in kind.columns}


def _value(key: str, value: Any) -> Value:
    """What a person would have written."""
    if isinstance(value, StrEnum):
        return written(value)
    if isinstance(value, bool):
        return YES[0] if value else NO[0]
    if key in QUANTITIES and isinstance(value, int):
        return Decimal(plain(value))
    written_down: Value = value
    return written_down


def _scheme(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> dict[str, Any]:
    code = next(scheme.code for scheme in schemes(session) if scheme.id == scheme_id)
    version = scheme_in_force(session, scheme_id, as_of, known_at)
    says = {"code": code} | version.model_dump() | _rhythm(version)
    return says | {key: says[key] or NOBODY for key in LADDERS}


def _rhythm(version: SchemeVersion | CollectionVersion) -> dict[str, Any]:
    """What only some cadences say."""
    return {
        "every": version.every if version.cadence is Cadence.DAYS else None,
        "windows": (version.windows or "").replace("\n", "；") or None,
    }


def _collections(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> list[dict[str, Any]]:
    """What is in force, and what only will be: indicators may name it already."""
    now = collections_in_force(session, scheme_id, as_of, known_at)
    found = {**collections_in_force(session, scheme_id, date.max, known_at), **now}
    return [
        {
            **version.model_dump(),
            "code": code,
            **_rhythm(version),
        }
        for code, version in found.items()
        if not is_occasion(code)
    ]


def _units(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> list[dict[str, Any]]:
    codes = _by_id(unit_ids(session, scheme_id))
    groups = _by_id(group_ids(session, scheme_id))
    rows = []
    for unit in units_in_force(session, scheme_id, as_of, known_at):
        row = {"code": codes[unit.unit_id], "group": groups.get(unit.group_id or 0)}
        row["parent"] = codes.get(unit.parent_id or 0)
        rows.append(unit.model_dump() | row)
    return rows


def _contacts(session: Session, scheme_id: int) -> list[dict[str, Any]]:
    """Everybody, so that the sheet of units has nobody left to name."""
    codes = _by_id(unit_ids(session, scheme_id))
    return [person.model_dump() | {"unit": codes.get(person.unit_id or 0)} for person in people(session, scheme_id)]


def _closures(session: Session, scheme_id: int) -> list[dict[str, Any]]:
    codes = _by_id(unit_ids(session, scheme_id))
    return [one.model_dump() | {"unit": codes[one.unit_id]} for one in closures(session, scheme_id)]


def _indicators(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> list[dict[str, Any]]:
    codes = _by_id(indicator_ids(session, scheme_id))
    units = _by_id(unit_ids(session, scheme_id))
    calendars = _by_id(collection_ids(session, scheme_id))
    return [
        found.model_dump()
        | {"code": codes[found.indicator_id], "lead_unit": units.get(found.lead_unit_id or 0)}
        | {"collection": calendars.get(found.collection_id or 0)}
        for found in definitions_in_force(session, scheme_id, as_of, known_at)
    ]


def _targets(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> list[dict[str, Any]]:
    asked = targets_in_force(session, scheme_id, as_of, known_at)
    return [
        {**version.model_dump(), "indicator": indicator, "unit": unit, "target": version.value}
        for (indicator, unit), number in sorted(target_ids(session, scheme_id).items(), key=lambda item: item[1])
        if (version := asked.get(number)) is not None
    ]


def _milestones(session: Session, scheme_id: int, known_at: datetime) -> list[dict[str, Any]]:
    known = milestones_in_force(session, scheme_id, known_at)
    return [
        milestone.model_dump() | {"indicator": indicator, "unit": unit}
        for (indicator, unit), number in sorted(target_ids(session, scheme_id).items(), key=lambda item: item[1])
        for milestone in known.get(number, ())
    ]


def _by_id(ids: Mapping[str, int]) -> dict[int, str]:
    return {number: code for code, number in ids.items()}
