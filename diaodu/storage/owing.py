"""What is owed in the rounds that are open, and who owes it: numbers by units, checks by lead units."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from diaodu.rules.reminder import Leg
from diaodu.rules.request import OWED, RequestAct, RequestState
from models.period import Period
from models.request import Request
from models.request_event import RequestEvent
from models.target import Target

TO_CHECK = frozenset({RequestState.SUBMITTED, RequestState.APPROVED})
"""A number is there, and its lead unit has not checked it."""
STATES = {Leg.UNIT: OWED, Leg.LEAD: TO_CHECK}


@dataclass(frozen=True, slots=True)
class Owing:
    """How much one unit owes in one leg of one round, by when, and since what moment."""

    period_id: int
    leg: Leg
    unit_id: int
    due: date
    since: datetime
    owed: int


@dataclass(frozen=True, slots=True)
class Debt:
    """One number that is owed: `unit_id` owes it, `of_unit_id` is whose number it is."""

    period_id: int
    leg: Leg
    unit_id: int
    of_unit_id: int
    indicator_id: int
    request_id: int
    due: date
    state: RequestState


def owing_units(session: Session, scheme_id: int) -> list[Owing]:
    """What units owe in open rounds: a line for every deadline and moment of asking, or of returning."""
    line = (col(Request.period_id), col(Request.unit_id), col(Request.due))
    asked = (
        sa.select(*line, col(Request.asked_at), sa.func.count())
        .where(_in_open_round(scheme_id), col(Request.state) == RequestState.AWAITED)
        .group_by(*line, col(Request.asked_at))
    )
    last = sa.func.max(col(RequestEvent.recorded_at))
    returned = (
        sa.select(*line, last.label("since"), sa.literal(1))
        .join(RequestEvent, col(RequestEvent.request_id) == Request.id)
        .where(_in_open_round(scheme_id), col(Request.state) == RequestState.RETURNED)
        .where(col(RequestEvent.act) == RequestAct.RETURN)
        .group_by(*line, col(Request.id))
    )
    found = [*session.execute(asked), *session.execute(returned)]
    return [Owing(period, Leg.UNIT, unit, due, since, owed) for period, unit, due, since, owed in found]


def owing_leads(session: Session, scheme_id: int, leads: Mapping[int, int]) -> list[Owing]:
    """What lead units are to check in open rounds, by day and moment; `leads` is the lead unit of an indicator."""
    found = session.execute(
        sa.select(
            col(Period.id), col(Period.lead_due), col(Target.indicator_id), col(Request.submitted_at), sa.func.count()
        )
        .join(Request, col(Request.period_id) == Period.id)
        .join(Target, col(Target.id) == Request.target_id)
        .where(_in_open_round(scheme_id), col(Period.lead_due).is_not(None), col(Request.state).in_(TO_CHECK))
        .group_by(col(Period.id), col(Period.lead_due), col(Target.indicator_id), col(Request.submitted_at))
    )
    return [
        Owing(period, Leg.LEAD, leads[indicator], due, since, owed)
        for period, due, indicator, since, owed in found
        if indicator in leads
    ]


def _in_open_round(scheme_id: int) -> sa.ColumnElement[bool]:
    rounds = sa.select(col(Period.id)).where(col(Period.scheme_id) == scheme_id, col(Period.closed_at).is_(None))
    return col(Request.period_id).in_(rounds)


def debts(
    session: Session, leg: Leg, periods: Sequence[Period], unit_ids: Collection[int], leads: Mapping[int, int]
) -> list[Debt]:
    """Every number that these units owe in one leg of these rounds, in the order of the requests."""
    known = {period.id or 0: period for period in periods}
    line = (Request.period_id, Request.unit_id, Target.indicator_id, Request.id, Request.due, Request.state)
    query = (
        sa.select(*(col(column) for column in line))
        .join(Target, col(Target.id) == Request.target_id)
        .where(col(Request.period_id).in_(known), col(Request.state).in_(STATES[leg]))
        .order_by(col(Request.period_id), col(Request.id))
    )
    if leg is Leg.UNIT:
        found = session.execute(query.where(col(Request.unit_id).in_(unit_ids)))
        return [
            Debt(period, leg, unit, unit, indicator, number, due, RequestState(state))
            for period, unit, indicator, number, due, state in found
        ]
    led = {indicator: lead for indicator, lead in leads.items() if lead in unit_ids}
    found = session.execute(query.where(col(Target.indicator_id).in_(led)))
    return [
        Debt(period, leg, led[indicator], unit, indicator, number, known[period].lead_due or due, RequestState(state))
        for period, unit, indicator, number, due, state in found
    ]


def return_reasons(session: Session, request_ids: Sequence[int]) -> dict[int, str]:
    """Why requests were returned last, by request id."""
    if not request_ids:
        return {}
    returned = select(RequestEvent.request_id, RequestEvent.reason).where(
        col(RequestEvent.request_id).in_(request_ids), RequestEvent.act == RequestAct.RETURN
    )
    return {number: reason for number, reason in session.exec(returned.order_by(col(RequestEvent.id))) if reason}
