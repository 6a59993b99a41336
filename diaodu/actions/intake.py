"""What the steps of one import share: the file, what is known, what goes wrong, and what was done so far."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel

from diaodu.actions.names import Names
from diaodu.actions.outcome import Outcome
from diaodu.actions.revision import History
from diaodu.clock import office_day
from diaodu.language import _
from diaodu.rules.access import Actor
from diaodu.sources.fault import Fault
from diaodu.sources.plan import PlanFile
from diaodu.sources.table import Row
from diaodu.storage.collection import collection_ids
from diaodu.storage.in_force import AXES
from diaodu.storage.indicator import indicator_ids
from diaodu.storage.plan import Version, append, known_versions
from diaodu.storage.unit import unit_ids
from models.collection_version import CollectionVersion
from models.definition import Definition
from models.unit_version import UnitVersion

T = TypeVar("T", bound=Hashable)


@dataclass(slots=True)
class Intake:
    """One import into one scheme, in a savepoint: what goes wrong is collected, and undoes everything at the end."""

    session: Session
    file: PlanFile
    scheme_id: int
    starts: date
    ends: date
    actor: str
    recorded_at: datetime
    outcome: Outcome
    faults: list[Fault] = field(default_factory=list)
    source_id: int | None = None
    submitter: Actor | None = None
    """Who hands numbers in for a unit; None when the office imports or a source is read."""

    @property
    def hints(self) -> list[Fault]:
        """What looks odd but is taken."""
        return self.outcome.hints

    @property
    def is_by_person(self) -> bool:
        """Whether there is somebody who can comment on a number: a source that is read has nobody."""
        return self.source_id is None or self.submitter is not None

    @property
    def today(self) -> date:
        """The day of the import on the office's wall."""
        return office_day(self.recorded_at)

    def histories(self, table: type[SQLModel]) -> dict[int, History]:
        """What is known of each owner in a versioned table."""
        known = known_versions(self.session, table, self.scheme_id, self.recorded_at)
        return {owner: History(versions) for owner, versions in known.items()}

    def revise(
        self, noun: str, history: History, row: Row, defaults: Mapping[str, Any], said: Mapping[str, Any]
    ) -> Version | None:
        """Let one sound row add what it says to what is known, and count it."""
        day = history.day(row.get("effective_from"), self.starts, self.today)
        if day in history.spoken_of:
            self.faults.append(row.fault("effective_from", _("同一内容在 {day} 已有另一行").format(day=day)))
        history.spoken_of.add(day)
        before = history.in_force(day)
        version = history.revise(defaults, said, day, self.recorded_at)
        self.outcome.tally(noun).count(before, version)
        return version

    def store(self, table: type[SQLModel], histories: Mapping[int, History]) -> None:
        """Write down the versions added."""
        owned_by, speaks_from = AXES[table]
        rows = [
            {owned_by: owner, speaks_from: v.effective_from, "recorded_at": v.recorded_at, **v.values}
            for owner, history in histories.items()
            for v in history.added
        ]
        append(self.session, table, rows)

    def once(self, rows: Iterable[tuple[Row, T]], key: str) -> list[tuple[Row, T]]:
        """Rows with their identity that do not repeat an earlier one; the repetition is a fault."""
        seen: dict[T, tuple[Row, T]] = {}
        for row, identity in rows:
            if identity in seen:
                first = seen[identity][0].number
                self.faults.append(row.fault(key, _("与第 {row} 行重复；同一内容只写一行").format(row=first)))
            else:
                seen[identity] = (row, identity)
        return list(seen.values())


def unit_names(intake: Intake) -> Names:
    """Units as far as they are known, by code and by any name they bear or bore."""
    return _names(intake, _("单位"), "units", UnitVersion, unit_ids(intake.session, intake.scheme_id))


def indicator_names(intake: Intake) -> Names:
    """Indicators as far as they are known, by code and by any name they bear or bore."""
    return _names(intake, _("指标"), "indicators", Definition, indicator_ids(intake.session, intake.scheme_id))


def collection_names(intake: Intake) -> Names:
    """Calendars of their own as far as they are known, by code and by any name they bear or bore."""
    ids = collection_ids(intake.session, intake.scheme_id)
    return _names(intake, _("报送安排"), "collections", CollectionVersion, ids)


def _names(intake: Intake, noun: str, sheet: str, table: type[SQLModel], ids: Mapping[str, int]) -> Names:
    codes = {number: code for code, number in ids.items()}
    known = known_versions(intake.session, table, intake.scheme_id, intake.recorded_at)
    named = [(codes[owner], version.values["name"]) for owner, versions in known.items() for version in versions]
    return Names(noun, named, intake.file.is_readable(sheet))
