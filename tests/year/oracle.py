"""What must come of the year, counted in plain Python from what units do: no query, no rule of the product."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tests.year import town
from tests.year.almanac import COUNTRY, LAST, ONE, ROUNDS, Dates, back_on, collects_on, days_of, is_off, span
from tests.year.conduct import Act, Deed, Wish, asked, wishes, year

Asked = tuple[Dates, int, str]
"""A number: round, unit, indicator."""
Taken = tuple[str, date, date]
"""A step of the ladder: who hears, the day it is planned on, the day it is taken."""
LADDER = ((-3, "reporter"), (-1, "reporter"), (0, "reporter"), (3, "reviewer"), (5, "leader"), (8, "leader"))
OWED = {"awaited", "returned"}
WISHES: dict[Dates, list[Wish]] = defaultdict(list)
for _wish in wishes():
    WISHES[_wish.about].append(_wish)


@dataclass
class Life:
    """One request: how it stands, and what was done when."""

    due: date
    state: str
    since: date
    acts: list[tuple[str, date]] = field(default_factory=list)
    first: date | None = None

    def become(self, state: str, act: str, day: date) -> None:
        self.state = state
        self.acts.append((act, day))
        if act in ("ask", "return"):
            self.since = day
        if act == "submit" and self.first is None:
            self.first = day


class Expected:
    """The life of every request, every step of every unit's ladder, and the day on which every round closes."""

    def __init__(self, last: date = LAST) -> None:
        self.lives: dict[Asked, Life] = {}
        self.steps: dict[tuple[Dates, int], list[Taken]] = {}
        self.closes: dict[Dates, date] = {}
        self.corrections: dict[Wish, str | None] = {}
        """What becomes of the corrections that units wish for; None: not taken up, as it is not confirmed."""
        deeds: dict[Dates, dict[date, list[Act]]] = defaultdict(lambda: defaultdict(list))
        for act in year():
            deeds[act.about][act.day].append(act)
        for about in ROUNDS:
            _Round(self, about, deeds[about], last).pass_()


@dataclass
class _Round:
    expected: Expected
    about: Dates
    deeds: Mapping[date, list[Act]]
    last: date

    def pass_(self) -> None:
        present = [unit for unit in range(1, town.UNITS + 1) if asked(unit, self.about)]
        latest = max(self.about.due(days_of(unit)) for unit in present)
        self.closes = self.expected.closes[self.about] = collects_on(self.about.over_on(latest))
        self.over = self.about.over_on(latest)
        self.known = {(a.unit, name) for acts in self.deeds.values() for a in acts for name in self._early(a)}
        self.lives: dict[tuple[int, str], Life] = {}
        self.ladders = {unit: Ladder(self.over - ONE, unit) for unit in present}
        for day in span(self.about.opened_on, min(self.last, COUNTRY.after(self.closes, 25))):
            if not is_off(day):
                if COUNTRY.works(day):
                    self._morning(day, present)
                self._people(day)
        self.expected.lives |= {(self.about, *key): life for key, life in self.lives.items()}
        self.expected.steps |= {(self.about, unit): ladder.taken for unit, ladder in self.ladders.items()}

    def _early(self, act: Act) -> tuple[str, ...]:
        return act.indicators if act.deed is Deed.EARLY else ()

    def _morning(self, day: date, present: Iterable[int]) -> None:
        """Ask, remind, close."""
        if day > self.closes:
            return
        changed = day == collects_on(back_on(town.CHANGED_ON) + ONE) and self.about == Dates(False, town.APRIL)
        if changed:
            self.lives[town.DROPPED].become("withdrawn", "withdraw", day)
        for unit in present if day == self.about.opened_on else [town.ADDED[0]] if changed else []:
            for name in asked(unit, self.about):
                if (unit, name) in self.lives or ((unit, name) == town.ADDED and self._is_april_before(day)):
                    continue
                life = self.lives[unit, name] = Life(self.about.due(days_of(unit)), "", day)
                spared = (unit, name) in self.known
                life.become(*(("spared", "spare") if spared else ("awaited", "ask")), day)
        for unit in present:
            mine = [life for (whose, _), life in self.lives.items() if whose == unit and life.state in OWED]
            self.ladders[unit].climb(day, mine)
        if day == self.closes:
            for life in self.lives.values():
                if life.state in OWED:
                    life.become("missing", "close", day)

    def _is_april_before(self, day: date) -> bool:
        return self.about.as_of == town.APRIL and day <= town.CHANGED_ON

    def _people(self, day: date) -> None:
        for act in self.deeds.get(day, []):
            for name in act.indicators:
                life = self.lives.get((act.unit, name))
                if life and act.deed is Deed.HANDED_IN and life.state in OWED | {"missing"}:
                    life.become("submitted", "submit", day)
                elif life and act.deed is Deed.SENT_BACK and life.state == "submitted":
                    life.become("returned", "return", day)
        self._correct(day)
        if self.about.weekly or day not in self.about.reviewed_on:
            return
        names = town.led_by(day, self.about)
        for (_, name), life in self.lives.items():
            if life.state == "submitted" and name in names:
                life.become("checked", "check", day)
            if life.state == "checked" and day >= self.about.office_due:
                life.become("confirmed", "confirm", day)

    def _correct(self, day: date) -> None:
        """Only what is confirmed is corrected, and stays confirmed."""
        known = self.expected.corrections
        for wish in WISHES.get(self.about, []):
            life = self.lives[wish.unit, wish.indicator]
            if wish.asked_on == day:
                known[wish] = ("approved" if wish.approved else "refused") if life.state == "confirmed" else None
            if wish.decided_on == day and known[wish] == "approved":
                life.become("confirmed", "correct", day)


@dataclass
class Ladder:
    """T-3, T-1, T, then every working day to the reporter; T+3, T+5, T+8 to those above. Nothing after `until`."""

    until: date
    unit: int
    taken: list[Taken] = field(default_factory=list)

    def climb(self, today: date, owed: list[Life]) -> None:
        days = days_of(self.unit)
        if not owed or not days.works(today):
            return
        due, since = min((max(life.due, life.since), life.since) for life in owed)
        first, last = days.on_or_after(since), min(today, self.until)
        past = len(days.listed(min(due, last) + ONE, last))
        planned: dict[tuple[str, date], int] = {}
        for offset, to in sorted([*LADDER, *((n, "reporter") for n in range(1, past + 1))]):
            day = max(first, days.on_or_after(days.after(due, offset)))
            if day <= last:
                planned[to, day] = offset
        told = {(to, day) for to, day, _ in self.taken}
        self.taken += [(to, day, today) for to, day in sorted(planned) if (to, day) not in told]
