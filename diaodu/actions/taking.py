"""How every import begins and ends: a file seen before is left alone, a faulty one refused, any other audited."""

from datetime import datetime

from diaodu.actions.intake import Intake
from diaodu.sources.fault import Faults
from diaodu.storage.audit import record
from diaodu.storage.plan import taken_at


def seen(intake: Intake, action: str) -> bool:
    """Whether exactly this file was taken before: then, whatever was corrected since, it has nothing new to say."""
    scheme, digest = intake.outcome.scheme, intake.file.digest
    intake.outcome.taken_before = taken_at(intake.session, action, scheme, digest, intake.recorded_at)
    if intake.outcome.taken_before is None:
        return False
    intake.outcome.tallies.clear()
    for sheet, table in intake.file.tables.items():
        intake.outcome.tally(sheet).unchanged = len(table.rows)
    return True


def close(intake: Intake, action: str, at: datetime) -> None:
    """Refuse everything when anything is wrong; else leave a trace of what was taken, if there was news."""
    if intake.faults:
        raise Faults(intake.faults)
    if not intake.outcome.is_news:
        return
    counts = {
        noun: {"added": tally.added, "changed": tally.changed, "unchanged": tally.unchanged}
        for noun, tally in intake.outcome.tallies.items()
    }
    detail = {
        "files": intake.file.files,
        "digest": intake.file.digest,
        "recorded_at": intake.recorded_at.isoformat(),
        "counts": counts,
    }
    record(intake.session, intake.actor, action, intake.outcome.scheme, detail, at)
