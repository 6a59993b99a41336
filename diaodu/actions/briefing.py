"""What people do to a draft and to an issue: edit, check, return, discard, withdraw; each a step with its audit row."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from diaodu.actions.briefing_words import NotTaken, refused
from diaodu.briefing.edited import faults
from diaodu.briefing.issue import Issue, composed
from diaodu.briefing.layout import restored
from diaodu.briefing.revised import paragraphs
from diaodu.briefing.wording import Fact
from diaodu.clock import OFFICE_ZONE, office_day
from diaodu.language import _
from diaodu.rules.briefing import OPEN, TRANSITIONS, BriefingAct, BriefingRefusal, Past, refusal
from diaodu.storage import audit
from diaodu.storage import briefing as briefings
from diaodu.storage import briefing_life as life
from diaodu.storage.person import people
from diaodu.storage.plan import lock
from diaodu.storage.scheme import schemes
from models.briefing import Briefing
from models.briefing_event import BriefingEvent


def found(session: Session, scheme_id: int, number: int) -> Briefing:
    """The briefing with this id. Raises NotTaken."""
    lock(session, scheme_id)
    briefing = life.briefing(session, scheme_id, number)
    if briefing is None:
        raise NotTaken(_("没有编号为 {id} 的简报。").format(id=number))
    return briefing


def as_printed(session: Session, briefing: Briefing) -> Issue:
    """A briefing as it is printed: a draft under the number it would get next."""
    assert briefing.id is not None
    past = life.events(session, briefing.id)
    signed = life.signed_at(past)
    next_serial = briefings.next_serial(session, briefing.scheme_id, briefing.series, briefing.year)
    return Issue(
        facts=briefing.facts,
        serial=briefing.serial or next_serial,
        scheme=next(scheme.code for scheme in schemes(session) if scheme.id == briefing.scheme_id),
        kind=briefing.kind,
        as_of=briefing.as_of,
        layouts=restored(briefing.layouts, briefing.kind),
        edits=life.edits(past),
        signed_on=office_day(signed) if signed else None,
        is_draft=briefing.serial is None,
    )


def edit(
    session: Session, scheme_id: int, number: int, paragraph: int, text: str, actor: str, reason: str, at: datetime
) -> list[str]:
    """Write a paragraph (counted from 1) anew; what is wrong with its numbers, which only keeps it from being checked.

    The words are kept whatever they say. Raises NotTaken.
    """
    briefing = found(session, scheme_id, number)
    permitted(session, briefing, BriefingAct.EDIT, actor, reason, at)
    printed = as_printed(session, briefing)
    composed_texts = paragraphs(composed(printed))
    if not 1 <= paragraph <= len(composed_texts):
        raise refused(BriefingRefusal.NO_PARAGRAPH, number=paragraph, count=len(composed_texts))
    original, words = composed_texts[paragraph - 1], " ".join(text.split())
    if not words:
        raise refused(BriefingRefusal.NO_TEXT)
    if words == printed.edits.get(original, original):
        raise refused(BriefingRefusal.SAME_TEXT)
    take(session, briefing, BriefingAct.EDIT, actor, reason, at, (original, words))
    return [] if words == original else [str(fault) for fault in faults(words, Fact(json.loads(briefing.facts)))]


def act(
    session: Session, scheme_id: int, number: int, what: BriefingAct, actor: str, reason: str, at: datetime
) -> Briefing:
    """Check, return, discard or withdraw. Raises NotTaken; checking is refused while a number has no fact behind it."""
    briefing = found(session, scheme_id, number)
    permitted(session, briefing, what, actor, reason, at)
    if what is BriefingAct.REVIEW:
        borne_out(session, briefing)
    take(session, briefing, what, actor, reason, at)
    return briefing


def permitted(session: Session, briefing: Briefing, what: BriefingAct, actor: str, reason: str, at: datetime) -> None:
    """Raises NotTaken where the rules refuse the step."""
    past = life.events(session, briefing.id or 0)
    last = past[-1].recorded_at if past else briefing.drafted_at
    why = refusal(Past(briefing.state, last, life.writers(past)), what, actor, reason, at)
    if why is not None:
        when = last.astimezone(OFFICE_ZONE).isoformat(timespec="minutes", sep=" ")
        raise refused(why, state=briefing.state, actor=actor.strip(), last=when[:16])


def borne_out(session: Session, briefing: Briefing) -> None:
    """Raises NotTaken where an edited paragraph says what no fact bears out, or speaks of a person."""
    texts = list(life.edits(life.events(session, briefing.id or 0)).values())
    facts = Fact(json.loads(briefing.facts))
    stray = [str(fault) for text in texts for fault in faults(text, facts)]
    if stray:
        raise refused(BriefingRefusal.STRAY_NUMBER, faults="\n".join(stray))
    personal = _personal(session, briefing.scheme_id, texts)
    if personal:
        raise refused(BriefingRefusal.PERSONAL, found="、".join(personal))


def _personal(session: Session, scheme_id: int, texts: Iterable[str]) -> list[str]:
    """Names and addresses of contacts in what people wrote: published outputs are about units."""
    said = "\n".join(texts)
    known = [word for p in people(session, scheme_id) for word in (p.name, p.phone, p.mail, p.wecom)]
    return [word for word in dict.fromkeys(known) if word and word in said]


def take(
    session: Session,
    briefing: Briefing,
    what: BriefingAct,
    actor: str,
    reason: str,
    at: datetime,
    edited: tuple[str, str] | None = None,
) -> BriefingEvent:
    """Append a step that was permitted, and its audit row."""
    event = life.step(session, briefing, what, TRANSITIONS[briefing.state][what], actor, reason, at, edited)
    detail: dict[str, object] = {"reason": event.reason, "state": briefing.state}
    if edited is not None:
        detail |= {"original": edited[0], "edited": edited[1]}
    subject = f"briefing {briefing.id}" if briefing.state in OPEN or briefing.number is None else named(briefing)
    audit.record(session, event.actor, f"briefing.{what}", subject, detail, at)
    return event


def named(briefing: Briefing) -> str:
    """An issue as the audit calls it."""
    return f"{briefing.kind} {briefing.year} {briefing.number}"
