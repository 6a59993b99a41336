"""汇报关系: who is told of what a unit owes: its own people, and those above it, one above the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from diaodu.rules.access import Role
from diaodu.rules.reminder import Leg, Rung
from models.person import Person
from models.unit_version import UnitVersion

OWN = {Leg.UNIT: frozenset({Role.REPORTER}), Leg.LEAD: frozenset({Role.LEAD, Role.REPORTER})}
"""Whose work each leg is."""


@dataclass(frozen=True, slots=True)
class Told:
    """People of one unit (None: of the office); `instead`: nobody was in the place the ladder names."""

    unit_id: int | None
    role: Role
    people: tuple[Person, ...]
    instead: bool = False


class ReportingLine:
    """Reporter → reviewer → leader → leader of the unit above, and so on up, and at last the office."""

    def __init__(self, crowd: Sequence[Person], units: Mapping[int, UnitVersion]) -> None:
        self._units = units
        self._staff: dict[int | None, list[Person]] = {}
        for person in crowd:
            self._staff.setdefault(person.unit_id, []).append(person)

    def own(self, unit_id: int, leg: Leg) -> Told:
        """Those whose work it is; where nobody is named for it, everybody the unit has."""
        staff = self._staff.get(unit_id, [])
        named = tuple(person for person in staff if person.role in OWN[leg])
        return Told(unit_id, Role.REPORTER, named or tuple(staff))

    def above(self, unit_id: int, rung: Rung) -> Told:
        """Who hears at a rung above the reporter: the first place that somebody fills."""
        places = list(self._places(unit_id))
        first = next((n for n, (up, _unit, role) in enumerate(places) if _is_named(rung, up, role)), len(places))
        for n, (_up, unit, role) in enumerate(places[first:]):
            people = tuple(person for person in self._staff.get(unit, []) if person.role is role)
            if people:
                return Told(unit, role, people, instead=n > 0)
        return Told(None, Role.OFFICE, tuple(self._staff.get(None, [])), instead=True)

    def _places(self, unit_id: int) -> Iterator[tuple[int, int, Role]]:
        """How many units up, which unit, and the role in it, from below."""
        yield 0, unit_id, Role.REVIEWER
        yield 0, unit_id, Role.LEADER
        seen, unit = {unit_id}, self._parent(unit_id)
        while unit is not None and unit not in seen:
            yield len(seen), unit, Role.LEADER
            seen.add(unit)
            unit = self._parent(unit)

    def _parent(self, unit_id: int) -> int | None:
        version = self._units.get(unit_id)
        return None if version is None else version.parent_id


def _is_named(rung: Rung, up: int, role: Role) -> bool:
    return up == rung.above if rung.above else role is rung.to
