"""The books of the simulated year, read from the bare tables."""

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from diaodu.clock import office_day
from tests.year.almanac import Dates
from tests.year.oracle import Asked


@dataclass
class Event:
    act: str
    to: str
    at: datetime
    reason: str | None


@dataclass
class Entry:
    """A request with its events; `state`, `due` and `came` as its row says."""

    about: Dates
    unit: int
    indicator: str
    state: str
    due: date
    came: datetime | None
    events: list[Event] = field(default_factory=list)

    def stood(self, moment: datetime) -> str | None:
        """How it stood at a moment, when a run had opened its rounds and not closed any."""
        before = [event for event in self.events if event.at < moment or (event.at == moment and event.act != "close")]
        return before[-1].to if before else None


@dataclass
class Reminded:
    """A step taken: `unit` owes, `told` hears (None: the office; 0: the government)."""

    about: Dates
    leg: str
    unit: int
    to: str
    told: int | None
    offset: int
    planned_on: date
    outcome: str
    owed: int
    at: datetime
    letter: int | None


class Books:
    """Everything of one database, by SQL alone."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self.units = {number: _number(code) for number, code in self.rows("SELECT id, code FROM unit")}
        self.rounds = {
            number: Dates(collection is not None, date.fromisoformat(as_of))
            for number, collection, as_of in self.rows("SELECT id, collection_id, as_of FROM period")
        }
        self.closed = dict(self.rows("SELECT id, closed_at FROM period"))
        self.requests = self._requests()
        self.reminders = [self._reminded(row) for row in self.rows(REMINDERS)]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query).fetchall()

    def corrections(self) -> list[tuple[int, str, str, str, date, date | None]]:
        """Unit, indicator, day, state, and when each was asked for and decided."""
        return [
            (self.units[unit], name, as_of, state, day(asked), day(decided) if decided else None)
            for unit, name, as_of, state, asked, decided in self.rows(CORRECTIONS)
        ]

    def _requests(self) -> dict[Asked, Entry]:
        found: dict[Asked, Entry] = {}
        events: dict[int, list[Event]] = defaultdict(list)
        for request, act, to, at, reason in self.rows(EVENTS):
            events[request].append(Event(act, to, moment(at), reason))
        for number, period, unit, indicator, state, due, came in self.rows(REQUESTS):
            about, whose = self.rounds[period], self.units[unit]
            assert (about, whose, indicator) not in found
            known = moment(came) if came else None
            entry = Entry(about, whose, indicator, state, date.fromisoformat(due), known, events[number])
            found[about, whose, indicator] = entry
        return found

    def _reminded(self, row: tuple[Any, ...]) -> Reminded:
        period, leg, unit, to, told, offset, planned, outcome, owed, at, letter = row
        about, whose = self.rounds[period], self.units[unit]
        hears = None if told is None else self.units[told]
        day = date.fromisoformat(planned)
        return Reminded(about, leg, whose, to, hears, offset, day, outcome, owed, moment(at), letter)


REQUESTS = """
    SELECT request.id, period_id, request.unit_id, indicator.code, state, due, submitted_at FROM request
    JOIN target ON target.id = target_id JOIN indicator ON indicator.id = indicator_id
"""
CORRECTIONS = """
    SELECT unit_id, indicator.code, as_of, state, requested_at, decided_at FROM correction
    JOIN target ON target.id = target_id JOIN indicator ON indicator.id = indicator_id
"""
EVENTS = "SELECT request_id, act, to_state, recorded_at, reason FROM request_event ORDER BY id"
REMINDERS = """
    SELECT period_id, leg, unit_id, to_role, told_unit_id, "offset", planned_on, outcome, owed, recorded_at, notice_id
    FROM reminder ORDER BY id
"""


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def day(text: str) -> date:
    """The office's day of a stored moment."""
    return office_day(moment(text))


def _number(code: str) -> int:
    return int(code[1:]) if code[1:].isdigit() else 0
