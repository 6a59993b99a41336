"""期次情况: which rounds there are, and what every unit did in each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from diaodu.actions.directory import Directory
from diaodu.actions.reminding import calendars
from diaodu.rules.response import Response, response, total
from diaodu.storage import holiday
from diaodu.storage.collection import rhythms
from diaodu.storage.period import periods
from diaodu.storage.response import lines
from models.period import Period


@dataclass(frozen=True, slots=True)
class UnitResponse:
    """What one unit did in a round."""

    unit: str
    name: str
    count: Response


@dataclass(frozen=True, slots=True)
class RoundResponse:
    """A round, what it is called, what all units did in it, and each unit that was asked, in the plan's order."""

    period: Period
    calendar: str | None
    total: Response
    units: tuple[UnitResponse, ...]


def newest_rounds(session: Session, scheme_id: int, as_of: date, at: datetime) -> list[Period]:
    """The last round of every calendar in use about days up to `as_of`, and rounds outside them that are open.

    Raises SchemeNotInForce.
    """
    in_use = rhythms(session, scheme_id, as_of, at)
    newest: dict[int | None, Period] = {}
    for period in periods(session, scheme_id):
        if period.as_of <= as_of and (period.collection_id in in_use or period.closed_at is None):
            newest.setdefault(period.collection_id, period)
    return list(newest.values())


def responses(
    session: Session, scheme_id: int, chosen: Sequence[Period], names: Directory, today: date
) -> list[RoundResponse]:
    """What every unit did in these rounds, as it stands on a day."""
    calendar_of = calendars(session, scheme_id, holiday.workdays(session))
    found: dict[int, dict[int, Response]] = defaultdict(dict)
    for (period_id, unit_id), alike in lines(session, [period.id or 0 for period in chosen]).items():
        found[period_id][unit_id] = response(alike, today, calendar_of(unit_id))
    order = {unit_id: n for n, unit_id in enumerate(names.units)}
    return [_round(names, period, found[period.id or 0], order) for period in chosen]


def _round(names: Directory, period: Period, found: dict[int, Response], order: dict[int, int]) -> RoundResponse:
    ordered = sorted(found, key=lambda unit_id: order.get(unit_id, len(order)))
    units = tuple(UnitResponse(names.codes[unit], names.unit(unit), found[unit]) for unit in ordered)
    return RoundResponse(period, names.calendar(period), total(found.values()), units)
