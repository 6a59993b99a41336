"""报送: numbers that came in answer the requests that asked for them."""

from collections import defaultdict
from collections.abc import Sequence

from diaodu.actions.entry import Entry
from diaodu.actions.intake import Intake
from diaodu.rules.request import TRANSITIONS, UNANSWERED, RequestAct
from diaodu.storage.report import newest_ids
from diaodu.storage.request import Mark, move, reports_spoken_of, requests_for
from models.request import Request


def answered(intake: Intake, entries: Sequence[Entry]) -> None:
    """Move the requests that these recorded entries answer to 已报.

    A number that was the answer before is no news. What is spared stays spared, whoever supplies it; what is confirmed
    changes by correction only.
    """
    said = {(entry.target_id, entry.as_of): entry for entry in entries}
    if not said:
        return
    days = {as_of for _, as_of in said}
    asked = requests_for(intake.session, intake.scheme_id, days, {target_id for target_id, _ in said})
    open_to = [(r, key) for key in said for r in asked.get(key, []) if (r.state, RequestAct.SUBMIT) in TRANSITIONS]
    if not open_to:
        return
    newest = newest_ids(intake.session, [r.target_id for r, _ in open_to], days, intake.recorded_at)
    before = reports_spoken_of(intake.session, [r for r, _ in open_to if r.state not in UNANSWERED])
    moments: dict[Mark, list[tuple[Request, int]]] = defaultdict(list)
    for request, key in open_to:
        if before.get(request.id or 0) != newest[key]:
            moments[_mark(intake, said[key])].append((request, newest[key]))
    for mark, news in moments.items():
        move(intake.session, [r for r, _ in news], RequestAct.SUBMIT, mark, {r.id or 0: report for r, report in news})


def _mark(intake: Intake, entry: Entry) -> Mark:
    if intake.submitter is None:
        return Mark(intake.actor, entry.recorded_at)
    return Mark(intake.submitter.name, entry.recorded_at, intake.submitter.role)
