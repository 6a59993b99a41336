"""已审定: a number that was confirmed is changed by correction only, whatever is handed in or read later."""

from collections.abc import Sequence

from diaodu.actions.entry import Entry
from diaodu.actions.intake import Intake
from diaodu.language import _
from diaodu.storage.report import newest_revisions
from diaodu.storage.review import confirmed


def unlocked(intake: Intake, entries: Sequence[Entry]) -> list[Entry]:
    """The entries without those that would change a confirmed number.

    Handed in by a person, such a row is a fault; read from a source, which nobody can ask to apply for a correction, it
    is left out and shown, so that the rest of the source goes on.
    """
    days = {entry.as_of for entry in entries}
    locked = confirmed(intake.session, intake.scheme_id, days) if days else set()
    if not locked:
        return list(entries)
    newest = newest_revisions(intake.session, {target for target, _ in locked}, days, intake.recorded_at)
    free = []
    for entry in entries:
        key = (entry.target_id, entry.as_of)
        if key not in locked or (key in newest and newest[key].value == entry.value):
            free.append(entry)
        else:
            shown = intake.faults if intake.source_id is None else intake.hints
            shown.append(entry.row.fault("value", _("已审定，不能改动；请申请更正")))
    return free
