"""How the numbers of rounds stand, counted in the database: lines alike, by round and unit."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, col

from diaodu.clock import office_day
from diaodu.rules.request import RequestState
from diaodu.rules.response import Line
from models.request import Request


def lines(session: Session, period_ids: Collection[int]) -> dict[tuple[int, int], list[Line]]:
    """What was asked in these rounds and how it stands, by (period id, unit id)."""
    alike = (col(Request.period_id), col(Request.unit_id), col(Request.state), col(Request.due))
    day = cache(office_day)
    rows = session.execute(
        sa.select(*alike, col(Request.submitted_at), sa.func.count())
        .where(col(Request.period_id).in_(period_ids))
        .group_by(*alike, col(Request.submitted_at))
    )
    days: dict[tuple[int, int], dict[tuple[RequestState, date, date | None], int]] = defaultdict(
        lambda: defaultdict(int)
    )
    for period_id, unit_id, state, due, submitted_at, count in rows:
        came = None if submitted_at is None else day(submitted_at)
        days[period_id, unit_id][RequestState(state), due, came] += count
    return {key: [Line(*line, count) for line, count in found.items()] for key, found in days.items()}
