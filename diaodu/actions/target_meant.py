"""Which target somebody means who names an indicator and a unit, by code or by name."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from diaodu.actions.names import Names
from diaodu.language import _
from diaodu.storage.indicator import definitions_in_force, indicator_ids
from diaodu.storage.target import target_ids
from diaodu.storage.unit import unit_ids, units_in_force


class NotMeant(LookupError):
    """The words name nothing, or nothing there is; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Everything that can be named in a scheme on a day."""

    indicators: Names
    units: Names
    targets: dict[tuple[str, str], int]

    def unit(self, word: str) -> str:
        """The code of the unit meant."""
        return _found(self.units, word)

    def target(self, indicator: str, unit: str) -> int:
        """The id of the target meant."""
        pair = _found(self.indicators, indicator), _found(self.units, unit)
        if pair not in self.targets:
            raise NotMeant(_("{unit}没有“{indicator}”这项目标。").format(unit=unit, indicator=indicator))
        return self.targets[pair]


def meant(session: Session, scheme_id: int, day: date, known_at: datetime) -> Meant:
    """What can be named, by the names in force on a day."""
    codes = {number: code for code, number in indicator_ids(session, scheme_id).items()}
    units = {number: code for code, number in unit_ids(session, scheme_id).items()}
    defined = definitions_in_force(session, scheme_id, day, known_at)
    named = [(codes[d.indicator_id], d.name) for d in defined]
    called = [(units[u.unit_id], u.name) for u in units_in_force(session, scheme_id, day, known_at)]
    return Meant(Names(_("指标"), named), Names(_("单位"), called), target_ids(session, scheme_id))


def _found(names: Names, word: str) -> str:
    code = names.find(word)
    if code is None:
        raise NotMeant(f"{word}：{names.hint(word)}")
    return code
