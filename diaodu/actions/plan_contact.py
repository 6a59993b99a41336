"""The short way to a unit's reporter: one contact beside the unit itself, where no more people are to be named."""

from collections.abc import Set as AbstractSet
from typing import Any

from diaodu.actions.intake import Intake
from diaodu.actions.names import Names
from diaodu.language import _
from diaodu.rules.access import Role
from diaodu.storage.person import people
from diaodu.storage.unit import unit_ids
from models.person import Person

REACHED_BY = ("mail", "phone", "webhook", "wecom")


def take_contacts(intake: Intake, units: Names, listed: AbstractSet[str]) -> None:
    """A new name takes the place of the unit's reporters; the same name gets new addresses. Empty cells say nothing.

    `listed`: units whose reporters the sheet of contacts names; what is said in one place is not said in another.
    """
    ids = unit_ids(intake.session, intake.scheme_id)
    reporters: dict[int | None, list[Person]] = {}
    for person in people(intake.session, intake.scheme_id):
        if person.role is Role.REPORTER:
            reporters.setdefault(person.unit_id, []).append(person)
    for row in intake.file.rows("units"):
        name = row.get("name")
        code = row.get("code") or (name and units.find(name))
        said = {key: row.get(key) for key in REACHED_BY if row.get(key)}
        if not row.is_sound or code not in ids or not (row.get("contact") or said):
            continue
        if code in listed:
            key = next(key for key in ("contact", *REACHED_BY) if row.get(key))
            intake.faults.append(row.fault(key, _("“联系人”表已列出这个单位的填报人；这里请空着")))
            continue
        _take(intake, ids[code], row.get("contact") or name, said, reporters.get(ids[code], []))


def _take(intake: Intake, unit_id: int, name: str, said: dict[str, Any], reporters: list[Person]) -> None:
    tally = intake.outcome.tally("contacts")
    same = next((person for person in reporters if person.name == name), None)
    if same is not None:
        changed = any(getattr(same, key) != value for key, value in said.items())
        tally.count(same, same if changed else None)
        for key, value in said.items():
            setattr(same, key, value)
        return
    for person in reporters:
        person.active = False
    tally.count(next(iter(reporters), None), name)
    intake.session.add(Person(scheme_id=intake.scheme_id, unit_id=unit_id, name=name, role=Role.REPORTER, **said))
