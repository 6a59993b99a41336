"""What a briefing tells, frozen: a day, a moment's knowledge and what is corrected, the same whenever asked."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session

from diaodu.actions.assess import assess
from diaodu.actions.punctuality import late
from diaodu.briefing.difference import changes
from diaodu.briefing.facts import canonical
from diaodu.briefing.gather import gather
from diaodu.clock import office_day
from diaodu.rules.briefing import Circulation
from diaodu.storage.background import background
from diaodu.storage.briefing import warning_tally
from diaodu.storage.briefing_change import causes
from diaodu.storage.briefing_life import events, signed_at
from diaodu.storage.promise import promises
from diaodu.storage.warned import open_warnings
from models.briefing import Briefing

WHEN_TOLD = ("known_at", "known_on", "correction")
"""Facts that say when a briefing was written and what it corrects, not what it tells."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """The facts as they are stored, the rules that judged them, and whom they may reach."""

    facts: str
    policy_version_id: int | None
    circulation: Circulation


def freeze(session: Session, scheme_id: int, as_of: date, known_at: datetime, seen_at: datetime) -> Frozen:
    """The facts of a day as known at a moment.

    `seen_at` is when they were written down: what was judged from the same knowledge, but later, is not among them.
    """
    assessment = assess(session, scheme_id, as_of, known_at)
    previous = assessment.previous_as_of
    beside = background(session, scheme_id, as_of, known_at, seen_at, previous)
    warnings = warning_tally(session, scheme_id, as_of, known_at, seen_at, previous, beside.told_at)
    of_units = warning_tally(session, scheme_id, as_of, known_at, seen_at, previous, beside.told_at, of_units=True)
    overdue = late(session, scheme_id, assessment, known_at)
    warned = open_warnings(session, scheme_id, as_of, known_at, seen_at, previous, beside.told_at)
    promised = promises(session, scheme_id, as_of, known_at)
    told = gather(assessment, as_of, known_at.astimezone(UTC), warnings, overdue, beside, warned, promised, of_units)
    facts = canonical(told)
    return Frozen(facts, assessment.policy_version_id, assessment.scheme.circulation)


def frozen(session: Session, scheme_id: int, as_of: date, known_at: datetime, seen_at: datetime) -> str:
    """Only the facts."""
    return freeze(session, scheme_id, as_of, known_at, seen_at).facts


def told_again(session: Session, briefing: Briefing) -> str:
    """The facts of a briefing, worked out anew from the data and rules known then."""
    facts = frozen(session, briefing.scheme_id, briefing.as_of, briefing.known_at, briefing.drafted_at)
    if briefing.corrects_id is None:
        return facts
    return correcting(session, session.get_one(Briefing, briefing.corrects_id), facts, briefing.reason or "")


def correcting(session: Session, original: Briefing, facts: str, reason: str) -> str:
    """The facts with what they change of an earlier issue, figure by figure, and why."""
    before, after = json.loads(original.facts), json.loads(facts)
    until = datetime.fromisoformat(after["known_at"])
    why = causes(session, original.scheme_id, original.as_of, original.known_at, until)
    after["correction"] = {
        "number": original.number,
        "issued_on": printed_on(session, original, before).isoformat(),
        "reason": reason,
        "changes": changes(before, after, why),
    }
    return json.dumps(after, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def printed_on(session: Session, briefing: Briefing, facts: dict[str, Any]) -> date:
    """The day that stands on an issue."""
    signed = signed_at(events(session, briefing.id or 0))
    return office_day(signed) if signed else date.fromisoformat(facts["known_on"])


def is_same(one: str, other: str) -> bool:
    """Whether two facts tell the same, whenever they were told."""
    return _told(one) == _told(other)


def _told(facts: str) -> object:
    return {name: value for name, value in json.loads(facts).items() if name not in WHEN_TOLD}
