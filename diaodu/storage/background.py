"""What a briefing tells beside the assessment: the briefing before it, blockers, changed definitions, open warnings."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from diaodu.clock import office_day
from diaodu.rules.warning import HAS_PLAN, Act, WarningState
from diaodu.storage.briefing import is_new, known_events
from diaodu.storage.in_force import is_in_force
from diaodu.storage.policy import policy_in_force
from diaodu.storage.subject import of_scheme
from models.briefing import Briefing
from models.definition import Definition
from models.indicator import Indicator
from models.lag_warning import LagWarning
from models.report import Report
from models.target import Target
from models.unit import Unit
from models.warning_event import WarningEvent

ANSWERS = frozenset({Act.ACKNOWLEDGE, Act.PLAN, Act.EVIDENCE})
"""What a unit does about a warning."""


@dataclass(frozen=True, slots=True)
class WarningPlace:
    """Where one warning stands by a moment's knowledge, since when, and the days that were set for it.

    `target_id` is None for a warning of a unit as a whole; `unit` is the code of whoever is warned.
    """

    target_id: int | None
    unit: str
    state: WarningState
    level: str
    since: date
    reply_due: date | None
    rectify_by: date | None
    postponed_until: date | None
    answered: bool  # since the period before, the unit did something about it
    rectify_due: date | None = None


@dataclass(frozen=True, slots=True)
class Background:
    """`previous`: the facts told of the period before, and from which knowledge (`told_at`); `blockers`: in the unit's
    words, by target id; `redefined`: codes of indicators whose definition changed since that period; `latest`: the
    facts told last of any earlier day, be it of another period; `rules_since`: from when other rules judge than the
    period before was judged by."""

    previous: str | None = None
    told_at: datetime | None = None
    blockers: Mapping[int, str] = field(default_factory=dict)
    redefined: frozenset[str] = frozenset()
    warnings: tuple[WarningPlace, ...] = ()
    latest: str | None = None
    rules_since: date | None = None


def background(
    session: Session,
    scheme_id: int,
    as_of: date,
    known_at: datetime,
    seen_at: datetime,
    previous_as_of: date | None,
) -> Background:
    """All of it as known at a moment; what was issued or judged after `seen_at` is not among it."""
    before = _told(session, scheme_id, known_at, seen_at, col(Briefing.as_of) == previous_as_of)
    latest = _told(session, scheme_id, known_at, seen_at, col(Briefing.as_of) < as_of)
    told_at = before.known_at if before else None
    events = [
        event
        for of_units in (False, True)
        for event in known_events(session, scheme_id, as_of, known_at, seen_at, of_units)
    ]
    answered = {e.warning_id for e in events if e.act in ANSWERS and is_new(e, as_of, previous_as_of, told_at)}
    return Background(
        before.facts if before else None,
        told_at,
        _blockers(session, scheme_id, as_of, known_at),
        _redefined(session, scheme_id, as_of, known_at, previous_as_of),
        _places(events, _subjects(session, scheme_id), answered),
        latest.facts if latest else None,
        _rules_since(session, scheme_id, as_of, known_at, previous_as_of, told_at),
    )


def _places(
    events: list[WarningEvent], subjects: Mapping[int, tuple[int | None, str]], answered: Collection[int]
) -> tuple[WarningPlace, ...]:
    """Where warnings stand after these events, which come in the order of their warnings and positions."""
    lives: defaultdict[int, list[WarningEvent]] = defaultdict(list)
    for event in events:
        lives[event.warning_id].append(event)
    return tuple(_place(life, *subjects[number], answered=number in answered) for number, life in lives.items())


def _place(life: list[WarningEvent], target_id: int | None, unit: str, answered: bool) -> WarningPlace:
    last = life[-1]
    promised = next((e.until for e in reversed(life) if e.act is Act.PLAN), None)
    return WarningPlace(
        target_id=target_id,
        unit=unit,
        state=last.to_state,
        level=last.to_level,
        since=office_day(_began(life).recorded_at),
        reply_due=last.reply_due,
        rectify_by=promised if last.to_state in HAS_PLAN else None,
        postponed_until=last.until if last.act is Act.POSTPONE else None,
        answered=answered,
        rectify_due=last.rectify_due,
    )


def _began(life: list[WarningEvent]) -> WarningEvent:
    """The event with which its present leg began: the last that led elsewhere, or set another deadline."""
    before = [None, *(event.reply_due for event in life)]
    pairs = list(zip(life, before, strict=False))
    return next((e for e, due in reversed(pairs) if e.from_state is not e.to_state or e.reply_due != due), life[0])


def _subjects(session: Session, scheme_id: int) -> dict[int, tuple[int | None, str]]:
    """Of every warning its target, None where a unit is warned as a whole, and the unit's code."""
    warned = sa_select(col(LagWarning.id), col(LagWarning.target_id), col(Unit.code)).select_from(LagWarning)
    found = session.execute(of_scheme(warned, LagWarning, scheme_id))
    return {number: (target_id, unit) for number, target_id, unit in found}


def _told(
    session: Session, scheme_id: int, known_at: datetime, seen_at: datetime, on_days: ColumnElement[bool]
) -> Briefing | None:
    """The last issue on the last of these days that was out by then."""
    query = (
        select(Briefing)
        .where(
            Briefing.scheme_id == scheme_id,
            on_days,
            Briefing.known_at <= known_at,
            col(Briefing.issued_at) <= seen_at,
        )
        .order_by(col(Briefing.as_of).desc(), col(Briefing.id).desc())
        .limit(1)
    )
    return session.exec(query).first()


def _blockers(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> dict[int, str]:
    found = session.exec(
        select(Report.target_id, Report.blocker)
        .join(Target, is_in_force(Report, col(Target.id), as_of, known_at))
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(Indicator.scheme_id == scheme_id, col(Report.blocker).is_not(None))
    )
    return {target_id: blocker for target_id, blocker in found if blocker and blocker.strip()}


def _rules_since(
    session: Session, scheme_id: int, as_of: date, known_at: datetime, since: date | None, told_at: datetime | None
) -> date | None:
    """The first day of the rules in force, where others judged the period before; None where there were none yet."""
    now = policy_in_force(session, scheme_id, as_of, known_at)
    before = policy_in_force(session, scheme_id, since, told_at or known_at) if since else None
    return now.effective_from if now and before and now.id != before.id else None


def _redefined(session: Session, scheme_id: int, as_of: date, known_at: datetime, since: date | None) -> frozenset[str]:
    if since is None:
        return frozenset()
    now, before = (_definitions(session, scheme_id, day, known_at) for day in (as_of, since))
    return frozenset(code for code, said in now.items() if code in before and said != before[code])


def _definitions(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> dict[str, tuple[object, ...]]:
    """What every indicator meant as of a day, by its code."""
    found = session.exec(
        select(Indicator.code, Definition)
        .join(Definition, is_in_force(Definition, col(Indicator.id), as_of, known_at))
        .where(Indicator.scheme_id == scheme_id)
    )
    return {code: (d.definition, d.kind, d.direction, d.roll_up, d.measure_unit) for code, d in found}
