"""What people do to the working-day calendar: a day set, a unit's own day made or taken back, years filled in.

Each is one transaction: the days, what they do to open rounds, the messages about it, and the audit row.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from diaodu.actions.directory import Directory, directory
from diaodu.actions.rescheduling import Calendars, Change, Editor, calendars, reschedule
from diaodu.actions.rescheduling_notice import tell_units
from diaodu.actions.warning_rescheduled import warning_lines
from diaodu.clock import office_day
from diaodu.rules import phrase
from diaodu.rules.rescheduling import Rescheduled
from diaodu.storage import audit, holiday
from diaodu.storage.plan import lock
from diaodu.storage.scheme import schemes
from models.closure import Closure
from models.holiday import Holiday

REST = {True: "班", False: "休"}
"""How a day is written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How a change stands in the audit, and why, in words units read."""

    action: str
    subject: str
    why: str
    detail: dict[str, Any] = field(default_factory=dict)
    own: Mapping[int, str] = field(default_factory=dict)
    """Why, for units by id that are told in words of their own."""

    def told(self, unit_id: int | None) -> str:
        """What a unit is told, or, where there is none, the office."""
        return self.why if unit_id is None else self.own.get(unit_id, self.why)


@dataclass(frozen=True, slots=True)
class Listed:
    """One deadline as the person who changed the days sees it. `calendar` None: the scheme's own; `unit`: its own."""

    scheme: str
    calendar: str | None
    as_of: date
    who: str
    unit: str | None
    what: Rescheduled


@dataclass(frozen=True, slots=True)
class Carried:
    """What a change did: the rounds' deadlines, and how many units are told. `changed` False: it said nothing new.

    `warnings` says in a sentence each which deadlines of warnings moved.
    """

    changed: bool = True
    listed: tuple[Listed, ...] = ()
    told: int = 0
    warnings: tuple[str, ...] = ()


Before = Mapping[str, tuple[int, Calendars]]
"""Every scheme's id and working days, by its code, before they are altered."""


def carry_out(session: Session, editor: Editor, entry: Entry, alter: Callable[[], object]) -> Carried:
    """Alter the days, and carry that through to every open round of every scheme."""
    before = as_they_stand(session)
    alter()
    return carry_through(session, editor, entry, before)


def as_they_stand(session: Session) -> Before:
    """The working days of every scheme, which nobody else can alter from here on."""
    found = {scheme.code: scheme.id or 0 for scheme in schemes(session)}
    for number in found.values():
        lock(session, number)
    return {code: (number, calendars(session, number)) for code, number in found.items()}


def carry_through(session: Session, editor: Editor, entry: Entry, before: Before) -> Carried:
    """Let every open round of these schemes follow days that were altered; tell the units, and put it on record."""
    listed: list[Listed] = []
    warnings: list[str] = []
    facts: dict[str, list[dict[str, Any]]] = {}
    told = 0
    for code, (number, stood) in before.items():
        moves = reschedule(session, number, stood, editor.at)
        if moves.changes or moves.requests or moves.warnings:
            names = directory(session, number, office_day(editor.at), editor.at)
            listed += [_listed(code, names, change) for change in moves.changes]
            warnings += [words for _, words in warning_lines(names, moves.warnings, office_day(editor.at))]
            facts[code] = moves.facts
            told += tell_units(session, number, names, moves, editor, entry.told)
    detail = entry.detail | {"rescheduled": facts, "told": told}
    audit.record(session, editor.actor, entry.action, entry.subject, detail, editor.at)
    return Carried(listed=tuple(listed), told=told, warnings=tuple(warnings))


def _listed(code: str, names: Directory, change: Change) -> Listed:
    unit = None if change.unit_id is None else names.unit(change.unit_id)
    return Listed(code, names.calendar(change.period), change.period.as_of, change.who, unit, change.what)


def set_day(session: Session, editor: Editor, day: date, workday: bool, name: str) -> Carried:
    """Make one day a working day or a day off for everybody, whatever was said of it before."""
    known = holiday.day_named(session, day)
    if known is not None and (known.workday, known.name, known.provisional) == (workday, name, False):
        return Carried(changed=False)

    def alter() -> None:
        holiday.seed(session, [day.year] if not holiday.days_of(session, day.year) else [])
        by_hand = f"{holiday.BY_HAND}{editor.actor}"
        holiday.put(session, [Holiday(day=day, workday=workday, name=name, provisional=False, origin=by_hand)])

    why = day_made(day, workday, name, editor)
    before = None if known is None else {"workday": known.workday, "name": known.name, "origin": known.origin}
    detail = {"workday": workday, "name": name, "before": before}
    return carry_out(session, editor, Entry("calendar.set", day.isoformat(), why, detail), alter)


def set_closure(
    session: Session, editor: Editor, unit_id: int, subject: str, day: date, workday: bool, name: str
) -> Carried:
    """Make one day a working day or a day off for one unit; `subject` is the unit as the audit names it."""
    known = holiday.closure_on(session, unit_id, day)
    if known is not None and (known.workday, known.name) == (workday, name):
        return Carried(changed=False)

    def alter() -> None:
        session.merge(Closure(unit_id=unit_id, day=day, workday=workday, name=name))
        session.flush()

    why = f"你单位{day_made(day, workday, name, editor)}"
    detail = {"day": day.isoformat(), "workday": workday, "name": name}
    return carry_out(session, editor, Entry("calendar.closure", subject, why, detail), alter)


def remove_closure(session: Session, editor: Editor, unit_id: int, subject: str, day: date) -> Carried:
    """Let the general calendar hold again for one unit on one day."""
    known = holiday.closure_on(session, unit_id, day)
    if known is None:
        return Carried(changed=False)

    def alter() -> None:
        session.delete(known)
        session.flush()

    why = f"你单位{phrase.day(day, office_day(editor.at))}恢复按统一的工作日历"
    detail = {"day": day.isoformat(), "workday": known.workday, "name": known.name}
    return carry_out(session, editor, Entry("calendar.reopen", subject, why, detail), alter)


def fill_years(session: Session, editor: Editor, years: Iterable[int]) -> Carried:
    """Fill in years that are not on record, and those whose arrangement has become known since.

    Before there is any scheme that is part of laying out the workspace, and no act to be audited.
    """
    wanted = holiday.unsettled(session, years)
    if not wanted or not schemes(session):
        return Carried(changed=bool(holiday.seed(session, wanted)))
    listed = "、".join(map(str, wanted))
    entry = Entry("calendar.fill", listed, f"{listed}年工作日历更新", {"years": wanted})
    return carry_out(session, editor, entry, lambda: holiday.seed(session, wanted))


def day_made(day: date, workday: bool, name: str, editor: Editor) -> str:
    """What a day was made, as units read it."""
    return f"{phrase.day(day, office_day(editor.at))}调整为{'工作日' if workday else '休息日'}（{name}）"
