"""The only way a fact gets into a text: printed by one function, which remembers where each number came from."""

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from diaodu.briefing.document import chinese_day
from diaodu.briefing.said_day import MONTHS
from diaodu.rules.quantity import printed, to_fraction

NUMBER = re.compile(r"[0-9０-９]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Fact:
    """A place in the stored facts and what stands there; `fact["counts"]["behind"]` goes one step down."""

    value: Any
    path: tuple[str | int, ...] = ()

    def __getitem__(self, step: str | int) -> "Fact":
        return Fact(self.value[step], (*self.path, step))

    def get(self, step: str) -> "Fact | None":
        """One step down, or None where these facts are from before it was told, or have nothing there."""
        return self[step] if self.value.get(step) is not None else None

    def __iter__(self) -> Iterator["Fact"]:
        return (self[i] for i in range(len(self.value)))

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Source:
    """What was printed, from which fact, in which form."""

    text: str
    path: tuple[str | int, ...]
    form: str
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """A text together with the sources of what it says."""

    text: str
    sources: tuple[Source, ...] = ()

    def __add__(self, other: "Said") -> "Said":
        return Said(self.text + other.text, self.sources + other.sources)


NOTHING = Said("")


class UnsupportedNumber(ValueError):
    """A number stands in a fixed phrase, where no fact answers for it."""


def english_day(day: date) -> str:
    """30 November 2023."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def is_english(facts: Fact) -> bool:
    """Whether the facts are told in English (`view`)."""
    return bool(facts.value.get("language") == "en")


def show_day(facts: Fact, day: Fact, form: str = "day") -> Said:
    """A day in the language of the briefing."""
    return show(day, f"{form}_en" if is_english(facts) else form)


def fraction(value: str) -> Fraction:
    """The stored exact fraction."""
    return Fraction(value)


def _upward(value: Fraction, decimals: int) -> Fraction:
    """The next value with so many decimals that is not less: who reaches it has reached enough."""
    return Fraction(math.ceil(value * 10**decimals), 10**decimals)


FORMS: dict[str, Callable[[Any, int], str]] = {
    "count": lambda value, _: str(value),
    "distance": lambda value, _: str(abs(value)),
    "text": lambda value, _: str(value),
    "amount": lambda value, decimals: printed(to_fraction(value), decimals),
    "amount_off": lambda value, decimals: printed(abs(to_fraction(value)), decimals),
    "planned": lambda value, decimals: printed(fraction(value) / 1_000_000, decimals),
    "needed": lambda value, decimals: printed(_upward(fraction(value) / 1_000_000, decimals), decimals),
    "percent": lambda value, decimals: printed(fraction(value) * 100, decimals) + "%",
    "points": lambda value, decimals: printed(fraction(value), decimals),
    "points_off": lambda value, decimals: printed(abs(fraction(value)), decimals),
    "day": lambda value, _: chinese_day(date.fromisoformat(value)),
    "day_of_year": lambda value, _: chinese_day(date.fromisoformat(value)).split("年", 1)[1],
    "year": lambda value, _: value[:4],
    "month": lambda value, _: str(date.fromisoformat(value).month),
    "day_en": lambda value, _: english_day(date.fromisoformat(value)),
    "day_of_year_en": lambda value, _: english_day(date.fromisoformat(value)).rsplit(" ", 1)[0],
    "month_en": lambda value, _: MONTHS[date.fromisoformat(value).month - 1],
    "numbered": lambda value, _: f"{value}.",
}
"""How a fact is printed. Rounding is half up, of what is still needed upward, and happens nowhere else."""


def show(fact: Fact, form: str = "text", decimals: int = 0) -> Said:
    """The fact in this form, with its source."""
    text = FORMS[form](fact.value, decimals)
    return Said(text, (Source(text, fact.path, form, decimals),))


def say(phrase: str, **parts: Said) -> Said:
    """A set phrase with its `{gaps}` filled; raises UnsupportedNumber when the phrase itself holds a number."""
    bare = re.sub(r"\{\w+\}", "", phrase)
    if NUMBER.search(bare):
        raise UnsupportedNumber(phrase)
    text = phrase.format(**{name: part.text for name, part in parts.items()})
    return Said(text, tuple(source for part in parts.values() for source in part.sources))


def joined(parts: Iterable[Said], separator: str) -> Said:
    """The parts one after another, with a separator between them."""
    kept = [part for part in parts if part.text]
    return Said(separator.join(part.text for part in kept), tuple(s for part in kept for s in part.sources))


def unsupported(said: Said, facts: Fact) -> list[str]:
    """The numbers of a text that no stored fact answers for, printed again from its source."""
    answered: set[str] = set()
    for source in said.sources:
        value = facts.value
        for step in source.path:
            value = value[step]
        if FORMS[source.form](value, source.decimals) == source.text:
            answered.update(NUMBER.findall(source.text))
    return [number for number in NUMBER.findall(said.text) if number not in answered]
