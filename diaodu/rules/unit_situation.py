"""Units that levels for units are tried on: so many items of each severity, around every number drawn (单位情形)."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, product

from sqlglot import exp

from diaodu.rules.measure_family import UNIT_HISTORY, measure_of
from diaodu.rules.situation import MOST, alone, boundaries
from diaodu.rules.truth import Values
from diaodu.rules.unit_measure import Items, Rank, unit_values

GROUP_SIZE = 20
PLENTY = 10
"""Items enough that a share can lie on either side of its boundary."""


def unit_situations(conditions: Sequence[exp.Expr], severities: Sequence[int]) -> Iterator[Values]:
    """Combinations of items by severity, silent ones, ranks and earlier verdicts; plainest first, at most `MOST`."""
    drawn = boundaries(conditions)
    numbers = {n for name, found in drawn.items() if _counts(name) for n in found}
    counts = sorted({0, 1, PLENTY} | {int(n) + d for n in numbers for d in (-1, 0, 1) if int(n) + d >= 0})
    silent = counts if "items_not_reported" in drawn else [0]
    mixes = product(counts, repeat=len(severities))
    rest = list(product(silent, _places(drawn), _pasts(drawn)))
    for (unreported, place, past), of_each in islice(product(rest, mixes), MOST):
        found = tuple(s for s, number in zip(severities, of_each, strict=True) for _ in range(number))
        if found or unreported:
            items = Items(len(found) + unreported, unreported, found)
            yield unit_values(items, place if found else Rank(), drawn, past)


def _counts(name: str) -> bool:
    """Whether it is a number of items."""
    return measure_of(name).unit == "count" and name.partition("(")[0] not in UNIT_HISTORY


def _pasts(drawn: dict[str, set[Fraction]]) -> list[Values]:
    """What earlier verdicts on the unit may say, around every number drawn."""
    axes = [alone(name, drawn[name]).points for name in sorted(drawn) if name.partition("(")[0] in UNIT_HISTORY]
    return [{name: value for point in points for name, value in point.items()} for points in product(*axes)]


def _places(drawn: dict[str, set[Fraction]]) -> list[Rank]:
    """Ranks around every number drawn, from either end."""
    if not any(name.startswith(("unit_rank", "unit_group")) for name in drawn):
        return [Rank()]
    tops = {int(n) + d for n in drawn.get("unit_rank", ()) for d in (0, 1)} | {1, GROUP_SIZE}
    tops |= {GROUP_SIZE + 1 - int(n) - d for n in drawn.get("unit_rank_from_bottom", ()) for d in (0, 1)}
    return [Rank(top, GROUP_SIZE + 1 - top, GROUP_SIZE) for top in sorted(tops) if 1 <= top <= GROUP_SIZE]
