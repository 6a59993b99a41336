"""What lies before every step of a run: the right to do it, the database, the settings, and a watch."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from diaodu.settings import Settings
from diaodu.storage import ledger, run
from diaodu.storage.run import Lease

WRITTEN = "written"
"""The outcome for a file that was written; the detail is its path in the workspace."""
HELD = "held"
"""The outcome for a notice that could not be written; the detail is why."""
TALLY = "tally"
"""The outcome for something counted; the detail is the count."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A step reads what it needs here, and writes only while the lease is held."""

    engine: Engine
    settings: Settings
    lease: Lease
    now: Callable[[], datetime]

    def held(self) -> AbstractContextManager[Session]:
        """A transaction that commits only while the lease is ours."""
        return ledger.held(self.engine, self.lease, self.now)

    def note(self, session: Session, step: str, outcomes: Sequence[tuple[str, str, str | None]]) -> None:
        """Put down what a step did: (subject, outcome, detail) each."""
        run.note(session, self.lease, step, outcomes)


Step = Callable[[Desk], None]
