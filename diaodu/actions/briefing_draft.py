"""拟稿: a briefing is written down as a draft with its facts frozen, once a day spoken about; a correction likewise."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import Session

from diaodu.actions.briefing_words import refused
from diaodu.actions.frozen import Frozen, correcting, freeze, is_same
from diaodu.briefing.facts import digest
from diaodu.briefing.layout import Layouts, kept
from diaodu.briefing.view import view
from diaodu.rules.briefing import BriefingAct, BriefingRefusal, BriefingState
from diaodu.rules.distribution import Edition
from diaodu.storage import audit
from diaodu.storage import briefing as briefings
from diaodu.storage import briefing_life as life
from diaodu.storage.plan import lock
from models.briefing import Briefing

UPDATED = "数据更新"
"""Why the clock corrects or replaces: the data are other ones by now."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be told: which kind of briefing, about which day, from which knowledge; by whom and when."""

    scheme_id: int
    layouts: Layouts
    as_of: date
    known_at: datetime
    run_id: int | None
    now: datetime
    actor: str

    @property
    def kind(self) -> str:
        return self.layouts[Edition.FULL].code


@dataclass(frozen=True, slots=True)
class Drafted:
    """The briefing on a day, and whether it was written just now."""

    briefing: Briefing
    is_new: bool


def draft(session: Session, subject: Subject, by_hand: bool = False) -> Drafted:
    """The draft on a day; an issue or a draft that tells the same, or that people work on, is returned as it is.

    Where the newest issue tells otherwise the draft corrects it. What was withdrawn is told again by hand only.
    Raises NotTold where the kind's theme has no indicator, or the kind is none for a whole briefing.
    """
    lock(session, subject.scheme_id)
    issued = briefings.about(session, subject.scheme_id, subject.kind, subject.as_of)
    known = [one for one in issued if not by_hand or one.state is BriefingState.ISSUED]
    same = next((one for one in known if one.known_at == subject.known_at.astimezone(UTC)), None)
    if same is not None:
        return Drafted(same, is_new=False)
    found = freeze(session, subject.scheme_id, subject.as_of, subject.known_at, subject.now)
    view(found.facts, subject.layouts[Edition.FULL])
    if known and is_same(known[0].facts, found.facts):
        return Drafted(known[0], is_new=False)
    waiting = life.open_draft(session, subject.scheme_id, subject.kind, subject.as_of)
    if waiting is not None:
        if is_same(waiting.facts, found.facts) or len(life.events(session, waiting.id or 0)) > 1:
            return Drafted(waiting, is_new=False)
        _replace(session, waiting, subject)
    original = next((one for one in issued if one.state is BriefingState.ISSUED), None)
    return Drafted(_write(session, subject, found, original, UPDATED), is_new=True)


def correct(session: Session, subject: Subject, original: Briefing, reason: str) -> Briefing:
    """A draft that corrects an issue (更正). Raises NotTaken where nothing is otherwise, or a draft waits already."""
    lock(session, subject.scheme_id)
    if not subject.actor.strip():
        raise refused(BriefingRefusal.NO_NAME)
    if not reason.strip():
        raise refused(BriefingRefusal.NO_REASON)
    if original.state is not BriefingState.ISSUED:
        raise refused(BriefingRefusal.NOT_FROM_HERE, state=original.state)
    waiting = life.open_draft(session, subject.scheme_id, subject.kind, subject.as_of)
    if waiting is not None:
        raise refused(BriefingRefusal.OPEN_DRAFT, id=waiting.id)
    found = freeze(session, subject.scheme_id, subject.as_of, subject.known_at, subject.now)
    if is_same(original.facts, found.facts):
        raise refused(BriefingRefusal.NOTHING_CHANGED)
    return _write(session, subject, found, original, reason)


def _write(session: Session, subject: Subject, found: Frozen, original: Briefing | None, reason: str) -> Briefing:
    facts = found.facts if original is None else correcting(session, original, found.facts, reason.strip())
    written = Briefing(
        scheme_id=subject.scheme_id,
        run_id=subject.run_id,
        kind=subject.kind,
        series=subject.layouts[Edition.FULL].series,
        layouts=kept(subject.layouts),
        year=subject.as_of.year,
        state=BriefingState.DRAFTED,
        as_of=subject.as_of,
        known_at=subject.known_at.astimezone(UTC),
        facts=facts,
        digest=digest(facts),
        circulation=found.circulation,
        policy_version_id=found.policy_version_id,
        data_version=audit.newest(session),
        drafted_at=subject.now,
        drafted_by=subject.actor.strip(),
        corrects_id=original.id if original else None,
        reason=reason.strip() if original else None,
    )
    session.add(written)
    session.flush()
    life.step(
        session, written, BriefingAct.DRAFT, BriefingState.DRAFTED, subject.actor, written.reason or "", subject.now
    )
    told = {"as_of": subject.as_of, "known_at": written.known_at, "digest": written.digest}
    changed = {"corrects": original.number, "changes": _count(facts)} if original else {}
    audit.record(session, subject.actor, "briefing.draft", f"briefing {written.id}", told | changed, subject.now)
    return written


def _count(facts: str) -> int:
    return len(json.loads(facts)["correction"]["changes"])


def _replace(session: Session, waiting: Briefing, subject: Subject) -> None:
    """A draft nobody touched gives way to one that knows more."""
    life.step(session, waiting, BriefingAct.DISCARD, BriefingState.DISCARDED, subject.actor, UPDATED, subject.now)
    detail = {"reason": UPDATED}
    audit.record(session, subject.actor, "briefing.discard", f"briefing {waiting.id}", detail, subject.now)
