"""What is known of the numbers somebody wants, before it is decided whether they may be asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from diaodu.actions.asking_words import Why
from diaodu.actions.directory import Directory
from diaodu.actions.names import Names
from diaodu.actions.notice import Issuer
from diaodu.actions.reminding import calendars
from diaodu.language import _
from diaodu.rules.asking import Limits, Number, Wish
from diaodu.storage import asking as store
from diaodu.storage.indicator import definitions_in_force, indicator_ids
from diaodu.storage.period import periods
from diaodu.storage.source import suppliers


class Unknown(LookupError):
    """Names of indicators or units that mean nobody; the message names them all, with what may have been meant."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for: codes or names; no units: every assessed unit that has the indicator."""

    indicators: Sequence[str]
    units: Sequence[str]
    as_of: date
    due: date | None
    reason: str


def survey(session: Session, issuer: Issuer, names: Directory, wanted: Wanted, wish: Wish) -> list[Number]:
    """Every number wanted, with what is known of it, in the plan's order or as named. Raises Unknown."""
    indicators, units = _found(session, issuer, names, wanted)
    scheme_id, as_of = issuer.scheme_id, wanted.as_of
    found = {
        (one.indicator_id, one.unit_id): one
        for one in store.candidates(session, scheme_id, indicators, as_of, issuer.at)
        if one.is_assessed or one.unit_id in units
    }
    known, supplied = store.known(session, scheme_id, as_of, issuer.at), suppliers(session, scheme_id, issuer.at)
    owed = store.owed(session, scheme_id, as_of, {one.target_id for one in found.values()})
    calendar_of = calendars(session, scheme_id, issuer.workdays)

    def number(indicator_id: int, unit_id: int) -> Number:
        target = found.get((indicator_id, unit_id))
        lead = calendar_of(unit_id).between(wish.today, wish.due)
        if target is None:
            return Number(indicator_id, unit_id, None, wish.due, lead)
        there = target.target_id
        about = (known.get(there), supplied.get(indicator_id), owed.get(there))
        return Number(indicator_id, unit_id, there, wish.due, lead, target.fields, *about)

    pairs = [(i, u) for i in indicators for u in units] if units else list(found)
    return [number(*pair) for pair in dict.fromkeys(pairs)]


def _found(session: Session, issuer: Issuer, names: Directory, wanted: Wanted) -> tuple[list[int], list[int]]:
    """Ids of the indicators and units named. Raises Unknown with everything that means nobody."""
    codes = indicator_ids(session, issuer.scheme_id)
    by_code = {code: unit_id for unit_id, code in names.codes.items()}
    known = Names(_("指标"), [(code, names.indicator(n)) for code, n in codes.items()])
    people = Names(_("单位"), [(code, names.unit(n)) for code, n in by_code.items()])
    wrong = [
        f"{word}：{book.hint(word)}"
        for book, words in ((known, wanted.indicators), (people, wanted.units))
        for word in words
        if book.find(word) is None
    ]
    if wrong:
        raise Unknown("\n".join(wrong))
    indicators = [codes[code] for word in wanted.indicators if (code := known.find(word))]
    return indicators, [by_code[code] for word in wanted.units if (code := people.find(word))]


def grounds(session: Session, issuer: Issuer, names: Directory, limits: Limits, as_of: date) -> Why:
    """What it takes to say why a number is not asked for."""
    definitions = definitions_in_force(session, issuer.scheme_id, as_of, issuer.at)
    rounds = {
        period.id or 0: _("{calendar}（截至{day}）").format(
            calendar=names.calendar(period) or issuer.scheme.name, day=period.as_of
        )
        for period in periods(session, issuer.scheme_id)
    }
    return Why(names, limits, {one.indicator_id: one.measure_unit for one in definitions}, rounds)
