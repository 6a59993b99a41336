"""What units are asked for, and how each request stands: moved in bulk, every move an event."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from diaodu.rules.access import Role
from diaodu.rules.request import ANSWERED, TRANSITIONS, RequestAct, RequestState
from diaodu.storage.plan import append
from models.period import Period
from models.report import Report
from models.request import Request
from models.request_event import RequestEvent
from models.target import Target

FEW = 5_000
"""Targets that are named to the database one by one; of more it gives all."""


class NotPossible(ValueError):
    """The act leads nowhere from the state a request is in."""

    def __init__(self, act: RequestAct, state: RequestState) -> None:
        super().__init__(f"{act} from {state}")
        self.act, self.state = act, state


@dataclass(frozen=True, slots=True)
class Fresh:
    """A request to be made: asked for, or spared for a `reason`."""

    target_id: int
    unit_id: int
    due: date
    fields: int
    act: RequestAct = RequestAct.ASK
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What an event says besides where it leads: who did it, in which role (None: the system), when and why."""

    actor: str
    at: datetime
    role: Role | None = None
    reason: str | None = None


def requests_of(session: Session, period_id: int, unit_id: int | None = None) -> list[Request]:
    """A period's requests, or one unit's of it, in the order they were made."""
    query = select(Request).where(Request.period_id == period_id).order_by(col(Request.id))
    return list(session.exec(query if unit_id is None else query.where(Request.unit_id == unit_id)))


def requests_in(session: Session, period_id: int, states: Collection[RequestState]) -> list[Request]:
    """A period's requests that stand in one of these states."""
    chosen = select(Request).where(Request.period_id == period_id, col(Request.state).in_(states))
    return list(session.exec(chosen.order_by(col(Request.id))))


def latest_dues(session: Session, scheme_id: int) -> dict[int, date]:
    """The last day on which any unit's numbers are due, by open period."""
    found = session.execute(
        sa.select(col(Request.period_id), sa.func.max(col(Request.due)))
        .join(Period, col(Period.id) == Request.period_id)
        .where(col(Period.scheme_id) == scheme_id, col(Period.closed_at).is_(None))
        .group_by(col(Request.period_id))
    )
    return {row[0]: row[1] for row in found}


def dues_of(session: Session, unit_id: int, period_ids: Collection[int]) -> dict[int, date]:
    """By when a unit owes its numbers, by period; those that ask it for none are absent."""
    found = session.execute(
        sa.select(col(Request.period_id), sa.func.min(col(Request.due)))
        .where(col(Request.unit_id) == unit_id, col(Request.period_id).in_(period_ids))
        .group_by(col(Request.period_id))
    )
    return {row[0]: row[1] for row in found}


def returned_late(session: Session, scheme_id: int) -> list[tuple[Request, datetime]]:
    """Requests of closed periods that stand returned, and when they were returned last."""
    returned_at = sa.func.max(col(RequestEvent.recorded_at))
    found = session.exec(
        select(Request, returned_at)
        .join(Period, col(Period.id) == Request.period_id)
        .join(RequestEvent, col(RequestEvent.request_id) == Request.id)
        .where(
            Period.scheme_id == scheme_id,
            col(Period.closed_at).is_not(None),
            Request.state == RequestState.RETURNED,
            RequestEvent.act == RequestAct.RETURN,
        )
        .group_by(col(Request.id))
    )
    return list(found)


def request_for(session: Session, target_id: int, as_of: date) -> Request | None:
    """The request that asks for a target's number of a day."""
    asked = select(Request).join(Period, col(Period.id) == Request.period_id)
    return session.exec(asked.where(Request.target_id == target_id, Period.as_of == as_of)).first()


def requests_for(
    session: Session, scheme_id: int, days: Collection[date], known: Collection[int]
) -> dict[tuple[int, date], list[Request]]:
    """Every request that asks one of the targets in `known` for a number of one of these days, by (target id, day)."""
    asked = (
        select(Request, col(Period.as_of))
        .join(Period, col(Period.id) == Request.period_id)
        .where(Period.scheme_id == scheme_id, col(Period.as_of).in_(days))
        .order_by(col(Request.id))
    )
    few = asked.where(col(Request.target_id).in_(known)) if len(known) <= FEW else asked
    found: dict[tuple[int, date], list[Request]] = {}
    for request, as_of in session.exec(few):
        found.setdefault((request.target_id, as_of), []).append(request)
    return found


