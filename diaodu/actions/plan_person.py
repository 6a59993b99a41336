"""The people of a plan: who reports, reviews and leads in each unit, and who runs the loop in the office."""

from collections.abc import Sequence
from typing import Any

from diaodu.actions.intake import Intake
from diaodu.actions.names import Names
from diaodu.actions.plan_contact import REACHED_BY, take_contacts
from diaodu.language import _
from diaodu.rules.access import Role
from diaodu.sources.table import Row
from diaodu.storage.person import people
from diaodu.storage.unit import unit_ids
from models.person import Person

OF_THE_OFFICE = frozenset({Role.OFFICE, Role.AUDITOR, Role.ADMIN})
Place = tuple[str | None, Role]
"""A unit by its code (None: the office itself), and what a person does there."""


def take_people(intake: Intake, units: Names) -> None:
    """Take the contacts in the sheet of units, then the sheet of contacts: whoever it lists for a place, and no others.

    Places it does not name stay as they are.
    """
    rows = _placed(intake, units)
    listed = {unit for _row, (unit, role, _name) in rows if unit is not None and role is Role.REPORTER}
    take_contacts(intake, units, listed)
    ids = unit_ids(intake.session, intake.scheme_id)
    codes = {number: code for code, number in ids.items()}
    staff: dict[Place, list[Person]] = {}
    for person in people(intake.session, intake.scheme_id) if rows else []:
        staff.setdefault((codes.get(person.unit_id or 0), person.role), []).append(person)
    said: dict[Place, list[Row]] = {}
    for row, (unit, role, _name) in intake.once(rows, "name"):
        said.setdefault((unit, role), []).append(row)
    for (unit, role), own in said.items():
        if unit is None or unit in ids:
            _fill(intake, None if unit is None else ids[unit], own, staff.get((unit, role), []))


def _placed(intake: Intake, units: Names) -> list[tuple[Row, tuple[str | None, Role, str]]]:
    """Rows whose place is known, with it and the name; the others are faults."""
    found = []
    for row in intake.file.rows("contacts"):
        unit = units.resolve(row, "unit", intake.faults)
        if not row.is_sound or not (row.values["role"] and row.values["name"]):
            continue
        role = row.values["role"]
        if role in OF_THE_OFFICE and row.get("unit"):
            intake.faults.append(row.fault("unit", _("考核办自己的人不填单位")))
        elif role not in OF_THE_OFFICE and not row.get("unit"):
            intake.faults.append(row.fault("unit", _("不能空（只有考核办、审计、管理员可以空着）")))
        elif unit or role in OF_THE_OFFICE:
            found.append((row, (unit, role, row.values["name"])))
    return found


def _fill(intake: Intake, unit_id: int | None, rows: Sequence[Row], before: Sequence[Person]) -> None:
    """One place: the same name gets new addresses, new names come in, and whoever is not listed any more goes."""
    tally = intake.outcome.tally("contacts")
    names = {row.values["name"] for row in rows}
    gone = [person for person in before if person.name not in names]
    for person in gone:
        person.active = False
    for row in rows:
        said: dict[str, Any] = {key: row.values[key] for key in REACHED_BY if key in row.values}
        same = next((person for person in before if person.name == row.values["name"]), None)
        if same is None:
            tally.count(gone.pop(0) if gone else None, row)
            who: dict[str, Any] = {key: row.values[key] for key in ("name", "role")}
            intake.session.add(Person(scheme_id=intake.scheme_id, unit_id=unit_id, **who, **said))
            continue
        tally.count(same, same if any(getattr(same, key) != value for key, value in said.items()) else None)
        for key, value in said.items():
            setattr(same, key, value)
    tally.changed += len(gone)
