"""改由单位报: what a source was to supply and did not is asked of the units after all, with days to answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from diaodu.actions.amending import supplied_by
from diaodu.clock import office_day
from diaodu.rules.access import Role
from diaodu.rules.request import RequestAct
from diaodu.storage import audit
from diaodu.storage.holiday import workdays
from diaodu.storage.request import Mark, move
from diaodu.storage.supply import undelivered
from models.period import Period
from models.request import Request
from models.source import Source

NOTICE = 3
"""Working days a unit has at least, once it is asked."""


@dataclass(frozen=True, slots=True)
class Handover:
    """How many numbers units are asked for in a round, and by when the last of them is due."""

    as_of: date
    asked: int
    due: date


def ask_units(
    session: Session,
    source: Source,
    actor: str,
    reason: str,
    at: datetime,
    as_of: date | None = None,
    indicator_ids: Collection[int] | None = None,
) -> list[Handover]:
    """Ask for what a source owes in open rounds, or in those about one day, or of some indicators only.

    A unit has its round's deadline or `NOTICE` working days, whichever is later.
    """
    earliest = workdays(session).after(office_day(at), NOTICE)
    owed = undelivered(session, source.id or 0, supplied_by(source.name), at, indicator_ids)
    rounds: dict[int, tuple[Period, list[Request]]] = {}
    for period, request in owed:
        if as_of is None or period.as_of == as_of:
            rounds.setdefault(period.id or 0, (period, []))[1].append(request)
    handed = []
    for period, requests in rounds.values():
        for request in requests:
            request.due, request.asked_at = max(request.due, earliest), at
        move(session, requests, RequestAct.ASK, Mark(actor, at, Role.OFFICE, reason))
        handed.append(Handover(period.as_of, len(requests), max(request.due for request in requests)))
    if handed:
        detail = {"reason": reason, "asked": {str(one.as_of): one.asked for one in handed}}
        audit.record(session, actor, "source.ask_units", f"{source.scheme_id} {source.name}", detail, at)
    return handed
