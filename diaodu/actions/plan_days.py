"""A plan taken in as the office does it: what units' own days in it do to open rounds is carried through and told."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session

from diaodu.actions.calendar import Carried, Entry, as_they_stand, carry_through, day_made
from diaodu.actions.import_plan import import_plan
from diaodu.actions.outcome import Outcome
from diaodu.actions.rescheduling import Editor
from diaodu.storage.closure import closures
from diaodu.storage.scheme import scheme_id
from diaodu.storage.unit import unit_ids

Days = Mapping[tuple[int, date], tuple[bool, str]]
"""Every unit's own days: whether it works on it, and why."""


def take_plan(
    session: Session, path: Path, scheme_code: str | None, editor: Editor, recorded_at: datetime
) -> tuple[Outcome, Carried]:
    """Take the plan at `path` as known from `recorded_at` on, and let open rounds follow the days it says of units.

    Raises Faults; then nothing at all was taken, and nobody is told anything.
    """
    before = as_they_stand(session)
    was = {code: _own_days(session, number) for code, (number, _calendars) in before.items()}
    outcome = import_plan(session, path, scheme_code, editor.actor, recorded_at, editor.at)
    number = scheme_id(session, outcome.scheme)
    known, now = was.get(outcome.scheme, {}), _own_days(session, number)
    altered = [unit_and_day for unit_and_day in sorted(now) if known.get(unit_and_day) != now[unit_and_day]]
    if not altered:
        return outcome, Carried(changed=False)
    entry = _entry(session, number, outcome.scheme, altered, now, editor)
    concerned = {code: stood for code, stood in before.items() if code == outcome.scheme}
    return outcome, carry_through(session, editor, entry, concerned)


def _own_days(session: Session, number: int) -> Days:
    return {(one.unit_id, one.day): (one.workday, one.name) for one in closures(session, number)}


def _entry(
    session: Session, number: int, code: str, altered: Sequence[tuple[int, date]], now: Days, editor: Editor
) -> Entry:
    """One line of the audit for all of them; every unit is told of its own."""
    codes = {unit_id: unit for unit, unit_id in unit_ids(session, number).items()}
    said: dict[int, list[str]] = defaultdict(list)
    listed = []
    for unit_id, day in altered:
        workday, name = now[unit_id, day]
        said[unit_id].append(day_made(day, workday, name, editor))
        listed.append({"unit": codes[unit_id], "day": day.isoformat(), "workday": workday, "name": name})
    own = {unit_id: f"你单位{'、'.join(words)}" for unit_id, words in said.items()}
    return Entry("calendar.closure", code, "单位日历调整", {"days": listed}, own)
