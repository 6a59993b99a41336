"""What was known of a target's day before an entry came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from diaodu.actions.entry import Entry
from diaodu.actions.revision import newest
from diaodu.storage.plan import Version


@dataclass(frozen=True, slots=True)
class Past:
    """Stored revisions by (target id, day)."""

    revisions: Mapping[tuple[int, date], Sequence[Version]]

    def before(self, entry: Entry) -> Version | None:
        """The revision in force for the entry's day when it came; one without a value took the number back."""
        known = self.revisions.get((entry.target_id, entry.as_of))
        return newest([version for version in known if version.recorded_at <= entry.recorded_at]) if known else None

    def says(self, entry: Entry) -> bool:
        """Whether the entry's value is in force for its day already."""
        before = self.before(entry)
        return before is not None and before.values["value"] == entry.value
