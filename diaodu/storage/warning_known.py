"""Open warnings as they stood at a moment, replayed from the events that were on record by then."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from diaodu.rules.warning import HAS_PLAN, OVER, Act, Cause, WarningState
from models.indicator import Indicator
from models.lag_warning import LagWarning
from models.target import Target
from models.verdict import Verdict
from models.warning_event import WarningEvent


@dataclass(frozen=True, slots=True)
class Stood:
    """A warning at a moment. `since` is when it came to stand there, or its term last began anew; `told_at`, when the
    term of its answer did.

    `held_level` is where the unit stands while a rise awaits a decision; `unit_id` is the target's, `owner_unit_id` the
    one it was handed over to.
    """

    id: int
    rule: str
    target_id: int
    unit_id: int
    owner_unit_id: int | None
    indicator_id: int
    indicator: str
    opened_as_of: date
    state: WarningState
    level: str
    severity: int
    since: datetime
    told_at: datetime
    reply_due: date | None = None
    rectify_by: date | None = None
    postponed_until: date | None = None
    owner: str | None = None
    held_level: str | None = None


_WARNING = (LagWarning.id, LagWarning.rule, LagWarning.target_id, Target.unit_id, LagWarning.owner_unit_id)
_MORE = (Target.indicator_id, Indicator.code, LagWarning.opened_as_of)
_EVENT = (
    WarningEvent.to_state,
    WarningEvent.to_level,
    WarningEvent.severity,
    WarningEvent.recorded_at,
    WarningEvent.reply_due,
    WarningEvent.cause,
    WarningEvent.act,
    WarningEvent.until,
    WarningEvent.owner,
)
_ABOUT = [column.name for column in fields(Stood)][: len(_WARNING) + len(_MORE)]
"""What is the same all its life."""


def open_at(session: Session, scheme_id: int, known_at: datetime, number: int | None = None) -> list[Stood]:
    """Every warning of a scheme that was open at a moment, oldest first; or only the one with this number."""
    closed = col(LagWarning.closed_at)
    chosen = sa.true() if number is None else col(LagWarning.id) == number
    rows = session.execute(
        sa.select(*map(col, (*_WARNING, *_MORE, *_EVENT)))
        .join(WarningEvent, col(WarningEvent.warning_id) == col(LagWarning.id))
        .join(Target, col(Target.id) == LagWarning.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(
            col(Indicator.scheme_id) == scheme_id,
            sa.or_(closed.is_(None), closed > known_at),
            col(WarningEvent.recorded_at) <= known_at,
            chosen,
        )
        .order_by(col(LagWarning.id), col(WarningEvent.position))
    )
    return [found for found in _replayed(iter(rows)) if found.state not in OVER]


def _replayed(rows: Iterator[Any]) -> Iterator[Stood]:
    for _, life in groupby(rows, key=lambda row: row[0]):
        stood, was_handed_over = None, False
        for row in life:
            stood = _after(stood, row)
            was_handed_over = was_handed_over or row[-3] is Act.HAND_OVER
        assert stood is not None
        yield stood if was_handed_over else replace(stood, owner_unit_id=None)


def _after(before: Stood | None, row: Any) -> Stood:
    """Where one more event leads."""
    state, level, severity, at, due, cause, act, until, owner = row[len(_ABOUT) :]
    stays = before is not None and before.state is state
    goes_on = cause is Cause.RESCHEDULED
    since, told_at, promised, postponed = at, at, None, None
    if before is not None:
        since = before.since if stays and (goes_on or before.reply_due == due) else at
        told_at = before.told_at if goes_on or before.reply_due == due else at
        promised = before.rectify_by
        postponed = before.postponed_until if goes_on else None
    return Stood(
        **dict(zip(_ABOUT, row[: len(_ABOUT)], strict=True)),
        state=state,
        level=level,
        severity=severity,
        since=since,
        told_at=told_at,
        reply_due=due,
        rectify_by=(until if act is Act.PLAN else promised) if state in HAS_PLAN else None,
        postponed_until=until if act is Act.POSTPONE else postponed,
        owner=owner,
        held_level=_held(before) if state is WarningState.PROPOSED else None,
    )


def _held(before: Stood | None) -> str | None:
    """The level a unit was told of before a rise was proposed."""
    if before is None or before.state is WarningState.EXEMPTED:
        return None
    return before.held_level if before.state is WarningState.PROPOSED else before.level


def judged(session: Session, target_ids: list[int], known_at: datetime) -> dict[int, str]:
    """What the newest judgement of each target said, as known at a moment."""
    newest = (
        sa.select(sa.func.max(col(Verdict.id)))
        .where(col(Verdict.target_id).in_(target_ids), col(Verdict.known_at) <= known_at)
        .group_by(col(Verdict.target_id))
    )
    rows = session.execute(
        sa.select(col(Verdict.target_id), col(Verdict.explanation)).where(col(Verdict.id).in_(newest))
    )
    return {row[0]: row[1] for row in rows}


def explanations(session: Session, verdict_ids: list[int]) -> dict[int, str]:
    """What these judgements say."""
    rows = session.execute(sa.select(col(Verdict.id), col(Verdict.explanation)).where(col(Verdict.id).in_(verdict_ids)))
    return {row[0]: row[1] for row in rows}


def scheme_of(session: Session, number: int) -> int | None:
    """The scheme of a warning; None where no warning has this number."""
    return session.execute(
        sa.select(col(Indicator.scheme_id))
        .join(Target, col(Target.indicator_id) == col(Indicator.id))
        .join(LagWarning, col(LagWarning.target_id) == col(Target.id))
        .where(col(LagWarning.id) == number)
    ).scalar_one_or_none()
