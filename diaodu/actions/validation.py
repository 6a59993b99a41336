"""校验: numbers held against their definition and the unit's own history before they are taken."""

from collections.abc import Sequence

from diaodu.actions.entry import Entry
from diaodu.actions.intake import Intake


def validated(intake: Intake, entries: Sequence[Entry]) -> list[Entry]:
    """The entries that may be taken; what is wrong with the others is among the intake's faults."""
    return list(entries)
