"""What units are asked for, and how each request stands: moved in bulk, every move an event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from diaodu.rules.access import Role
from diaodu.rules.request import ANSWERED, TRANSITIONS, RequestAct, RequestState
from diaodu.storage.plan import append
from models.period import Period
from models.request import Request
from models.request_event import RequestEvent


class NotPossible(ValueError):
    """The act leads nowhere from the state a request is in."""

    def __init__(self, act: RequestAct, state: RequestState) -> None:
        super().__init__(f"{act} from {state}")
        self.act, self.state = act, state


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


def request_for(session: Session, target_id: int, as_of: date) -> Request | None:
    """The request that asks for a target's number of a day."""
    asked = select(Request).join(Period, col(Period.id) == Request.period_id)
    return session.exec(asked.where(Request.target_id == target_id, Period.as_of == as_of)).first()


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
        events.append(
            {
                "request_id": request.id,
                "act": act,
                "to_state": state,
                "report_id": (reports or {}).get(request.id),
                "actor": mark.actor,
                "role": mark.role,
                "reason": mark.reason,
                "recorded_at": mark.at,
            }
        )
    session.add_all(requests)
    append(session, RequestEvent, events)


def events_of(session: Session, request_id: int) -> list[RequestEvent]:
    """A request's life, first to last."""
    return list(
        session.exec(select(RequestEvent).where(RequestEvent.request_id == request_id).order_by(col(RequestEvent.id)))
    )


def _leads(state: RequestState, act: RequestAct) -> RequestState:
    if (state, act) not in TRANSITIONS:
        raise NotPossible(act, state)
    return TRANSITIONS[state, act]


def counts(session: Session, period_id: int) -> dict[tuple[int, RequestState], int]:
    """How many of each unit's requests stand where, by (unit id, state)."""
    found = session.execute(
        sa.select(col(Request.unit_id), col(Request.state), sa.func.count())
        .where(col(Request.period_id) == period_id)
        .group_by(col(Request.unit_id), col(Request.state))
    )
    return {(unit_id, state): count for unit_id, state, count in found}
