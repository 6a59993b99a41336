"""报送: numbers that came in answer the requests that asked for them."""

from collections.abc import Sequence

from diaodu.actions.entry import Entry
from diaodu.actions.intake import Intake


def answered(intake: Intake, entries: Sequence[Entry]) -> None:
    """Move the requests that these recorded entries answer to 已报."""
