"""Warnings as people look them up: with names and levels as they stood at a moment."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from diaodu.rules.warning import OVER, WarningState
from diaodu.storage.in_force import is_in_force
from diaodu.storage.subject import of_scheme
from models.definition import Definition
from models.indicator import Indicator
from models.lag_warning import LagWarning
from models.target import Target
from models.unit import Unit
from models.unit_version import UnitVersion
from models.warning_event import WarningEvent


@dataclass(frozen=True, slots=True)
class Listed:
    """A warning at a moment. `since` is the day its last step spoke of; `reply_due` None when no answer is owed.

    Without an indicator it is the unit as a whole that is warned.
    """

    id: int
    rule: str
    unit: str
    unit_name: str
    indicator: str | None
    indicator_name: str | None
    state: WarningState
    level: str
    severity: int
    opened_as_of: date
    since: date
    reply_due: date | None


def warnings(session: Session, scheme_id: int, on: date, known_at: datetime, over: bool = False) -> list[Listed]:
    """Every warning by day `on` as known at `known_at`, with that day's names; what is over only when asked for."""
    earlier = aliased(WarningEvent)
    newest = (
        select(func.max(earlier.position))
        .where(earlier.warning_id == col(LagWarning.id), earlier.recorded_at <= known_at, earlier.as_of <= on)
        .scalar_subquery()
    )
    rows = session.execute(
        of_scheme(
            sa.select(LagWarning, WarningEvent, Unit, UnitVersion, Indicator, Definition).join(
                WarningEvent, col(WarningEvent.warning_id) == LagWarning.id
            ),
            LagWarning,
            scheme_id,
        )
        .join(UnitVersion, is_in_force(UnitVersion, col(Unit.id), on, known_at))
        .join(Indicator, col(Indicator.id) == Target.indicator_id, isouter=True)
        .join(Definition, is_in_force(Definition, col(Indicator.id), on, known_at), isouter=True)
        .where(
            col(WarningEvent.position) == newest,
            sa.or_(col(LagWarning.target_id).is_(None), col(Definition.id).is_not(None)),
        )
        .order_by(col(LagWarning.id))
    )
    listed = [_listed(*row) for row in rows]
    return [each for each in listed if over or each.state not in OVER]


def _listed(
    warning: LagWarning,
    last: WarningEvent,
    unit: Unit,
    named: UnitVersion,
    indicator: Indicator | None,
    defined: Definition | None,
) -> Listed:
    assert warning.id is not None
    return Listed(
        id=warning.id,
        rule=warning.rule,
        unit=unit.code,
        unit_name=named.name,
        indicator=indicator.code if indicator else None,
        indicator_name=defined.name if defined else None,
        state=last.to_state,
        level=last.to_level,
        severity=last.severity,
        opened_as_of=warning.opened_as_of,
        since=last.as_of,
        reply_due=last.reply_due,
    )
