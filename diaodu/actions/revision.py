"""What a row of a plan adds to what is known: nothing, a first version, or a further one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from diaodu.storage.plan import Version

NOT_STORED_YET = 2**62
"""Versions of this import come after all stored ones that are equal to them on both axes."""


@dataclass(slots=True)
class History:
    """The versions of one owner known at the moment of the import, and those the import adds."""

    known: list[Version] = field(default_factory=list)
    added: list[Version] = field(default_factory=list)
    spoken_of: set[date] = field(default_factory=set)
    """Days for which the import has a row: two rows for one day contradict or repeat each other."""

    def in_force(self, day: date) -> Version | None:
        """The version that speaks of a day."""
        return newest([v for v in (*self.known, *self.added) if v.effective_from <= day])

    @property
    def latest(self) -> Version | None:
        """The version that speaks of the last day there is."""
        return newest([*self.known, *self.added])

    def day(self, said: date | None, starts: date, today: date) -> date:
        """From when a row counts: as it says, else the scheme's start for the first and today for any further one."""
        if said is not None:
            return said
        return max(starts, today) if self.known else starts

    def revise(
        self, defaults: Mapping[str, Any], said: Mapping[str, Any], day: date, recorded_at: datetime
    ) -> Version | None:
        """The version a row adds; None when it says what is in force. What it leaves unsaid stays as it is."""
        before = self.in_force(day)
        values = {**defaults, **(before.values if before else {}), **said}
        if before is not None and before.values == values:
            return None
        version = Version(values, day, recorded_at, NOT_STORED_YET + len(self.added))
        self.added.append(version)
        return version


def newest(versions: Sequence[Version]) -> Version | None:
    """The newest effective day wins, then the newest recording, then the newest row."""
    return max(versions, key=lambda v: (v.effective_from, v.recorded_at, v.id), default=None)
