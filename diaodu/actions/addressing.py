"""送达对象: the people a notice goes to by the places its level names, and the places nobody holds."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from diaodu.rules.addressee import PLACES, Addressee, Side
from models.person import Person
from models.unit_version import UnitVersion


@dataclass(frozen=True, slots=True)
class Addressed:
    """Each person once, with the place that names them; `unfilled` are the names of places without anybody."""

    people: tuple[tuple[str, Person], ...]
    unfilled: tuple[str, ...]

    @property
    def words(self) -> str | None:
        """“领导周某、牵头单位钱某”."""
        return "、".join(f"{place}{person.name}" for place, person in self.people) or None


class AddressBook:
    """Everybody of a scheme, by whose people they are."""

    def __init__(
        self,
        crowd: Sequence[Person],
        units: Mapping[int, UnitVersion],
        leads: Mapping[str, int],
        codes: Mapping[int, str],
    ) -> None:
        """`leads`: the unit that leads an indicator, by the indicator's code; `codes` of units, by id."""
        self._units, self._leads, self._codes = units, leads, codes
        self._staff: dict[int | None, list[Person]] = {}
        for person in crowd:
            self._staff.setdefault(person.unit_id, []).append(person)

    def addressed(self, unit_id: int, indicators: Collection[str], wanted: Sequence[Addressee]) -> Addressed:
        """Whom a notice on these indicators goes to."""
        found: dict[int | None, tuple[str, Person]] = {}
        unfilled = []
        for place in (PLACES[each] for each in dict.fromkeys(wanted)):
            there = [
                person
                for unit in self._sides(unit_id, indicators, place.side)
                for person in self._staff.get(unit, [])
                if person.role in place.roles
            ]
            for person in there:
                found.setdefault(person.id, (place.name, person))
            if not there:
                unfilled.append(place.name)
        return Addressed(tuple(found.values()), tuple(unfilled))

    def staff(self, unit_id: int | None) -> Sequence[Person]:
        return self._staff.get(unit_id, [])

    def code(self, unit_id: int | None) -> str | None:
        """None for the office, and for a unit that is not known."""
        return None if unit_id is None else self._codes.get(unit_id)

    def _sides(self, unit_id: int, indicators: Collection[str], side: Side) -> Iterator[int | None]:
        """Whose people stand on one side; nobody's where no unit leads, or none is above."""
        if side is Side.OWN:
            yield unit_id
        elif side is Side.OFFICE:
            yield None
        elif side is Side.LEAD:
            yield from dict.fromkeys(self._leads[code] for code in indicators if code in self._leads)
        elif (version := self._units.get(unit_id)) is not None and version.parent_id is not None:
            yield version.parent_id
