"""One number on its way in: the row it stands in, what it is for, and what it says."""

from dataclasses import dataclass
from datetime import date, datetime

from diaodu.sources.table import Row


@dataclass(frozen=True, slots=True)
class Entry:
    """A sound row of reports whose target is known."""

    row: Row
    pair: tuple[str, str]  # codes of indicator and unit
    target_id: int
    as_of: date
    recorded_at: datetime

    @property
    def value(self) -> int:
        """Millionths of the measure unit."""
        value = self.row.values["value"]
        assert isinstance(value, int)
        return value
