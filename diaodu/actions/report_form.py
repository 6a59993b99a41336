"""A unit's form for one day: what it still owes, with target, last value and plan beside the cells to fill."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from sqlmodel import Session

from diaodu.actions.names import Names
from diaodu.clock import office_day
from diaodu.language import _
from diaodu.rules.indicator import Kind
from diaodu.rules.measures import exact
from diaodu.rules.quantity import MICRO
from diaodu.rules.request import UNANSWERED, RequestState
from diaodu.rules.standing import Standing, of_row
from diaodu.rules.workday import Workdays
from diaodu.sources.form import Form
from diaodu.sources.form_item import Item
from diaodu.sources.form_mark import FormMark
from diaodu.storage.collection import asked_of
from diaodu.storage.holiday import workdays
from diaodu.storage.indicator import definitions_in_force, indicator_ids
from diaodu.storage.milestone import milestones_in_force
from diaodu.storage.owing import return_reasons
from diaodu.storage.period import periods_of
from diaodu.storage.request import requests_in
from diaodu.storage.scheme import scheme_in_force, schemes
from diaodu.storage.standing import standings
from diaodu.storage.unit import unit_ids, units_in_force
from models.definition import Definition
from models.milestone import Milestone
from models.period import Period
from models.request import Request


class UnknownUnit(LookupError):
    """Nobody is meant by this word; the message says who may be."""


@dataclass(frozen=True, slots=True)
class _Round:
    """What the rounds of one day ask for: requests still unanswered by target id; None where there is no round."""

    owed: Mapping[int, Request] | None
    provisional: bool
    reasons: Mapping[int, str]


def unit_meant(session: Session, scheme_id: int, word: str, as_of: date, known_at: datetime) -> str:
    """The code of the unit meant by a code or a name; raises UnknownUnit."""
    codes = {number: code for code, number in unit_ids(session, scheme_id).items()}
    units = units_in_force(session, scheme_id, as_of, known_at)
    names = Names(_("单位"), [(codes[unit.unit_id], unit.name) for unit in units])
    code = names.find(word)
    if code is None:
        raise UnknownUnit(names.hint(word))
    return code


def unit_forms(
    session: Session, scheme_id: int, as_of: date, known_at: datetime, unit: str | None = None
) -> Iterator[Form]:
    """The form of every unit that owes anything for the day, or of one unit by its code, in the plan's order.

    Where no round asks for the day, every target is asked that no source supplies. Raises SchemeNotInForce.
    """
    scheme = scheme_in_force(session, scheme_id, as_of, known_at)
    code = next(one.code for one in schemes(session) if one.id == scheme_id)
    asked = _round(session, periods_of(session, scheme_id, as_of))
    found = _asked(session, scheme_id, as_of, known_at, asked, unit)
    write = _Items(session, scheme_id, as_of, known_at, asked)
    for _unit, rows in found.group_by("unit", maintain_order=True):
        stood = [of_row(row) for row in rows.iter_rows(named=True)]
        name = stood[0].unit_name
        items = [write.item(standing) for standing in stood]
        asked_for = tuple((item.indicator, item.measure_unit) for item in items)
        mark = FormMark(code, stood[0].unit, as_of, known_at.isoformat(timespec="seconds"), asked_for)
        dues = Counter(asked.owed[standing.target_id].due for standing in stood) if asked.owed is not None else {}
        title = _("{year}年{month}月{day}日进展填报表 · {unit}").format(
            year=as_of.year, month=as_of.month, day=as_of.day, unit=name
        )
        yield Form(mark, title, name, scheme.issuer, items, dues, asked.provisional)


def _round(session: Session, periods: Sequence[Period]) -> _Round:
    if not periods:
        return _Round(None, False, {})
    owed = {r.target_id: r for period in periods for r in requests_in(session, period.id or 0, UNANSWERED)}
    returned = [r.id or 0 for r in owed.values() if r.state is RequestState.RETURNED]
    return _Round(owed, any(period.provisional for period in periods), return_reasons(session, returned))


def _asked(
    session: Session, scheme_id: int, as_of: date, known_at: datetime, asked: _Round, unit: str | None
) -> pl.DataFrame:
    """The standings of what is asked, unit by unit."""
    calendars = asked_of(session, scheme_id, as_of, known_at)
    found = standings(session, scheme_id, as_of, known_at, office_day(known_at), calendars)
    free = pl.col("target").is_not_null() & pl.col("supplied_by").is_null()
    chosen = free if asked.owed is None else pl.col("target_id").is_in(list(asked.owed))
    if unit is not None:
        chosen = chosen & (pl.col("unit") == unit)
    order = [code for code, _id in sorted(unit_ids(session, scheme_id).items(), key=lambda one: one[1])]
    return found.filter(chosen).sort(pl.col("unit").cast(pl.Enum(order)), maintain_order=True)


class _Items:
    """Puts beside each standing what its indicator and its round say."""

    def __init__(self, session: Session, scheme_id: int, as_of: date, known_at: datetime, asked: _Round) -> None:
        ids = {number: code for code, number in indicator_ids(session, scheme_id).items()}
        definitions = definitions_in_force(session, scheme_id, as_of, known_at)
        self.definitions: dict[str, Definition] = {ids[d.indicator_id]: d for d in definitions}
        steps = any(d.kind is Kind.DELIVERABLE for d in definitions)
        self.milestones = milestones_in_force(session, scheme_id, known_at) if steps else {}
        self.workdays: Workdays = workdays(session)
        self.asked = asked

    def item(self, standing: Standing) -> Item:
        definition = self.definitions[standing.indicator]
        planned = exact(standing, "planned", self.workdays)
        request = (self.asked.owed or {}).get(standing.target_id)
        steps = self.milestones.get(standing.target_id, []) if standing.kind is Kind.DELIVERABLE else []
        return Item(
            standing.indicator,
            standing.indicator_name,
            standing.kind,
            standing.measure_unit,
            standing.decimals,
            standing.target,
            standing.upper,
            standing.actual,
            None if planned is None else planned / MICRO,
            definition.definition,
            definition.lowest,
            definition.highest,
            definition.evidence_required,
            tuple(map(_step, steps)),
            self.asked.reasons.get(request.id or 0) if request else None,
        )


def _step(milestone: Milestone) -> str:
    return f"{milestone.name}（{milestone.due.month}月{milestone.due.day}日）"
