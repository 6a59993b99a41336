"""Issued briefings and their files, and how warnings stood when one was written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from diaodu.clock import office_day
from diaodu.rules.briefing import OUT
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
    """Warnings as of a day: awaiting review, open, and what moved since the period before."""

    proposed: int
    open: int
    opened: int
    worsened: int
    eased: int
    closed: int


def briefings(session: Session, scheme_id: int) -> list[Briefing]:
    """All issues of a scheme, the newest first, those withdrawn included."""
    query = select(Briefing).where(Briefing.scheme_id == scheme_id, col(Briefing.state).in_(OUT))
    return list(session.exec(query.order_by(col(Briefing.issued_at).desc(), col(Briefing.id).desc())))


def about(session: Session, scheme_id: int, kind: str, as_of: date) -> list[Briefing]:
    """The issues about one day, the newest first: more than one only after corrections."""
    return list(
        session.exec(
            select(Briefing)
            .where(Briefing.scheme_id == scheme_id, Briefing.kind == kind, Briefing.as_of == as_of)
            .where(col(Briefing.state).in_(OUT))
            .order_by(col(Briefing.serial).desc())
        )
    )


def next_serial(session: Session, scheme_id: int, series: str, year: int) -> int:
    """The next number of the year. Gapless: a number is taken in the transaction that issues it."""
    query = select(func.max(Briefing.serial)).where(
        Briefing.scheme_id == scheme_id, Briefing.series == series, Briefing.year == year
    )
    return (session.exec(query).one() or 0) + 1


def archive(session: Session, briefing_id: int, files: Iterable[BriefingFile]) -> None:
    """Keep under which hash each file was issued; their `briefing_id` is set here."""
    for file in files:
        file.briefing_id = briefing_id
        session.add(file)
    session.flush()


def files_of(session: Session, briefing_id: int) -> list[BriefingFile]:
    """The files an issue was issued in."""
    query = (
        select(BriefingFile)
        .where(BriefingFile.briefing_id == briefing_id)
        .order_by(col(BriefingFile.edition), col(BriefingFile.format))
    )
    return list(session.exec(query))


def known_events(
    session: Session, scheme_id: int, as_of: date, known_at: datetime, seen_at: datetime, of_units: bool = False
) -> list[WarningEvent]:
    """What happened to a scheme's warnings by a day, as known and judged when it was looked at (`seen_at`), in order.

    Of targets, or of units as wholes.

    An event made by a judgement is known when its verdict was; an event made by a person, when it was recorded.
    """
    by_judgement = and_(col(WarningEvent.verdict_id).is_not(None), col(Verdict.known_at) <= known_at)
    by_person = and_(col(WarningEvent.verdict_id).is_(None), col(WarningEvent.recorded_at) <= known_at)
    known = and_(col(WarningEvent.recorded_at) <= seen_at, or_(by_judgement, by_person))
    about_unit = col(LagWarning.unit_id)
    among = about_unit.is_not(None) if of_units else about_unit.is_(None)
    mine = of_scheme(
        select(WarningEvent).join(LagWarning, col(LagWarning.id) == WarningEvent.warning_id), LagWarning, scheme_id
    )
    return list(
        session.exec(
            mine.outerjoin(Verdict, col(Verdict.id) == WarningEvent.verdict_id)
            .where(among, WarningEvent.as_of <= as_of, known)
            .order_by(col(WarningEvent.warning_id), col(WarningEvent.position))
        )
    )


def is_new(event: WarningEvent, as_of: date, previous_as_of: date | None, told_at: datetime | None) -> bool:
    """Whether it happened since the period before: what was judged by its day, what a person did by when it was done.

    `told_at` is the knowledge that the briefing on the period before was written from.
    """
    since = previous_as_of or as_of - timedelta(days=1)
    if event.verdict_id is not None:
        return event.as_of > since
    return event.recorded_at > told_at if told_at else office_day(event.recorded_at) > since


def warning_tally(
    session: Session,
    scheme_id: int,
    as_of: date,
    known_at: datetime,
    seen_at: datetime,
    previous_as_of: date | None = None,
    told_at: datetime | None = None,
    of_units: bool = False,
) -> WarningTally:
    """How warnings stood by the day, and what moved since the period before; without one, on the day itself."""
    events = known_events(session, scheme_id, as_of, known_at, seen_at, of_units)
    last = {event.warning_id: event.to_state for event in events}
    lately = [event for event in events if is_new(event, as_of, previous_as_of, told_at)]

    def moved(cause: Cause) -> int:
        return len({event.warning_id for event in lately if event.cause is cause})

    return WarningTally(
        proposed=sum(state is WarningState.PROPOSED for state in last.values()),
        open=sum(state not in SETTLED and state is not WarningState.PROPOSED for state in last.values()),
        opened=moved(Cause.OPENED),
        worsened=moved(Cause.WORSENED),
        eased=moved(Cause.EASED),
        closed=len({event.warning_id for event in lately if event.to_state is WarningState.CLOSED}),
    )
