"""开启期次: rounds begin by themselves, and ask every unit for what it owes and nobody else can give."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlmodel import Session

from diaodu.actions.amending import CLOCK, amend, supplied_by
from diaodu.rules.collection import Rhythm, Round, rounds
from diaodu.rules.period import still_to_come, to_open
from diaodu.rules.request import RequestAct
from diaodu.rules.workday import Workdays
from diaodu.storage import asking, holiday
from diaodu.storage import period as store
from diaodu.storage.collection import collections_begun, rhythms
from diaodu.storage.plan import lock
from diaodu.storage.request import Fresh, Mark, create
from diaodu.storage.source import suppliers
from models.period import Period

Due = Callable[[int], date]
"""By when a unit, by its id, owes its numbers."""


def open_periods(session: Session, scheme_id: int, as_of: date, today: date, at: datetime, since: date) -> list[Period]:
    """Open every round that has begun and ask for what is due in it, with the knowledge of `at`; the new ones.

    Rounds that are open already follow a plan that changed: what is due since is asked for, what is not is withdrawn.
    `since`: see `rules.period.to_open`.
    """
    lock(session, scheme_id)
    calendar, known = holiday.workdays(session), store.opened(session, scheme_id)
    found = rhythms(session, scheme_id, as_of, at)
    begun = collections_begun(session, scheme_id, as_of, at)
    made = [
        store.add(session, _period(scheme_id, collection_id, one, at))
        for collection_id, rhythm in found.items()
        for one in to_open(still_to_come(rounds(rhythm, calendar), begun.get(collection_id)), as_of, today, since)
        if (collection_id, one.as_of) not in known
    ]
    own = asking.units_with_own_days(session, scheme_id)
    calendars = {unit_id: holiday.workdays(session, unit_id) for unit_id in own}
    for period in store.still_open(session, scheme_id):
        amend(session, period, at, period.collection_id in found)
        wanted = asking.wanted(session, period, at)
        if wanted:
            _ask(session, period, wanted, _dues(period, found.get(period.collection_id), calendars), at)
    return made


def _period(scheme_id: int, collection_id: int | None, one: Round, at: datetime) -> Period:
    return Period(
        scheme_id=scheme_id,
        collection_id=collection_id,
        as_of=one.as_of,
        opens=one.opens,
        unit_due=one.unit_due,
        lead_due=one.lead_due,
        office_due=one.office_due,
        provisional=one.provisional,
        opened_at=at,
    )


def _dues(period: Period, rhythm: Rhythm | None, calendars: dict[int, Workdays]) -> Due:
    """The round's deadline for units, or what it is on the calendar of a unit that has its own."""
    found = {unit: _same_day(rhythm, own, period.as_of) for unit, own in calendars.items()} if rhythm else {}
    own = {unit: one.unit_due for unit, one in found.items() if one is not None}
    return lambda unit_id: own.get(unit_id, period.unit_due)


def _same_day(rhythm: Rhythm, calendar: Workdays, as_of: date) -> Round | None:
    return next((one for one in rounds(rhythm, calendar) if one.as_of == as_of), None)


def _ask(session: Session, period: Period, wanted: Sequence[asking.Wanted], due: Due, at: datetime) -> None:
    assert period.id is not None
    supplied = suppliers(session, period.scheme_id, at)
    known = asking.known(session, period.scheme_id, period.as_of, at)
    elsewhere = asking.owed_elsewhere(session, period)

    def fresh(one: asking.Wanted) -> Fresh:
        there = known.get(one.target_id)
        origin = there.origin if there else None
        why = _spared(supplied.get(one.indicator_id), origin, one.target_id in elsewhere)
        act = RequestAct.SPARE if why else RequestAct.ASK
        return Fresh(one.target_id, one.unit_id, due(one.unit_id), one.fields, act, why)

    create(session, period.id, [fresh(one) for one in wanted], Mark(CLOCK, at))


def _spared(source: str | None, origin: str | None, elsewhere: bool) -> str | None:
    """Why a number is not asked for; None where it is."""
    if origin is not None:
        return f"已有该日数据：{origin}"
    if source is not None:
        return supplied_by(source)
    return "该日数据已另行布置" if elsewhere else None
