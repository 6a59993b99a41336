"""Requests as reviewers find them: what each asks for, who handed its number in, and which numbers are locked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from diaodu.rules.request import RequestAct, RequestState
from models.period import Period
from models.request import Request
from models.request_event import RequestEvent
from models.target import Target

FEW = 500


@dataclass(frozen=True, slots=True)
class Found:
    """A request, the day and the indicator it asks for, who handed its number in last, and when it moved last."""

    request: Request
    as_of: date
    indicator_id: int
    author: str | None
    last_at: datetime | None


def find(session: Session, scheme_id: int, request_ids: Collection[int]) -> dict[int, Found]:
    """Requests of a scheme by id, in the order asked for; ids it does not have are left out."""
    rows: dict[int, tuple[Request, date, int]] = {}
    wanted = list(dict.fromkeys(request_ids))
    for start in range(0, len(wanted), FEW):
        asked = (
            select(Request, col(Period.as_of), Target.indicator_id)
            .join(Period, col(Period.id) == Request.period_id)
            .join(Target, col(Target.id) == Request.target_id)
            .where(Period.scheme_id == scheme_id, col(Request.id).in_(wanted[start : start + FEW]))
        )
        rows |= {row[0].id or 0: row for row in session.exec(asked)}
    authors = _last(session, list(rows), RequestAct.SUBMIT)
    steps = _last(session, list(rows))
    found = {}
    for number in wanted:
        if number in rows:
            author, last = authors.get(number), steps.get(number)
            found[number] = Found(*rows[number], author and author[0], last and last[1])
    return found


def beside(session: Session, found: Sequence[Found]) -> list[int]:
    """Other requests that the same numbers answer: a day may be asked for by an extra round too."""
    named = {one.request.id for one in found}
    numbers = {(one.request.target_id, one.as_of) for one in found}
    targets, days = list({target for target, _ in numbers}), {day for _, day in numbers}
    others = []
    for start in range(0, len(targets), FEW):
        asked = (
            select(Request.id, Request.target_id, col(Period.as_of))
            .join(Period, col(Period.id) == Request.period_id)
            .where(col(Request.target_id).in_(targets[start : start + FEW]), col(Period.as_of).in_(days))
            .order_by(col(Request.id))
        )
        others += [n for n, target, day in session.exec(asked) if n and (target, day) in numbers and n not in named]
    return others


def confirmed(session: Session, scheme_id: int, days: Collection[date]) -> set[tuple[int, date]]:
    """Numbers of these days that are locked, by (target id, day)."""
    locked = (
        select(Request.target_id, col(Period.as_of))
        .join(Period, col(Period.id) == Request.period_id)
        .where(Period.scheme_id == scheme_id, col(Period.as_of).in_(days), Request.state == RequestState.CONFIRMED)
    )
    return set(session.exec(locked).all())


def _last(session: Session, ids: list[int], act: RequestAct | None = None) -> dict[int, tuple[str, datetime]]:
    """Who made the last step (or the last of one kind) of each request, and when."""
    found: dict[int, tuple[str, datetime]] = {}
    for start in range(0, len(ids), FEW):
        newest = sa.select(sa.func.max(col(RequestEvent.id))).where(
            col(RequestEvent.request_id).in_(ids[start : start + FEW])
        )
        newest = newest if act is None else newest.where(col(RequestEvent.act) == act)
        steps = select(RequestEvent).where(col(RequestEvent.id).in_(newest.group_by(col(RequestEvent.request_id))))
        found |= {step.request_id: (step.actor, step.recorded_at) for step in session.exec(steps)}
    return found
