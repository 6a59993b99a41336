"""Issued briefings and their files, and how warnings stood when one was written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from diaodu.rules.warning import Cause, WarningState
from diaodu.storage.subject import of_scheme
from models.briefing import Briefing
from models.briefing_file import BriefingFile
from models.lag_warning import LagWarning
from models.verdict import Verdict
from models.warning_event import WarningEvent

SETTLED = frozenset({WarningState.CLOSED, WarningState.WITHDRAWN, WarningState.EXEMPTED})
"""States in which nobody owes anything any more."""


@dataclass(frozen=True, slots=True)
class WarningTally:
    """Warnings as of a day: awaiting review, open, and what moved on that day."""

    proposed: int
    open: int
    opened: int
    worsened: int
    eased: int
    closed: int


def briefings(session: Session, scheme_id: int) -> list[Briefing]:
    """All issues of a scheme, the newest first."""
    query = select(Briefing).where(Briefing.scheme_id == scheme_id).order_by(col(Briefing.id).desc())
    return list(session.exec(query))


def about(session: Session, scheme_id: int, kind: str, as_of: date) -> list[Briefing]:
    """The issues about one day, the newest first: more than one only after corrections."""
    return list(
        session.exec(
            select(Briefing)
            .where(Briefing.scheme_id == scheme_id, Briefing.kind == kind, Briefing.as_of == as_of)
            .order_by(col(Briefing.id).desc())
        )
    )


def next_serial(session: Session, scheme_id: int, kind: str, year: int) -> int:
    """The next number of the year. Gapless: a number is taken in the transaction that issues it."""
    query = select(func.max(Briefing.serial)).where(
        Briefing.scheme_id == scheme_id, Briefing.kind == kind, Briefing.year == year
    )
    return (session.exec(query).one() or 0) + 1


def issue(session: Session, briefing: Briefing, files: Iterable[BriefingFile]) -> Briefing:
    """Store an issue with its files, whose `briefing_id` is set here."""
    session.add(briefing)
    session.flush()
    assert briefing.id is not None
    for file in files:
        file.briefing_id = briefing.id
        session.add(file)
    session.flush()
    return briefing


def files_of(session: Session, briefing_id: int) -> list[BriefingFile]:
    """The files an issue was issued in."""
    query = select(BriefingFile).where(BriefingFile.briefing_id == briefing_id).order_by(col(BriefingFile.format))
    return list(session.exec(query))


def warning_tally(session: Session, scheme_id: int, as_of: date, known_at: datetime, seen_at: datetime) -> WarningTally:
    """How targets' warnings stood by the day, from what was known and judged when it was looked at (`seen_at`).

    An event made by a judgement is known when its verdict was; an event made by a person, when it was recorded.
    """
    return _tally(session, scheme_id, as_of, known_at, seen_at, col(LagWarning.unit_id).is_(None))


def unit_tally(session: Session, scheme_id: int, as_of: date, known_at: datetime, seen_at: datetime) -> WarningTally:
    """The same of the warnings of units as wholes."""
    return _tally(session, scheme_id, as_of, known_at, seen_at, col(LagWarning.unit_id).is_not(None))


def _tally(
    session: Session, scheme_id: int, as_of: date, known_at: datetime, seen_at: datetime, among: ColumnElement[bool]
) -> WarningTally:
    by_judgement = and_(col(WarningEvent.verdict_id).is_not(None), col(Verdict.known_at) <= known_at)
    by_person = and_(col(WarningEvent.verdict_id).is_(None), col(WarningEvent.recorded_at) <= known_at)
    known = and_(col(WarningEvent.recorded_at) <= seen_at, or_(by_judgement, by_person))
    events = session.exec(
        of_scheme(
            select(WarningEvent).join(LagWarning, col(LagWarning.id) == WarningEvent.warning_id), LagWarning, scheme_id
        )
        .outerjoin(Verdict, col(Verdict.id) == WarningEvent.verdict_id)
        .where(among, WarningEvent.as_of <= as_of, known)
        .order_by(col(WarningEvent.warning_id), col(WarningEvent.position))
    ).all()
    last = {event.warning_id: event.to_state for event in events}
    today = [event for event in events if event.as_of == as_of]

    def moved(cause: Cause) -> int:
        return len({event.warning_id for event in today if event.cause is cause})

    return WarningTally(
        proposed=sum(state is WarningState.PROPOSED for state in last.values()),
        open=sum(state not in SETTLED and state is not WarningState.PROPOSED for state in last.values()),
        opened=moved(Cause.OPENED),
        worsened=moved(Cause.WORSENED),
        eased=moved(Cause.EASED),
        closed=len({event.warning_id for event in today if event.to_state is WarningState.CLOSED}),
    )
