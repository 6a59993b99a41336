"""What an import did, noun by noun."""

from dataclasses import dataclass, field
from datetime import datetime

from diaodu.sources.fault import Fault


@dataclass(slots=True)
class Tally:
    """Rows that were new, that changed something, and that said what was known already."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    blank: int = 0
    """Report rows without any value: nobody reported, which is not a zero."""

    def count(self, before: object, after: object, rows: int = 1) -> None:
        """Count rows by what was known before them and what they led to; None is nothing."""
        if after is None:
            self.unchanged += rows
        elif before is None:
            self.added += rows
        else:
            self.changed += rows


@dataclass(slots=True)
class Outcome:
    """`taken_before` is when exactly this file was taken already; then nothing was done."""

    scheme: str
    tallies: dict[str, Tally] = field(default_factory=dict)
    taken_before: datetime | None = None
    hints: list[Fault] = field(default_factory=list)
    """What was taken although it looks odd: shown, and not in the way."""

    def tally(self, noun: str) -> Tally:
        return self.tallies.setdefault(noun, Tally())

    @property
    def is_news(self) -> bool:
        """Whether anything was added or changed."""
        return any(tally.added or tally.changed for tally in self.tallies.values())
