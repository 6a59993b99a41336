"""调整报送事项: what open rounds ask follows the plan and the sources, which may change meanwhile."""

from collections import defaultdict
from datetime import datetime

from sqlmodel import Session

from diaodu.rules.request import RequestAct
from diaodu.storage import asking
from diaodu.storage.request import Mark, move
from diaodu.storage.source import suppliers
from models.period import Period
from models.request import Request

CLOCK = "系统"
"""Who asks, reminds and closes when nobody does."""


def amend(session: Session, period: Period, at: datetime, on_calendar: bool) -> None:
    """Withdraw what is no longer due, spare what a source supplies by now, and ask for what nobody gives after all.

    `on_calendar`: the round belongs to a calendar in force, and is no extra one.
    """
    gone = asking.no_longer_due(session, period, at, on_calendar)
    move(session, gone, RequestAct.WITHDRAW, Mark(CLOCK, at, reason="该目标本期不再需要报送"))
    supplied = suppliers(session, period.scheme_id, at)
    given: dict[int, list[Request]] = defaultdict(list)
    for indicator_id, request in asking.supplied_meanwhile(session, period, supplied, at):
        given[indicator_id].append(request)
    for indicator_id, requests in given.items():
        move(session, requests, RequestAct.SPARE, Mark(CLOCK, at, reason=supplied_by(supplied[indicator_id])))
    again = asking.spared_in_vain(session, period, supplied, at)
    for request in again:
        request.asked_at = at
    move(session, again, RequestAct.ASK, Mark(CLOCK, at, reason="原供数来源已不再提供"))


def supplied_by(source: str) -> str:
    """Why a number is not asked for that a source gives."""
    return f"由数据源“{source}”供数"
