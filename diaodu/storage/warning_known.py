"""Open warnings as they stood at a moment, replayed from the events that were on record by then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from diaodu.rules.subject import Subject
from diaodu.rules.warning import HAS_PLAN, OVER, Act, Cause, WarningState
from diaodu.storage.subject import of_scheme, owner
from models.lag_warning import LagWarning
from models.target import Target
from models.unit import Unit
from models.verdict import Verdict
from models.warning_event import WarningEvent


@dataclass(frozen=True, slots=True)
class Stood:
    """A warning at a moment. `since` is when it came to stand there, or its term last began anew; `told_at`, when the
    term of its answer did.

    `held_level` is where the unit stands while a rise awaits a decision; `owner_unit_id` is the unit it was handed over
    to. Without a target it is the unit as a whole that is warned.
    """

    id: int
    rule: str
    subject: Subject
    unit_id: int
    owner_unit_id: int | None
    indicator_id: int | None
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
    rectify_due: date | None = None


_WARNING = (LagWarning.id, LagWarning.rule, LagWarning.target_id, LagWarning.unit_id)
_MORE = (LagWarning.owner_unit_id, Target.indicator_id, LagWarning.opened_as_of)
_EVENT = (
    WarningEvent.to_state,
    WarningEvent.to_level,
    WarningEvent.severity,
    WarningEvent.recorded_at,
    WarningEvent.reply_due,
    WarningEvent.rectify_due,
    WarningEvent.cause,
    WarningEvent.act,
    WarningEvent.until,
    WarningEvent.owner,
)


def open_at(session: Session, scheme_id: int, known_at: datetime, number: int | None = None) -> list[Stood]:
    """Every warning of a scheme that was open at a moment, oldest first; or only the one with this number."""
    closed = col(LagWarning.closed_at)
    chosen = sa.true() if number is None else col(LagWarning.id) == number
    rows = session.execute(
        of_scheme(
            sa.select(*map(col, _WARNING), owner(LagWarning), *map(col, _MORE), *map(col, _EVENT)).join(
                WarningEvent, col(WarningEvent.warning_id) == col(LagWarning.id)
            ),
            LagWarning,
            scheme_id,
        )
        .where(sa.or_(closed.is_(None), closed > known_at), col(WarningEvent.recorded_at) <= known_at, chosen)
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
    number, rule, target_id, whole, unit_id, handed_to, indicator_id, opened = row[: -len(_EVENT)]
    state, level, severity, at, due, rectify, cause, act, until, answers = row[-len(_EVENT) :]
    stays = before is not None and before.state is state
    goes_on = cause is Cause.RESCHEDULED
    since, told_at, promised, postponed = at, at, None, None
    if before is not None:
        since = before.since if stays and (goes_on or before.reply_due == due) else at
        told_at = before.told_at if goes_on or before.reply_due == due else at
        promised = before.rectify_by
        postponed = before.postponed_until if goes_on else None
    return Stood(
        id=number,
        rule=rule,
        subject=Subject(target_id, whole),
        unit_id=unit_id,
        owner_unit_id=handed_to,
        indicator_id=indicator_id,
        opened_as_of=opened,
        state=state,
        level=level,
        severity=severity,
        since=since,
        told_at=told_at,
        reply_due=due,
        rectify_by=(until if act is Act.PLAN else promised) if state in HAS_PLAN else None,
        postponed_until=until if act is Act.POSTPONE else postponed,
        owner=answers,
        held_level=_held(before) if state is WarningState.PROPOSED else None,
        rectify_due=rectify,
    )


def _held(before: Stood | None) -> str | None:
    """The level a unit was told of before a rise was proposed."""
    if before is None or before.state is WarningState.EXEMPTED:
        return None
    return before.held_level if before.state is WarningState.PROPOSED else before.level


def judged(session: Session, stood: Sequence[Stood], known_at: datetime) -> dict[Subject, str]:
    """What the newest judgement of each of their subjects said, as known at a moment."""
    targets = [one.subject.target_id for one in stood if one.subject.target_id is not None]
    units = [one.subject.unit_id for one in stood if one.subject.unit_id is not None]
    newest = (
        sa.select(sa.func.max(col(Verdict.id)))
        .where(
            sa.or_(col(Verdict.target_id).in_(targets), col(Verdict.unit_id).in_(units)),
            col(Verdict.known_at) <= known_at,
        )
        .group_by(col(Verdict.target_id), col(Verdict.unit_id))
    )
    chosen = sa.select(col(Verdict.target_id), col(Verdict.unit_id), col(Verdict.explanation))
    rows = session.execute(chosen.where(col(Verdict.id).in_(newest)))
    return {Subject(target_id, unit_id): words for target_id, unit_id, words in rows}


def explanations(session: Session, verdict_ids: list[int]) -> dict[int, str]:
    """What these judgements say."""
    rows = session.execute(sa.select(col(Verdict.id), col(Verdict.explanation)).where(col(Verdict.id).in_(verdict_ids)))
    return {row[0]: row[1] for row in rows}


def scheme_of(session: Session, number: int) -> int | None:
    """The scheme of a warning; None where no warning has this number."""
    found = sa.select(col(Unit.scheme_id)).select_from(LagWarning)
    joined = found.join(Target, col(Target.id) == col(LagWarning.target_id), isouter=True)
    mine = joined.join(Unit, col(Unit.id) == owner(LagWarning)).where(col(LagWarning.id) == number)
    return session.execute(mine).scalar_one_or_none()
