"""时限链: 单位18日→牵头单位20日→考核办25日, one deadline a leg, none before the one it follows."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from diaodu.rules.cadence import NotADeadline, RestDay, is_deadline, moved, named_day
from diaodu.rules.workday import ONE_DAY, Workdays

UNIT, LEAD, OFFICE = "unit", "lead", "office"
IN_TURN = {1: (UNIT,), 2: (UNIT, OFFICE), 3: (UNIT, LEAD, OFFICE)}
"""Whom the legs bind that do not say so."""
_ARROW = re.compile(r"\s*(?:→|⇒|-+>|=+>)\s*")
_SAYS = {
    UNIT: re.compile(r"(?:责任)?单位|units?\b", re.IGNORECASE),
    LEAD: re.compile(r"牵头(?:单位|部门)?|lead(?: units?)?\b", re.IGNORECASE),
    OFFICE: re.compile(r"考核办|office\b", re.IGNORECASE),
}
_BARE_DAY = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]前?")
_LATER = re.compile(r"(?:再|\+ ?)([0-9]{1,3}) ?(?:个?工作日内?|workdays?)")
_ONCE = re.compile(r"期后|[0-9]+ (?:work)?days?|same|当日")


@dataclass(frozen=True, slots=True)
class Link:
    """One leg: whom it binds, and its deadline expression (for a later leg also 再2个工作日, "+2 workdays")."""

    who: str
    text: str


@lru_cache(maxsize=256)
def chain(expression: str) -> tuple[Link, ...]:
    """The legs of a chain; an expression without an arrow is a chain of one. 18日 alone is 每月18日.

    Raises NotADeadline.
    """
    parts = [_taken_apart(part) for part in _ARROW.split(expression.strip())]
    if len(parts) > len(IN_TURN):
        raise NotADeadline(expression)
    links = tuple(Link(said or who, text) for (said, text), who in zip(parts, IN_TURN[len(parts)], strict=True))
    order = [IN_TURN[3].index(link.who) for link in links]
    if order[0] != 0 or any(after <= before for before, after in pairwise(order)):
        raise NotADeadline(expression)
    for place, link in enumerate(links):
        if not (is_deadline(link.text) or (place and _LATER.fullmatch(link.text))):
            raise NotADeadline(expression)
    return links


def is_chain(expression: str) -> bool:
    """Whether `chain` understands it."""
    try:
        chain(expression)
    except NotADeadline:
        return False
    return True


def deadlines(expression: str, period_end: date, workdays: Workdays, rest_day: RestDay) -> dict[str, date]:
    """By when each is done, in order. A later leg names the first such day that is not before the leg it follows.

    Raises NotADeadline.
    """
    found: dict[str, date] = {}
    named = real = None
    for link in chain(expression):
        later = _LATER.fullmatch(link.text)
        if later and real is not None:
            named = workdays.after(real, int(later[1]))
        else:
            named = _named(link.text, period_end, named, workdays)
        day = moved(named, workdays, rest_day)
        real = day if real is None else max(day, real)
        found[link.who] = real
    return found


def _taken_apart(part: str) -> tuple[str | None, str]:
    """Whom a leg names, if anybody, and what is left of it."""
    text = " ".join(part.split())
    for who, says in _SAYS.items():
        if match := says.match(text):
            return who, _spelled_out(text[match.end() :].lstrip(" :：于在"))
    return None, _spelled_out(text)


def _spelled_out(text: str) -> str:
    bare = _BARE_DAY.fullmatch(text)
    return f"每月{bare[1]}日" if bare else text


def _named(text: str, period_end: date, before: date | None, workdays: Workdays) -> date:
    """The day a leg names; of what comes again every month or week, the first not before the leg it follows."""
    day = named_day(text, period_end, workdays)
    if before is not None and day < before and not _ONCE.match(text):
        return named_day(text, before - ONE_DAY, workdays)
    return day
