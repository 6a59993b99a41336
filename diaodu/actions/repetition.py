"""A system says the same every day: only what differs from what it said last is news, whatever was corrected since."""

from collections.abc import Sequence

from diaodu.actions.entry import Entry
from diaodu.actions.intake import Intake
from diaodu.storage.plan import REPORTED
from diaodu.storage.report import said_by
from models.report import Report


def unrepeated(intake: Intake, entries: Sequence[Entry]) -> list[Entry]:
    """The entries without those that a system gives just as it gave them before."""
    if not intake.file.is_live or intake.source_id is None or not entries:
        return list(entries)
    days = {entry.as_of for entry in entries}
    said = said_by(intake.session, intake.source_id, days, intake.recorded_at)
    news = [entry for entry in entries if not _repeats(entry, said.get((entry.target_id, entry.as_of)))]
    intake.outcome.tally("reports").unchanged += len(entries) - len(news)
    return news


def _repeats(entry: Entry, before: Report | None) -> bool:
    said = {name: entry.row.values[name] for name in REPORTED if name in entry.row.values}
    return before is not None and all(getattr(before, name) == value for name, value in said.items())
