"""名册: what units, indicators and calendars are called as of a day, and which unit leads an indicator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from diaodu.storage.collection import collections_in_force
from diaodu.storage.indicator import definitions_in_force
from diaodu.storage.unit import unit_ids, units_in_force
from models.period import Period
from models.unit_version import UnitVersion


@dataclass(frozen=True, slots=True)
class Directory:
    """Names by id; what is not known bears its id."""

    units: Mapping[int, UnitVersion]
    codes: Mapping[int, str]
    indicators: Mapping[int, str]
    leads: Mapping[int, int]
    collections: Mapping[int, str]

    def unit(self, unit_id: int) -> str:
        version = self.units.get(unit_id)
        return self.codes.get(unit_id, str(unit_id)) if version is None else version.name

    def indicator(self, indicator_id: int) -> str:
        return self.indicators.get(indicator_id, str(indicator_id))

    def calendar(self, period: Period) -> str | None:
        """The name of the collection a round belongs to; None for the scheme's own calendar."""
        return None if period.collection_id is None else self.collections.get(period.collection_id)


def directory(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> Directory:
    """Everything that is in force."""
    definitions = definitions_in_force(session, scheme_id, as_of, known_at)
    calendars = collections_in_force(session, scheme_id, as_of, known_at).values()
    return Directory(
        units={unit.unit_id: unit for unit in units_in_force(session, scheme_id, as_of, known_at)},
        codes={unit_id: code for code, unit_id in unit_ids(session, scheme_id).items()},
        indicators={definition.indicator_id: definition.name for definition in definitions},
        leads={d.indicator_id: d.lead_unit_id for d in definitions if d.lead_unit_id is not None},
        collections={version.collection_id: version.name for version in calendars},
    )
