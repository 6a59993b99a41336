"""What reviewers decided holds: a confirmed number changes by correction only, a returned one by somebody's word."""

from collections.abc import Callable, Sequence
from datetime import date

from diaodu.actions.entry import Entry
from diaodu.actions.intake import Intake
from diaodu.language import _
from diaodu.storage.report import newest_revisions, taken_back
from diaodu.storage.review import confirmed


def free(intake: Intake, entries: Sequence[Entry]) -> list[Entry]:
    """The entries without those that a reviewer's decision stands against.

    Handed in by a person, a row that would change a confirmed number is a fault. A source has nobody who could apply
    for a correction: its row is left out and shown, so that the rest of the source goes on. The same where a source
    only repeats the number that was returned.
    """
    days = {entry.as_of for entry in entries}
    if not days:
        return []
    stays, locked = _repeats(intake, days), _locked(intake, days)
    taken = []
    for entry in entries:
        if locked(entry):
            shown = intake.faults if intake.source_id is None else intake.hints
            shown.append(entry.row.fault("value", _("已审定，不能改动；请申请更正")))
        elif stays(entry):
            intake.hints.append(entry.row.fault("value", _("已退回，数据源仍是原数；须由单位重新报送")))
        else:
            taken.append(entry)
    return taken


Stands = Callable[[Entry], bool]


def _locked(intake: Intake, days: set[date]) -> Stands:
    """Whether an entry would change a confirmed number."""
    keys = confirmed(intake.session, intake.scheme_id, days)
    newest = newest_revisions(intake.session, {target for target, _day in keys}, days, intake.recorded_at)

    def stands(entry: Entry) -> bool:
        key = (entry.target_id, entry.as_of)
        return key in keys and (key not in newest or newest[key].value != entry.value)

    return stands


def _repeats(intake: Intake, days: set[date]) -> Stands:
    """Whether an entry is what the same source said before the number was returned."""
    if intake.source_id is None:
        return lambda _entry: False
    returned = taken_back(intake.session, intake.scheme_id, days, intake.recorded_at)

    def stands(entry: Entry) -> bool:
        before = returned.get((entry.target_id, entry.as_of))
        return before is not None and before.source_id == intake.source_id and before.value == entry.value

    return stands
