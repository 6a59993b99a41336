"""What was asked of every unit, and what its people were sent: the rows behind the burden meter."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from diaodu.clock import office_day
from diaodu.rules.burden import Count
from diaodu.rules.request import RequestAct
from diaodu.rules.routing import DeliveryState
from models.delivery import Delivery
from models.notice import Notice
from models.period import Period
from models.person import Person
from models.request import Request
from models.request_event import RequestEvent
from models.unit import Unit

TOLD_THERE = "inbox"
"""The channel whose addresses are units' codes: what reaches a unit that has named nobody."""


def put_to(session: Session, scheme_id: int, since: datetime, until: datetime) -> Iterator[tuple[int, date, Count]]:
    """Every (unit id, day, count) of what was asked and sent in [since, until)."""
    yield from _asked(session, scheme_id, since, until)
    yield from _told(session, scheme_id, since, until)


def _asked(session: Session, scheme_id: int, since: datetime, until: datetime) -> Iterator[tuple[int, date, Count]]:
    """What was spared is not asked; what was asked and withdrawn again was asked."""
    closed = col(Period.closed_at)
    rows = session.execute(
        sa.select(
            col(Request.unit_id), col(RequestEvent.recorded_at), sa.func.count(), sa.func.sum(col(Request.fields))
        )
        .join(Period, col(Period.id) == Request.period_id)
        .join(RequestEvent, col(RequestEvent.request_id) == Request.id)
        .where(
            col(Period.scheme_id) == scheme_id,
            col(Period.opened_at) < until,
            sa.or_(closed.is_(None), closed >= since),
            col(Request.asked_at) >= since,  # the last asking: of a year's requests few events are left to be read
            col(RequestEvent.act) == RequestAct.ASK,
            _within(col(RequestEvent.recorded_at), since, until),
        )
        .group_by(col(Request.unit_id), col(RequestEvent.recorded_at))
    )
    for unit_id, moment, requests, fields in rows:
        yield unit_id, office_day(moment), Count(requests=requests, fields=int(fields))


def _told(session: Session, scheme_id: int, since: datetime, until: datetime) -> Iterator[tuple[int, date, Count]]:
    """A message that could not be delivered burdens nobody; the one that stands in for it does."""
    unit_id = sa.func.coalesce(col(Person.unit_id), col(Notice.unit_id), col(Unit.id))
    addressed = sa.and_(
        col(Delivery.channel) == TOLD_THERE, col(Unit.code) == Delivery.address, col(Unit.scheme_id) == scheme_id
    )
    owner = sa.func.coalesce(col(Person.scheme_id), col(Notice.scheme_id), col(Unit.scheme_id))
    rows = session.execute(
        sa.select(unit_id, col(Delivery.key), col(Delivery.created_at))
        .select_from(Delivery)
        .outerjoin(Person, col(Person.id) == Delivery.person_id)
        .outerjoin(Notice, col(Notice.id) == Delivery.notice_id)
        .outerjoin(Unit, addressed)
        .where(
            _within(col(Delivery.created_at), since, until),
            col(Delivery.state) != DeliveryState.FAILED,
            unit_id.is_not(None),
            owner == scheme_id,
        )
        .order_by(col(Delivery.id))
    )
    heard: dict[tuple[int, str], tuple[date, int]] = defaultdict(lambda: (date.max, 0))
    for unit, key, moment in rows:
        first, people = heard[unit, key.split("/", 1)[0]]
        heard[unit, key.split("/", 1)[0]] = (min(first, office_day(moment)), people + 1)
    for (unit, _about), (day, people) in heard.items():
        yield unit, day, Count(messages=1, deliveries=people)


def _within(moment: Mapped[datetime], since: datetime, until: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(moment >= since, moment < until)


def messages(session: Session, scheme_id: int, since: datetime, until: datetime) -> dict[int | None, int]:
    """How many messages of every kind each unit's people were sent in [since, until)."""
    found: dict[int | None, int] = defaultdict(int)
    for unit_id, _day, count in _told(session, scheme_id, since, until):
        found[unit_id] += count.messages
    return found


def requests(session: Session, scheme_id: int, since: datetime, until: datetime) -> dict[int, Count]:
    """What each unit was asked for in [since, until), its messages left out."""
    found: dict[int, Count] = defaultdict(Count)
    for unit_id, _day, count in _asked(session, scheme_id, since, until):
        found[unit_id] += count
    return dict(found)
