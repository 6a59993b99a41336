"""未办结预警: every open warning as known at a moment: whose move it is, until when, and how late that is."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from diaodu.actions.directory import Directory, directory
from diaodu.clock import office_day
from diaodu.rules.duty import STANDARD, Terms
from diaodu.rules.level import Level
from diaodu.rules.notice import WHOLE_UNIT
from diaodu.rules.policy import read_policy
from diaodu.rules.warning import WarningState
from diaodu.rules.warning_leg import OFFICE_LEGS, Waiting, waiting
from diaodu.rules.workday import Workdays
from diaodu.storage.holiday import workdays
from diaodu.storage.policy import policies
from diaodu.storage.warning_known import Stood, judged, open_at


@dataclass(frozen=True, slots=True)
class OpenWarning:
    """An open warning with names. `answers` is the unit that answers for it, None where the office has the move.

    `waits` is None where nobody owes anything now; `late` are the working days since its deadline.
    """

    stood: Stood
    unit: str
    unit_name: str
    indicator_name: str
    level_name: str
    held_name: str | None
    answers: str | None
    waits: Waiting | None
    late: int
    is_overdue: bool
    provisional: bool


def opened(session: Session, scheme_id: int, known_at: datetime, number: int | None = None) -> list[OpenWarning]:
    """The longest overdue first, then by deadline; what waits for nobody comes last. Or only one, by its number."""
    calendar, today = workdays(session), office_day(known_at)
    names, known = directory(session, scheme_id, today, known_at), levels_known(session, scheme_id, known_at)
    levels = {key: level.name for key, level in known.items()}
    found = []
    for stood in open_at(session, scheme_id, known_at, number):
        rule = stood.rule, stood.indicator_id is None
        level = known.get((*rule, stood.level))
        waits = waits_for(stood, calendar, level.duty.terms if level else STANDARD)
        answering = names.unit(stood.owner_unit_id or stood.unit_id)
        found.append(
            OpenWarning(
                stood=stood,
                unit=names.codes[stood.unit_id],
                unit_name=names.unit(stood.unit_id),
                indicator_name=matter(names, stood),
                level_name=levels.get((*rule, stood.level), stood.level),
                held_name=levels.get((*rule, stood.held_level), stood.held_level) if stood.held_level else None,
                answers=None if waits is None or waits.leg in OFFICE_LEGS else answering,
                waits=waits,
                late=max(calendar.between(waits.due, today), 0) if waits else 0,
                is_overdue=waits is not None and waits.due < today,
                provisional=waits is not None and calendar.is_provisional(waits.due),
            )
        )
    return sorted(found, key=_order)


def waits_for(stood: Stood, calendar: Workdays, terms: Terms) -> Waiting | None:
    """What a warning waited for at its moment, in the terms of its level."""
    days = (stood.reply_due, stood.rectify_by, stood.postponed_until)
    return waiting(stood.state, office_day(stood.since), *days, calendar, terms, stood.rectify_due)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A warning that awaits the office's decision, and the judgement behind it."""

    open: OpenWarning
    words: str | None


def proposals(session: Session, scheme_id: int, known_at: datetime, on: date, postponed: bool) -> list[Proposal]:
    """What awaited a decision at a moment, the first to be decided first; `postponed`: also what is put off past `on`.

    What was put off comes back when data grow worse, or its day has come.
    """
    listed = [one for one in opened(session, scheme_id, known_at) if one.stood.state is WarningState.PROPOSED]
    chosen = [one for one in listed if postponed or (one.stood.postponed_until or on) <= on]
    words = judged(session, [one.stood for one in chosen], known_at)
    return [Proposal(one, words.get(one.stood.subject)) for one in chosen]


def matter(names: Directory, stood: Stood) -> str:
    """What is warned of: an indicator, or the unit as a whole."""
    return WHOLE_UNIT if stood.indicator_id is None else names.indicator(stood.indicator_id)


def level_names(session: Session, scheme_id: int, known_at: datetime) -> dict[tuple[str, bool, str], str]:
    """Names of levels, as `levels_known` has them."""
    return {key: level.name for key, level in levels_known(session, scheme_id, known_at).items()}


def levels_known(session: Session, scheme_id: int, known_at: datetime) -> dict[tuple[str, bool, str], Level]:
    """Levels by rule, whether they are for units, and code, as the newest revision known by then has them."""
    oldest_first = reversed(policies(session, scheme_id, known_at))
    rules = [read_policy(version.document, version.code) for version in oldest_first]
    return {
        (rule.code, for_units, level.code): level
        for rule in rules
        for for_units, levels in ((False, rule.levels), (True, rule.unit_levels))
        for level in levels
    }


def _order(one: OpenWarning) -> tuple[bool, date, int, int]:
    due = one.waits.due if one.waits else date.max
    return not one.is_overdue, due, -one.stood.severity, one.stood.id
