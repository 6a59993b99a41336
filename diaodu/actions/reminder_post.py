"""Reminders on their way: one message to each reader, listing all that is owed, and a row for every step taken."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from diaodu.actions.chase import chase
from diaodu.actions.directory import Directory
from diaodu.actions.notice import Issuer, contact, in_words, recipient
from diaodu.actions.reminder_words import Words
from diaodu.actions.reporting_line import ReportingLine, Told
from diaodu.clock import OFFICE_ZONE, office_day
from diaodu.rules.access import Role
from diaodu.rules.burden import monday, span
from diaodu.rules.reminder import Leg, ReminderOutcome, Step
from diaodu.rules.request import RequestState
from diaodu.rules.routing import routes
from diaodu.rules.workday import Workdays
from diaodu.storage import delivery as outbox
from diaodu.storage import reminder as store
from diaodu.storage.burden import messages
from diaodu.storage.owing import Debt, debts, return_reasons
from diaodu.storage.person import people
from models.delivery import Delivery
from models.period import Period
from models.reminder import Reminder
from notifications.letter import letter

IDENTITY = ("period_id", "leg", "unit_id", "to_role", "planned_on")
"""What tells two steps apart."""
NOBODY_THERE = "（该级未登记联系人，故转告）"
"""Said to those who hear instead of somebody below them."""


@dataclass(frozen=True, slots=True)
class Climb:
    """Steps of one unit's ladder in one leg of one round that have come, oldest first, and how much it owes.

    `counts_from`: the day the ladder counts from, until which nobody is late.
    """

    period: Period
    leg: Leg
    unit_id: int
    owed: int
    counts_from: date
    steps: tuple[Step, ...]


@dataclass(slots=True)
class Reminded:
    """How many messages went out: to those who owe, as formal letters, to those above; and how many had to wait."""

    sent: int = 0
    letters: int = 0
    escalated: int = 0
    deferred: int = 0


@dataclass(slots=True)
class Audience:
    """Who gets one message, and the steps it is sent for. `leg` None: those above the unit that owes."""

    told: Told
    leg: Leg | None
    climbs: list[tuple[Climb, bool]] = field(default_factory=list)
    """With each, whether it comes here because nobody is in the place the ladder names."""
    deferred: bool = False
    notice_id: int | None = None
    message: str | None = None


class Post:
    """One run's reminders, written in one transaction."""

    def __init__(
        self,
        session: Session,
        issuer: Issuer,
        names: Directory,
        periods: Mapping[int, Period],
        calendar_of: Callable[[int], Workdays],
        taken: Sequence[Reminder],
    ) -> None:
        self._session, self._issuer, self._names, self._periods = session, issuer, names, periods
        self._crowd = people(session, issuer.scheme_id)
        self._line = ReportingLine(self._crowd, names.units)
        self._deferred = {
            (r.period_id, Leg(r.leg), r.unit_id, Role(r.to_role), r.planned_on): r
            for r in taken
            if r.outcome is ReminderOutcome.DEFERRED
        }
        self._lettered: dict[int, set[int | None]] = defaultdict(set)
        self._heard: set[tuple[Leg, int, int]] = set()
        for row in taken:
            self._heard.add((Leg(row.leg), row.unit_id, row.period_id))
            if row.notice_id is not None:
                self._lettered[row.unit_id].add(row.period_id)
        self._today = office_day(issuer.at)
        self._calendar_of = calendar_of
        self._done = Reminded()
        self._letters: list[Delivery] = []

    def deliver(self, climbs: Sequence[Climb]) -> Reminded:
        """Send what may be sent this week, and write every step down."""
        audiences, owed = self._audiences(climbs), self._debts(climbs)
        words, overdue = self._words(owed), self._newly_overdue(audiences, owed)
        self._ration(audiences, overdue)
        sending = [audience for audience in audiences if not audience.deferred]
        self._send_letters(words, sending, owed, overdue)
        for audience in sending:
            if audience.leg is None:
                self._escalate(words, audience, owed)
            elif audience.notice_id is None:
                self._remind(words, audience, owed)
        self._write(audiences)
        return self._done

    def _audiences(self, climbs: Sequence[Climb]) -> list[Audience]:
        """Those who owe first, then those above them, one message each however many units it speaks of."""
        own: dict[tuple[Leg, int], Audience] = {}
        above: dict[tuple[int | None, Role], Audience] = {}
        for climb in climbs:
            mine = tuple(step for step in climb.steps if step.rung.to is Role.REPORTER)
            if mine:
                told = self._line.own(climb.unit_id, climb.leg)
                audience = own.setdefault((climb.leg, climb.unit_id), Audience(told, climb.leg))
                audience.climbs.append((replace(climb, steps=mine), False))
            for step in (step for step in climb.steps if step not in mine):
                told = self._line.above(climb.unit_id, step.rung)
                audience = above.setdefault((told.unit_id, told.role), Audience(told, None))
                audience.climbs.append((replace(climb, steps=(step,)), told.instead))
        return [*own.values(), *above.values()]

    def _ration(self, audiences: Sequence[Audience], overdue: Mapping[int, Sequence[Debt]]) -> None:
        """Let plain reminders wait where the week's messages, of whatever kind, are used up.

        A formal letter, and what those above are promised to hear, count too but never wait: they come once a round.
        """
        most = self._issuer.scheme.most_messages
        if most is None:
            return
        week = span(monday(self._today), OFFICE_ZONE)
        used = defaultdict(int, messages(self._session, self._issuer.scheme_id, *week))
        plain = [one for one in audiences if _may_wait(one, overdue)]
        for audience in audiences:
            used[audience.told.unit_id] += not _may_wait(audience, overdue)
        for audience in plain:
            audience.deferred = used[audience.told.unit_id] >= most
            used[audience.told.unit_id] += not audience.deferred

    def _debts(self, climbs: Sequence[Climb]) -> dict[tuple[Leg, int], list[Debt]]:
        """Everything owed by the units that are spoken of, in whatever round, by leg and unit."""
        found: dict[tuple[Leg, int], list[Debt]] = defaultdict(list)
        rounds = list(self._periods.values())
        for leg in Leg:
            units = {climb.unit_id for climb in climbs if climb.leg is leg}
            for debt in debts(self._session, leg, rounds, units, self._names.leads) if units else []:
                found[leg, debt.unit_id].append(debt)
        return found

    def _words(self, owed: Mapping[tuple[Leg, int], Sequence[Debt]]) -> Words:
        returned = [d.request_id for listed in owed.values() for d in listed if d.state is RequestState.RETURNED]
        reasons = return_reasons(self._session, returned)
        return Words(self._names, self._periods, reasons, self._calendar_of, self._today)

    def _newly_overdue(
        self, audiences: Sequence[Audience], owed: Mapping[tuple[Leg, int], Sequence[Debt]]
    ) -> dict[int, list[Debt]]:
        """What is overdue in rounds on which the unit had no formal letter yet, by unit."""
        found: dict[int, list[Debt]] = {}
        for unit_id, audience in _reporting(audiences).items():
            late_in = {climb.period.id for climb, _ in audience.climbs if climb.counts_from < self._today}
            fresh = late_in - self._lettered.get(unit_id, set())
            mine = owed[Leg.UNIT, unit_id]
            late = [debt for debt in mine if debt.period_id in fresh and debt.due < self._today]
            if late:
                found[unit_id] = late
        return found

    def _send_letters(
        self,
        words: Words,
        audiences: Sequence[Audience],
        owed: Mapping[tuple[Leg, int], Sequence[Debt]],
        overdue: Mapping[int, Sequence[Debt]],
    ) -> None:
        """A formal letter to every unit with a round that is overdue for the first time."""
        reached = _reporting(audiences)
        besides = {
            unit_id: words.lines([debt for debt in owed[Leg.UNIT, unit_id] if debt not in late])
            for unit_id, late in overdue.items()
        }
        for unit_id, notice_id in chase(self._session, self._issuer, words, overdue, besides).items():
            reached[unit_id].notice_id = notice_id
            self._done.letters += 1

    def _remind(self, words: Words, to: Audience, owed: Mapping[tuple[Leg, int], Sequence[Debt]]) -> None:
        """A plain message to those who owe."""
        assert to.leg is not None
        assert to.told.unit_id is not None
        mine = owed[to.leg, to.told.unit_id]
        late = any(debt.due < self._today for debt in mine)
        facts = {"leg": to.leg, "count": len(mine), "late": late, "lines": words.lines(mine)}
        to.message = self._send("notices/reminder", to.told, facts)
        self._done.sent += 1

    def _escalate(self, words: Words, to: Audience, owed: Mapping[tuple[Leg, int], Sequence[Debt]]) -> None:
        """A message to those above: what which unit has not done; nothing it hears of today for the first time."""
        about = dict.fromkeys((climb.leg, climb.unit_id, instead) for climb, instead in to.climbs)
        heard = self._heard | {(climb.leg, climb.unit_id, climb.period.id or 0) for climb, _ in to.climbs}
        listed = []
        for leg, unit_id, instead in about:
            mine = [debt for debt in owed[leg, unit_id] if (leg, unit_id, debt.period_id) in heard]
            late = [debt for debt in mine if debt.due < self._today] or mine
            listed.append(words.summary(late, unit_id, NOBODY_THERE if instead else ""))
        to.message = self._send("notices/escalation", to.told, {"lines": listed})
        self._done.escalated += 1

    def _send(self, folder: str, to: Told, facts: Mapping[str, object]) -> str:
        """Write a message that is laid in the outbox with the others; what its keys begin with."""
        issuer = self._issuer
        code = None if to.unit_id is None else self._names.codes[to.unit_id]
        name = issuer.scheme.issuer if to.unit_id is None else self._names.unit(to.unit_id)
        signed = {"issuer": issuer.scheme.issuer, "scheme": issuer.scheme.name, "day": self._today}
        asked = contact(self._crowd, issuer.scheme.issuer)
        words = in_words(issuer.templates, folder, unit=name, contact=asked, **signed, **facts)
        about = secrets.token_hex(16)
        staff = [recipient(person, code) for person in to.people]
        self._letters += [letter(about, way, words, issuer.at, None) for way in routes(staff, code, issuer.ways)]
        return about

    def _write(self, audiences: Sequence[Audience]) -> None:
        """A row for every step: the newest of a unit's round stands for the message, the others went with it."""
        rows: list[dict[str, Any]] = []
        for audience in audiences:
            self._done.deferred += audience.deferred
            newest = {(c.period.id, c.leg, c.unit_id): max(c.steps, key=_when) for c, _ in _oldest_first(audience)}
            for climb, _ in audience.climbs:
                for step in climb.steps:
                    is_newest = step is newest[climb.period.id, climb.leg, climb.unit_id]
                    rows += self._row(audience, climb, step, is_newest)
        store.add(self._session, rows)
        outbox.add(self._session, self._letters)

    def _row(self, audience: Audience, climb: Climb, step: Step, is_newest: bool) -> list[dict[str, Any]]:
        """The step's row to be added; one that had to wait before is changed where it stands."""
        outcome = ReminderOutcome.DEFERRED if audience.deferred else ReminderOutcome.SENT
        values = {
            "told_unit_id": audience.told.unit_id,
            "outcome": outcome if is_newest else ReminderOutcome.MERGED,
            "owed": climb.owed,
            "notice_id": audience.notice_id if is_newest else None,
            "message": audience.message if is_newest else None,
            "recorded_at": self._issuer.at,
        }
        key = (climb.period.id or 0, climb.leg, climb.unit_id, step.rung.to, step.planned_on)
        before = self._deferred.get(key)
        if before is None:
            return [dict(zip(IDENTITY, key, strict=True)) | {"offset": step.offset} | values]
        if values["outcome"] is not ReminderOutcome.DEFERRED:
            before.sqlmodel_update(values)
            self._session.add(before)
        return []


def _reporting(audiences: Sequence[Audience]) -> dict[int, Audience]:
    """Units that are told of numbers of their own."""
    return {
        audience.told.unit_id: audience
        for audience in audiences
        if audience.leg is Leg.UNIT and audience.told.unit_id is not None
    }


def _may_wait(audience: Audience, overdue: Mapping[int, Sequence[Debt]]) -> bool:
    gets_a_letter = audience.leg is Leg.UNIT and audience.told.unit_id in overdue
    return audience.leg is not None and not gets_a_letter


def _oldest_first(audience: Audience) -> list[tuple[Climb, bool]]:
    return sorted(audience.climbs, key=lambda entry: _when(entry[0].steps[-1]))


def _when(step: Step) -> tuple[date, int]:
    return step.planned_on, step.offset
