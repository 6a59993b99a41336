"""Warnings one by one, as a briefing may tell of them: from what was known and had been judged when it was written."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from diaodu.rules.warning import HAS_PLAN, OVER, Act, Cause, WarningState
from models.indicator import Indicator
from models.lag_warning import LagWarning
from models.target import Target
from models.unit import Unit
from models.verdict import Verdict
from models.warning_event import WarningEvent

MOVES = (Cause.OPENED, Cause.WORSENED, Cause.EASED)
CLOSED = "closed"
Life = list[tuple[LagWarning, WarningEvent, str, str]]


@dataclass(frozen=True, slots=True)
class OpenWarning:
    """A warning and where its last step left it; codes of unit and indicator, and how it moved lately."""

    unit: str
    indicator: str
    level: str
    severity: int
    state: WarningState
    opened_as_of: date
    reply_due: date | None
    rectify_by: date | None
    moved: tuple[str, ...]


def open_warnings(
    session: Session,
    scheme_id: int,
    as_of: date,
    known_at: datetime,
    seen_at: datetime,
    previous_as_of: date | None = None,
) -> list[OpenWarning]:
    """Those that are not over or moved since the period before (the day itself without one), the most severe first.

    An event made by a judgement is known when its verdict was; an event made by a person, when it was recorded.
    """
    by_judgement = and_(col(WarningEvent.verdict_id).is_not(None), col(Verdict.known_at) <= known_at)
    by_person = and_(col(WarningEvent.verdict_id).is_(None), col(WarningEvent.recorded_at) <= known_at)
    rows = session.exec(
        select(LagWarning, WarningEvent, col(Unit.code), col(Indicator.code))
        .join(WarningEvent, col(WarningEvent.warning_id) == LagWarning.id)
        .join(Target, col(Target.id) == LagWarning.target_id)
        .join(Unit, col(Unit.id) == Target.unit_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .outerjoin(Verdict, col(Verdict.id) == WarningEvent.verdict_id)
        .where(Indicator.scheme_id == scheme_id, WarningEvent.as_of <= as_of)
        .where(WarningEvent.recorded_at <= seen_at, or_(by_judgement, by_person))
        .order_by(col(LagWarning.id), col(WarningEvent.position))
    ).all()
    lives: defaultdict[int, Life] = defaultdict(list)
    for row in rows:
        lives[row[1].warning_id].append(row)
    since = previous_as_of or as_of - timedelta(days=1)
    found = [_left(life, since) for life in lives.values()]
    told = [one for one in found if one.state not in OVER or one.moved]
    return sorted(told, key=lambda one: (one.state in OVER, -one.severity, one.opened_as_of))


def _left(life: Life, since: date) -> OpenWarning:
    """Where the last step of a warning's life left it; a promised day counts as long as the plan does."""
    warning, last, unit, indicator = life[-1]
    promised = [event.until for _, event, _, _ in life if event.act is Act.PLAN]
    lately = [event for _, event, _, _ in life if event.as_of > since]
    moved = [cause.value for cause in MOVES if any(event.cause is cause for event in lately)]
    if any(event.to_state is WarningState.CLOSED for event in lately):
        moved.append(CLOSED)
    return OpenWarning(
        unit=unit,
        indicator=indicator,
        level=last.to_level,
        severity=last.severity,
        state=last.to_state,
        opened_as_of=warning.opened_as_of,
        reply_due=last.reply_due,
        rectify_by=promised[-1] if promised and last.to_state in HAS_PLAN else None,
        moved=tuple(moved),
    )
