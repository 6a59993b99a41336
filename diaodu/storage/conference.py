"""Meetings on progress, and how far the papers of each have come."""

from datetime import date

from sqlmodel import Session, col, select

from diaodu.rules.briefing import BriefingState
from diaodu.rules.conference import Preparation
from diaodu.rules.request import OWED
from models.briefing import Briefing
from models.conference import Conference
from models.indicator import Indicator
from models.meeting import Meeting
from models.period import Period
from models.request import Request
from models.target import Target
from models.verdict import Verdict

DONE_BY = {
    BriefingState.DRAFTED: Preparation.DRAFT,
    BriefingState.REVIEWED: Preparation.APPROVE,
    BriefingState.ISSUED: Preparation.OUT,
}


def conferences(session: Session, scheme_id: int) -> list[Conference]:
    """All of a scheme, in order of day."""
    mine = select(Conference).where(Conference.scheme_id == scheme_id)
    return list(session.exec(mine.order_by(col(Conference.day), col(Conference.id))))


def conference(session: Session, scheme_id: int, number: int) -> Conference | None:
    mine = select(Conference).where(Conference.scheme_id == scheme_id, Conference.id == number)
    return session.exec(mine).first()


def done(session: Session, conference: Conference) -> frozenset[Preparation]:
    """The steps that are done, by what is in the tables: what comes before a step that is done is done too."""
    found = _last(session, conference)
    steps = tuple(Preparation)
    return frozenset(steps[: steps.index(found) + 1]) if found is not None else frozenset()


def meetings_at(session: Session, conference_id: int) -> list[Meeting]:
    """What was minuted of each unit."""
    return list(session.exec(select(Meeting).where(Meeting.conference_id == conference_id).order_by(col(Meeting.id))))


def _last(session: Session, conference: Conference) -> Preparation | None:
    if meetings_at(session, conference.id or 0):
        return Preparation.HOLD
    told_of = select(Briefing.state).where(
        Briefing.scheme_id == conference.scheme_id, Briefing.as_of == conference.as_of
    )
    states = set(session.exec(told_of))
    told = [step for state, step in DONE_BY.items() if state in states]
    if told:
        return told[-1]
    if _is_judged(session, conference.scheme_id, conference.as_of):
        return Preparation.CHECK
    return Preparation.CLOSE if _is_closed(session, conference.scheme_id, conference.as_of) else None


def _is_judged(session: Session, scheme_id: int, as_of: date) -> bool:
    judged = (
        select(Verdict.id)
        .join(Target, col(Target.id) == Verdict.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(Indicator.scheme_id == scheme_id, Verdict.as_of == as_of)
    )
    return session.exec(judged.limit(1)).first() is not None


def _is_closed(session: Session, scheme_id: int, as_of: date) -> bool:
    """Whether its rounds were opened, and nobody owes them anything any more."""
    rounds = session.exec(select(Period.id).where(Period.scheme_id == scheme_id, Period.as_of == as_of)).all()
    owed = select(Request.id).where(col(Request.period_id).in_(rounds), col(Request.state).in_(OWED))
    return bool(rounds) and session.exec(owed.limit(1)).first() is None
