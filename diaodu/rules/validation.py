"""校验: what cannot be true of a number, and what may be true but wants a word of explanation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.quantity import DECIMALS, MICRO, printed, to_fraction

WHOLE = frozenset({Kind.COUNT, Kind.RANK, Kind.DELIVERABLE})
"""Kinds whose numbers have no fractions."""
ADDS_UP = frozenset({Kind.CUMULATIVE, Kind.COUNT, Kind.DELIVERABLE})
"""Kinds that only grow from the first day of a target on, and begin anew with the next."""
NO_SHARE = frozenset({Kind.GROWTH, Kind.RANK})
"""Kinds whose value is no share of their target."""


class Error(StrEnum):
    """Why a number cannot be taken; no comment helps (差错)."""

    NOT_WHOLE = "not_whole"
    TOO_FINE = "too_fine"
    BEFORE_FIRST = "before_first"
    NEGATIVE = "negative"
    BELOW_LOWEST = "below_lowest"
    ABOVE_HIGHEST = "above_highest"
    NO_EVIDENCE = "no_evidence"


class Doubt(StrEnum):
    """Why a number is taken only with a comment (疑问)."""

    FALLS = "falls"
    EXCEEDS_NEXT = "exceeds_next"
    JUMPS = "jumps"
    OVER_COMPLETE = "over_complete"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a definition and a target in force demand of a number. Quantities in millionths; None demands nothing.

    `most_change` in per cent of the last value, `most_excess` in percentage points over the whole.
    """

    kind: Kind
    direction: Direction
    decimals: int
    lowest: int | None = None
    highest: int | None = None
    most_change: int | None = None
    most_excess: int | None = None
    evidence_required: bool = False
    tolerance: int | None = None
    target: int | None = None
    baseline: int = 0
    start: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A number of another day."""

    as_of: date
    value: int


@dataclass(frozen=True, slots=True)
class Objection:
    """What is wrong or doubtful, and the figures that show it, as they are printed."""

    reason: Error | Doubt
    figures: Mapping[str, str | date]


def errors(value: int, has_evidence: bool, terms: Terms) -> list[Objection]:
    """Everything that keeps a number out."""
    found = []
    if terms.kind in WHOLE and value % MICRO:
        found.append(Objection(Error.NOT_WHOLE, {}))
    elif value % 10 ** (DECIMALS - terms.decimals):
        found.append(Objection(Error.TOO_FINE, {"decimals": str(terms.decimals)}))
    if terms.kind is Kind.RANK and value < MICRO:
        found.append(Objection(Error.BEFORE_FIRST, {}))
    if terms.kind is Kind.DELIVERABLE and value < 0:
        found.append(Objection(Error.NEGATIVE, {}))
    if terms.lowest is not None and value < terms.lowest:
        found.append(Objection(Error.BELOW_LOWEST, {"limit": figure(terms.lowest)}))
    if terms.highest is not None and value > terms.highest:
        found.append(Objection(Error.ABOVE_HIGHEST, {"limit": figure(terms.highest)}))
    if terms.evidence_required and not has_evidence:
        found.append(Objection(Error.NO_EVIDENCE, {}))
    return found


def doubts(value: int, terms: Terms, before: Known | None, after: Known | None) -> list[Objection]:
    """Everything that wants a comment; `before` and `after` are the nearest known numbers that this one continues."""
    found = (_falls(value, terms, before), _exceeds(value, terms, after), _jumps(value, terms, before))
    return [one for one in (*found, _over_complete(value, terms)) if one is not None]


def continues(terms: Terms, one: date, other: date) -> bool:
    """Whether two days belong to one count: a running total begins anew with its target, or with the year."""
    if terms.kind not in ADDS_UP:
        return True
    begun = [terms.start is not None and day >= terms.start for day in (one, other)]
    return all(begun) or (not any(begun) and one.year == other.year)


def _grows(terms: Terms) -> bool:
    """Whether the number may only grow; a target below its baseline is reached by falling."""
    return terms.kind in ADDS_UP and (terms.target is None or terms.target >= terms.baseline)


def _falls(value: int, terms: Terms, before: Known | None) -> Objection | None:
    if before is None or not _grows(terms) or value >= before.value:
        return None
    return Objection(Doubt.FALLS, _beside(before, before.value - value))


def _exceeds(value: int, terms: Terms, after: Known | None) -> Objection | None:
    if after is None or not _grows(terms) or value <= after.value:
        return None
    return Objection(Doubt.EXCEEDS_NEXT, _beside(after, value - after.value))


def _beside(other: Known, apart: int) -> dict[str, str | date]:
    return {"day": other.as_of, "other": figure(other.value), "apart": figure(apart)}


def _jumps(value: int, terms: Terms, before: Known | None) -> Objection | None:
    """A change of more than so many per cent of the last value; of nothing there is no share."""
    if before is None or terms.most_change is None or before.value == 0:
        return None
    change, most = Fraction(abs(value - before.value) * 100, abs(before.value)), to_fraction(terms.most_change)
    if change <= most:
        return None
    beside: dict[str, str | date] = {"day": before.as_of, "other": figure(before.value)}
    return Objection(Doubt.JUMPS, {**beside, "share": above(change, most), "limit": figure(terms.most_change)})


def _over_complete(value: int, terms: Terms) -> Objection | None:
    """More than the whole by more than so many points: of what was to be reached, cut down, or kept within."""
    share = None if terms.most_excess is None else _completion(value, terms)
    if share is None or terms.most_excess is None:
        return None
    excess, most = (share - 1) * 100, to_fraction(terms.most_excess)
    if excess <= max(most, Fraction(0)):
        return None
    figures: dict[str, str | date] = {"share": above(share * 100, most + 100), "excess": above(excess, most)}
    return Objection(Doubt.OVER_COMPLETE, {**figures, "limit": figure(terms.most_excess)})


def _completion(value: int, terms: Terms) -> Fraction | None:
    if terms.target is None or terms.kind in NO_SHARE or terms.direction is Direction.BAND:
        return None
    whole = terms.target - terms.baseline
    return Fraction(value - terms.baseline, whole) if whole else None


def figure(micro: int) -> str:
    """A quantity in full, its thousands set apart."""
    text = printed(to_fraction(micro), DECIMALS, grouped=True)
    return text.rstrip("0").removesuffix(".")


def above(value: Fraction, limit: Fraction) -> str:
    """A number over a limit with one decimal, or as many as keep it from looking like the limit itself."""
    texts = (printed(value, decimals) for decimals in range(1, DECIMALS + 1))
    return next((text for text in texts if Fraction(text) > limit), printed(value, DECIMALS)).removesuffix(".0")
