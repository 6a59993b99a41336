"""Drafts, and the steps of every briefing's life: events, edits, and what became of it."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from diaodu.rules.briefing import OPEN, BriefingAct, BriefingState
from models.briefing import Briefing
from models.briefing_event import BriefingEvent

WRITING = (BriefingAct.DRAFT, BriefingAct.EDIT)


def briefing(session: Session, scheme_id: int, number: int) -> Briefing | None:
    """One of a scheme by its id, whatever its state."""
    return session.exec(select(Briefing).where(Briefing.scheme_id == scheme_id, Briefing.id == number)).first()


def drafts(session: Session, scheme_id: int) -> list[Briefing]:
    """Drafts that wait for somebody, the oldest first."""
    waiting = select(Briefing).where(Briefing.scheme_id == scheme_id, col(Briefing.state).in_(OPEN))
    return list(session.exec(waiting.order_by(col(Briefing.id))))


def open_draft(session: Session, scheme_id: int, kind: str, as_of: date) -> Briefing | None:
    """The draft of a kind about a day, where one waits."""
    return next((one for one in drafts(session, scheme_id) if (one.kind, one.as_of) == (kind, as_of)), None)


def events(session: Session, briefing_id: int) -> list[BriefingEvent]:
    """Every step, in order."""
    mine = select(BriefingEvent).where(BriefingEvent.briefing_id == briefing_id)
    return list(session.exec(mine.order_by(col(BriefingEvent.position))))


def step(
    session: Session,
    briefing: Briefing,
    act: BriefingAct,
    to_state: BriefingState,
    actor: str,
    reason: str,
    at: datetime,
    edit: tuple[str, str] | None = None,
) -> BriefingEvent:
    """Append a step and leave the briefing where it leads; `edit` is what was composed and what stands there now."""
    assert briefing.id is not None
    last = session.exec(select(func.max(BriefingEvent.position)).where(BriefingEvent.briefing_id == briefing.id)).one()
    event = BriefingEvent(
        briefing_id=briefing.id,
        position=(last or 0) + 1,
        act=act,
        from_state=None if act is BriefingAct.DRAFT else briefing.state,
        to_state=to_state,
        actor=actor.strip(),
        reason=reason.strip() or None,
        recorded_at=at,
        original=edit[0] if edit else None,
        edited=edit[1] if edit else None,
    )
    briefing.state = to_state
    session.add_all((event, briefing))
    session.flush()
    return event


def edits(life: Iterable[BriefingEvent]) -> dict[str, str]:
    """The paragraphs written anew, by what was composed: the newest words of each; those put back are none."""
    newest = {event.original: event.edited for event in life if event.original is not None and event.edited is not None}
    return {original: text for original, text in newest.items() if text != original}


def writers(life: Iterable[BriefingEvent]) -> frozenset[str]:
    """Whose words the text is."""
    return frozenset(event.actor for event in life if event.act in WRITING)


def signed_at(life: Iterable[BriefingEvent]) -> datetime | None:
    """When somebody signed it; None where nobody did."""
    return next((event.recorded_at for event in life if event.act is BriefingAct.ISSUE), None)
