"""The collection page: how the newest rounds stand, who is to be chased, and what the units were put to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from diaodu.actions.burden import Week, burden, caps_of
from diaodu.actions.chase_list import Chased, chase_list
from diaodu.actions.chase_words import LEGS, contact, lateness, next_named
from diaodu.actions.directory import directory
from diaodu.actions.issuing import issuer_of, ladder_of
from diaodu.actions.rounds import RoundResponse, newest_rounds, responses
from diaodu.clock import office_day
from diaodu.rules.burden import Caps, monday
from diaodu.rules.reminder import NotALadder, Rung
from diaodu.rules.response import Response
from diaodu.storage.period import still_open
from diaodu.storage.scheme import SchemeNotInForce, schemes
from diaodu.storage.session import reading
from diaodu.web.page import page
from diaodu.web.site import Site, site_of
from models.period import Period
from models.scheme import Scheme
from models.scheme_version import SchemeVersion

router = APIRouter()
ADDRESS = "/collection"
STANDS = (
    # count, word, shape, and the class that gives it its colour
    ("reported", "已报", "■"),
    ("awaited", "待报", "○"),
    ("overdue", "逾期", "▲"),
    ("returned", "退回", "◆"),
    ("missing", "缺报", "✕"),
)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a round's bar, in hundredths of its length from `start`."""

    name: str
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader chose: a scheme's and a unit's code, only what is not in, and the Monday of a week."""

    scheme: str
    unit: str | None
    owed_only: bool
    week: date


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything on the page."""

    chosen: Filter
    schemes: list[str]
    units: list[tuple[str, str]]
    today: date
    rules: SchemeVersion
    rounds: list[RoundResponse]
    chased: list[Chased]
    burden: list[Week]
    caps: Caps


def look(session: Session, site: Site, scheme: Scheme, known: Sequence[Scheme], asked: Filter) -> Seen:
    """How collection stands at this moment. Raises SchemeNotInForce."""
    now = site.now()
    today, scheme_id = office_day(now), scheme.id or 0
    issuer = issuer_of(session, site.settings, scheme_id, today, now)
    names = directory(session, scheme_id, today, now)
    newest = newest_rounds(session, scheme_id, today, now)
    dated = {period.id: period for period in (*newest, *still_open(session, scheme_id))}
    shown = sorted(dated.values(), key=_newest_first)
    caps = caps_of(issuer.scheme)
    unit = asked.unit
    chased = chase_list(session, issuer, names, _ladder(issuer.scheme), named=unit is not None, unit=unit)
    return Seen(
        chosen=asked,
        schemes=[one.code for one in known],
        units=[(names.codes[unit_id], version.name) for unit_id, version in names.units.items()],
        today=today,
        rules=issuer.scheme,
        rounds=[_only(one, asked) for one in responses(session, scheme_id, shown, names, today)],
        chased=chased,
        burden=[one for one in burden(session, scheme_id, names, caps, asked.week) if unit in {None, one.unit}],
        caps=caps,
    )


def _ladder(scheme: SchemeVersion) -> tuple[Rung, ...]:
    """The steps of reminding; none where nobody can read them, which every run says."""
    try:
        return ladder_of(scheme)
    except NotALadder:
        return ()


def _newest_first(period: Period) -> tuple[int, int]:
    return -period.as_of.toordinal(), period.id or 0


def _only(one: RoundResponse, asked: Filter) -> RoundResponse:
    rows = [row for row in one.units if asked.unit in {None, row.unit} and (row.count.owed or not asked.owed_only)]
    return RoundResponse(one.period, one.calendar, one.total, tuple(rows))


def stands(count: Response) -> list[tuple[str, str, str, int]]:
    """What there is any of: its name, word, shape and count."""
    return [(*one, number) for one in STANDS if (number := getattr(count, one[0]))]


def bar(count: Response) -> list[Segment]:
    """How a round's numbers stand, as lengths that add up to the whole."""
    found, start = [], 0
    for name, _word, _shape, share in stands(count):
        found.append(Segment(name, _hundredths(start, count.asked), _hundredths(share, count.asked)))
        start += share
    return found


def _hundredths(part: int, whole: int) -> str:
    """A share of the whole in hundredths, as a drawing wants it."""
    thousandths = part * 100_000 // whole
    return f"{thousandths // 1000}.{thousandths % 1000:03}"


@router.get(ADDRESS, response_class=HTMLResponse)
def show(request: Request, scheme: str = "", unit: str = "", owed: str = "", week: str = "") -> HTMLResponse:
    """The page. What is asked for and does not exist is left out of the choice, not an error."""
    site = site_of(request)
    with reading(site.engine) as session:
        known = schemes(session)
        chosen = next((one for one in known if one.code == scheme), known[-1] if known else None)
        if chosen is None:
            return page("web/collection.html", seen=None, why="尚未导入考核方案。")
        asked = Filter(chosen.code, unit or None, bool(owed), _week(week, office_day(site.now())))
        try:
            seen = look(session, site, chosen, known, asked)
        except SchemeNotInForce:
            return page("web/collection.html", seen=None, why="考核方案尚未生效。")
    return page("web/collection.html", seen=seen, why=None, **WORDS)


def _week(text: str, today: date) -> date:
    try:
        return monday(date.fromisoformat(text))
    except ValueError:
        return monday(today)


WORDS = {
    "stands": stands,
    "bar": bar,
    "legs": LEGS,
    "contact": contact,
    "lateness": lateness,
    "next_named": next_named,
    "a_week": WEEK,
    "same_day": office_day,
}
"""What the template says things with."""