def create(session: Session, period_id: int, fresh: Sequence[Fresh], mark: Mark) -> None:
    """Make requests and their first events. A period asks a target once: the database refuses a second time."""
    made = [
        {
            "period_id": period_id,
            "target_id": one.target_id,
            "unit_id": one.unit_id,
            "due": one.due,
            "fields": one.fields,
            "state": TRANSITIONS[None, one.act],
            "asked_at": mark.at,
        }
        for one in fresh
    ]
    append(session, Request, made)
    ids = dict(session.exec(select(Request.target_id, Request.id).where(Request.period_id == period_id)).all())
    events = [
        _event(ids[one.target_id] or 0, one.act, TRANSITIONS[None, one.act], replace(mark, reason=one.reason))
        for one in fresh
    ]
    append(session, RequestEvent, events)


def move(
    session: Session,
    requests: Sequence[Request],
    act: RequestAct,
    mark: Mark,
    reports: Mapping[int, int] | None = None,
) -> None:
    """Do one act to all of `requests`, or to none; `reports` names the revision spoken of by request id.

    Raises NotPossible.
    """
    leads = [_leads(request.state, act) for request in requests]
    events = []
    for request, state in zip(requests, leads, strict=True):
        assert request.id is not None
        request.state = state
        if state in ANSWERED and request.submitted_at is None:
            request.submitted_at = mark.at
        events.append(_event(request.id, act, state, mark, (reports or {}).get(request.id)))
    session.add_all(requests)
    append(session, RequestEvent, events)


def reports_spoken_of(session: Session, requests: Sequence[Request]) -> dict[int, int]:
    """The revision that each request's last event with one spoke of, by request id."""
    found: dict[int, int] = {}
    ids = [request.id for request in requests]
    for start in range(0, len(ids), FEW):
        events = select(RequestEvent.request_id, RequestEvent.report_id).where(
            col(RequestEvent.request_id).in_(ids[start : start + FEW]), col(RequestEvent.report_id).is_not(None)
        )
        found |= {r: report for r, report in session.exec(events.order_by(col(RequestEvent.id))) if report is not None}
    return found


def _event(
    request_id: int, act: RequestAct, state: RequestState, mark: Mark, report_id: int | None = None
) -> dict[str, Any]:
    return {
        "request_id": request_id,
        "act": act,
        "to_state": state,
        "report_id": report_id,
        "actor": mark.actor,
        "role": mark.role,
        "reason": mark.reason,
        "recorded_at": mark.at,
    }


def events_of(session: Session, request_id: int) -> list[RequestEvent]:
    """A request's life, first to last."""
    return list(
        session.exec(select(RequestEvent).where(RequestEvent.request_id == request_id).order_by(col(RequestEvent.id)))
    )


def _leads(state: RequestState, act: RequestAct) -> RequestState:
    if (state, act) not in TRANSITIONS:
        raise NotPossible(act, state)
    return TRANSITIONS[state, act]


def there_before(session: Session, period_id: int, supplied: Collection[int]) -> dict[int, int]:
    """How many of each unit's numbers need no asking because they are known; indicators `supplied` are no unit's."""
    other = aliased(Report)
    newest = (
        sa.select(col(other.id))
        .where(col(other.target_id) == Request.target_id, col(other.as_of) == Period.as_of)
        .order_by(col(other.recorded_at).desc(), col(other.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    found = session.execute(
        sa.select(col(Request.unit_id), sa.func.count())
        .join(Period, col(Period.id) == Request.period_id)
        .join(Target, col(Target.id) == Request.target_id)
        .join(Report, col(Report.id) == newest)
        .where(
            col(Request.period_id) == period_id,
            col(Request.state) == RequestState.SPARED,
            col(Report.value).is_not(None),
            col(Target.indicator_id).not_in(supplied),
        )
        .group_by(col(Request.unit_id))
    )
    return {row[0]: row[1] for row in found}


def counts(session: Session, period_id: int) -> dict[tuple[int, RequestState], int]:
    """How many of each unit's requests stand where, by (unit id, state)."""
    found = session.execute(
        sa.select(col(Request.unit_id), col(Request.state), sa.func.count())
        .where(col(Request.period_id) == period_id)
        .group_by(col(Request.unit_id), col(Request.state))
    )
    return {(unit_id, state): count for unit_id, state, count in found}
