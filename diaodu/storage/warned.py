"""Warnings one by one, as a briefing may tell of them: from what was known and had been judged when it was written."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from diaodu.rules.warning import HAS_PLAN, OVER, Act, Cause, WarningState
from diaodu.storage.briefing import is_new, known_events
from diaodu.storage.subject import of_scheme
from models.indicator import Indicator
from models.lag_warning import LagWarning
from models.target import Target
from models.unit import Unit
from models.warning_event import WarningEvent

MOVES = (Cause.OPENED, Cause.WORSENED, Cause.EASED)
CLOSED = "closed"


class _Subject(NamedTuple):
    warning_id: int
    opened_as_of: date
    unit: str
    indicator: str | None


@dataclass(frozen=True, slots=True)
class OpenWarning:
    """A warning and where its last step left it; codes of unit and indicator, and how it moved lately.

    Without an indicator it is the unit as a whole that is warned.
    """

    unit: str
    indicator: str | None
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
    told_at: datetime | None = None,
) -> list[OpenWarning]:
    """Those that are not over or moved since the period before, the most severe first; see `briefing.known_events`."""
    lives: defaultdict[int, list[WarningEvent]] = defaultdict(list)
    for of_units in (False, True):
        for event in known_events(session, scheme_id, as_of, known_at, seen_at, of_units):
            lives[event.warning_id].append(event)
    found = []
    for one in _subjects(session, scheme_id):
        if one.warning_id not in lives:
            continue
        life = lives[one.warning_id]
        lately = [event for event in life if is_new(event, as_of, previous_as_of, told_at)]
        found.append(_left(one, life, lately))
    told = [one for one in found if one.state not in OVER or one.moved]
    return sorted(told, key=lambda one: (one.state in OVER, -one.severity, one.opened_as_of))


def _subjects(session: Session, scheme_id: int) -> list[_Subject]:
    """What every warning is about, the oldest first."""
    mine = of_scheme(select(LagWarning, col(Unit.code), col(Indicator.code)), LagWarning, scheme_id)
    rows = session.exec(
        mine.join(Indicator, col(Indicator.id) == Target.indicator_id, isouter=True).order_by(col(LagWarning.id))
    )
    return [_Subject(one.id or 0, one.opened_as_of, unit, indicator) for one, unit, indicator in rows]


def _left(one: _Subject, life: list[WarningEvent], lately: list[WarningEvent]) -> OpenWarning:
    """Where the last step of a warning's life left it; a promised day counts as long as the plan does."""
    last, promised = life[-1], [event.until for event in life if event.act is Act.PLAN]
    moved = [cause.value for cause in MOVES if any(event.cause is cause for event in lately)]
    if any(event.to_state is WarningState.CLOSED for event in lately):
        moved.append(CLOSED)
    return OpenWarning(
        unit=one.unit,
        indicator=one.indicator,
        level=last.to_level,
        severity=last.severity,
        state=last.to_state,
        opened_as_of=one.opened_as_of,
        reply_due=last.reply_due,
        rectify_by=promised[-1] if promised and last.to_state in HAS_PLAN else None,
        moved=tuple(moved),
    )
