"""What every unit does in the simulated year: decided beforehand from a seed, so that a plain count can follow it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from diaodu.clock import OFFICE_ZONE
from tests.year import town
from tests.year.almanac import COUNTRY, ROUNDS, Dates, back_on, days_of

SEED = 20250101


class Deed(StrEnum):
    """What somebody does, and at what time of the day."""

    REFUSED = "09:00"  # a file with a fault in it
    HANDED_IN = "10:00"
    SENT_BACK = "15:00"  # the reviewer returns numbers
    CORRECTION = "11:00"  # somebody asks for one
    DECISION = "14:00"  # the office decides on it
    CHECKED = "16:00"  # the lead unit
    CONFIRMED = "17:00"  # the office
    EARLY = "18:00"  # numbers handed in before anybody asked

    @property
    def hour(self) -> time:
        return time.fromisoformat(self.value)


class Manner(StrEnum):
    """How a unit goes about a round."""

    EARLY = "early"
    PUNCTUAL = "punctual"
    LATE = "late"
    HALVES = "halves"
    SILENT = "silent"
    AFTERWARDS = "afterwards"  # when the round is closed
    REFUSED = "refused"
    CARELESS = "careless"
    STUBBORN = "stubborn"  # never mends what was returned


@dataclass(frozen=True, slots=True)
class Act:
    """One deed of a unit (by its number) about some indicators of a round."""

    day: date
    deed: Deed
    unit: int
    about: Dates
    indicators: tuple[str, ...]

    @property
    def moment(self) -> datetime:
        return datetime.combine(self.day, self.deed.hour, OFFICE_ZONE)


@dataclass(frozen=True, slots=True)
class Wish:
    """A correction of a month's number: asked for on a day, decided on another."""

    about: Dates
    unit: int
    indicator: str
    asked_on: date
    decided_on: date
    approved: bool


HABITS: tuple[tuple[range, Manner, float], ...] = (
    (range(1, 40), Manner.PUNCTUAL, 1.0),
    (range(40, 41), Manner.EARLY, 1.0),
    (range(41, 48), Manner.LATE, 0.4),
    (range(48, 51), Manner.HALVES, 0.5),
    (range(51, 53), Manner.SILENT, 0.3),
    (range(53, 54), Manner.AFTERWARDS, 0.3),
    (range(54, 56), Manner.REFUSED, 0.5),
    (range(56, 58), Manner.CARELESS, 0.5),
    (range(58, 59), Manner.STUBBORN, 0.5),
    (range(59, 60), Manner.PUNCTUAL, 1.0),
    (range(60, 61), Manner.SILENT, 0.1),
)
"""Which units have a manner of their own, and in what share of the rounds they show it."""


def asked(unit: int, about: Dates) -> tuple[str, ...]:
    """The indicators a unit is asked for in a round."""
    if unit == town.NEWCOMER and about.as_of < town.JOINS:
        return ()
    if about.weekly:
        return tuple(town.weekly())
    gone = {town.DROPPED} if about.as_of > town.APRIL else set()
    not_yet = {town.ADDED} if about.as_of < town.APRIL else set()
    return tuple(name for name in town.monthly() if (unit, name) not in gone | not_yet)


def told(unit: int, about: Dates) -> tuple[str, ...]:
    """Those it has a number for."""
    lost = town.DROPPED if about.as_of == town.APRIL else None
    return tuple(name for name in asked(unit, about) if (unit, name) != lost)


def year() -> list[Act]:
    """Everything that units do, in time."""
    chance = random.Random(SEED)
    acts = [act for about in ROUNDS for unit in range(1, town.UNITS + 1) for act in _round(chance, unit, about)]
    return sorted(acts, key=lambda act: (act.moment, act.unit))


def wishes() -> list[Wish]:
    """Every month two units that were in time and two that may have been late find that a number was wrong."""
    chance = random.Random(SEED)
    units = [
        (chance.choice(some), about)
        for about in ROUNDS
        if not about.weekly
        for some in (range(1, 30), range(30, 41), range(41, 46), range(46, 51))
    ]
    found = []
    for unit, about in units:
        asked_on = back_on(COUNTRY.after(about.office_due, 1))
        decided_on = back_on(COUNTRY.after(asked_on, chance.randint(1, 3)))
        indicator = chance.choice(sorted(town.led()))
        found.append(Wish(about, unit, indicator, asked_on, decided_on, chance.random() < 0.4))
    return found


def manner(chance: random.Random, unit: int) -> Manner:
    habit, share = next((habit, share) for units, habit, share in HABITS if unit in units)
    return habit if chance.random() < share else Manner.PUNCTUAL


def _round(chance: random.Random, unit: int, about: Dates) -> Iterator[Act]:
    names, days = told(unit, about), days_of(unit)
    how = manner(chance, unit)
    due, over = about.due(days), about.over_on(about.due(days))
    if about.as_of == town.APRIL and unit in (town.DROPPED[0], town.ADDED[0]):
        how = Manner.LATE  # it has not reported when the plan changes
    in_time = chance.choice(days.listed(about.opened_on, max(due, about.opened_on)) or [due])
    later = days.after(due, chance.randint(1, 6))

    def act(day: date, deed: Deed, said: tuple[str, ...] = names) -> Act:
        return Act(back_on(day), deed, unit, about, said)

    if not names or how is Manner.SILENT:
        return
    if how is Manner.EARLY:
        yield (
            Act(about.as_of, Deed.EARLY, unit, about, names)
            if back_on(about.as_of) == about.as_of
            else act(in_time, Deed.HANDED_IN)
        )
    elif how is Manner.LATE:
        yield act(later, Deed.HANDED_IN)
    elif how is Manner.HALVES:
        yield act(in_time, Deed.HANDED_IN, names[::2])
        yield act(later, Deed.HANDED_IN, names[1::2])
    elif how is Manner.AFTERWARDS:
        yield act(COUNTRY.after(back_on(over), 3), Deed.HANDED_IN)
    elif how is Manner.REFUSED:
        yield act(in_time, Deed.REFUSED)
        yield act(days.after(back_on(in_time), chance.randint(0, 2)), Deed.HANDED_IN)
    else:
        yield act(in_time, Deed.HANDED_IN)
        if how in (Manner.CARELESS, Manner.STUBBORN):
            back = back_on(days.after(back_on(in_time), 1))
            some = tuple(sorted(chance.sample(names, 2)))
            yield act(back, Deed.SENT_BACK, some)
            if how is Manner.CARELESS:
                yield act(days.after(back, chance.randint(1, 3)), Deed.HANDED_IN, some)
