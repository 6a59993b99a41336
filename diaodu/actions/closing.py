"""关闭期次: what has not come when all that was promised has had its day is missing, and nobody is reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from diaodu.actions.amending import CLOCK
from diaodu.clock import office_day
from diaodu.rules.period import closing_day
from diaodu.rules.reminder import Rung, base, last_single
from diaodu.rules.request import OWED, RequestAct
from diaodu.rules.workday import Workdays
from diaodu.storage import holiday
from diaodu.storage.period import still_open
from diaodu.storage.request import Mark, latest_dues, move, requests_in, returned_late
from models.period import Period


@dataclass(frozen=True, slots=True)
class Closed:
    """A round that is over, and how many of its numbers are missing."""

    period: Period
    missing: int


def close_periods(session: Session, scheme_id: int, ladder: Sequence[Rung], today: date, at: datetime) -> list[Closed]:
    """Close every round whose day has come. Numbers that come later are taken, as late ones."""
    workdays, dues = holiday.workdays(session), latest_dues(session, scheme_id)
    over = [
        period
        for period in still_open(session, scheme_id)
        if today >= closes_on(period, dues.get(period.id or 0, period.unit_due), ladder, workdays)
    ]
    closed = [Closed(period, _close(session, period, at)) for period in over]
    _give_up(session, scheme_id, workdays.after(today, -1 - last_single(ladder)), at)
    return closed


def closes_on(period: Period, latest_due: date, ladder: Sequence[Rung], workdays: Workdays) -> date:
    """The working day on which a round closes; `latest_due` is the last day any unit owes its numbers by."""
    closes = max(filter(None, (period.unit_due, period.lead_due, period.office_due, latest_due)))
    begins = base(latest_due, office_day(period.opened_at))
    return closing_day(closes, begins, last_single(ladder), workdays)


def _close(session: Session, period: Period, at: datetime) -> int:
    period.closed_at = at
    session.add(period)
    missing = requests_in(session, period.id or 0, OWED)
    move(session, missing, RequestAct.CLOSE, Mark(CLOCK, at, reason="期次关闭时仍未报送"))
    return len(missing)


def _give_up(session: Session, scheme_id: int, before: date, at: datetime) -> None:
    """Numbers returned after their round had closed, and not mended in the time a ladder gives, are missing too."""
    stale = [r for r, returned_at in returned_late(session, scheme_id) if office_day(returned_at) <= before]
    if stale:
        move(session, stale, RequestAct.CLOSE, Mark(CLOCK, at, reason="期次关闭后退回，逾期未重报"))
