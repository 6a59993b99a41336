"""A unit's measures: counts and shares of the levels of all its items, and its place among its group (单位测度)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from diaodu.rules.measure_family import HISTORY, call
from diaodu.rules.truth import Values


@dataclass(frozen=True, slots=True)
class Items:
    """What became of one unit's targets: how many there are and did not report, and the severities of the rest."""

    total: int
    not_reported: int
    severities: tuple[int, ...]

    @property
    def share_warned(self) -> Fraction | None:
        return self.share(1)

    def share(self, severity: int) -> Fraction | None:
        judged = len(self.severities)
        return Fraction(self.at_least(severity), judged) if judged else None

    def at_least(self, severity: int) -> int:
        return sum(each >= severity for each in self.severities)


@dataclass(frozen=True, slots=True)
class Rank:
    """Inside its group, by the share of items that warn; equal shares share their rank. None: nothing to rank by."""

    place: int | None = None
    from_bottom: int | None = None
    group_size: int | None = None


@dataclass(frozen=True, slots=True)
class Peer:
    """Another unit of the group: the share of its items that warn, as reported, and the least and most it can be."""

    share: Fraction | None
    least: Fraction | None
    most: Fraction | None


def placed(mine: Fraction | None, others: Sequence[Fraction | None]) -> Rank:
    """The rank of a unit with this share among others; those without a share have no place."""
    shares = [share for share in others if share is not None]
    if mine is None:
        return Rank()
    return Rank(sum(s < mine for s in shares) + 1, sum(s > mine for s in shares) + 1, len(shares) + 1)


_SAID: dict[str, Callable[[Items, Rank, tuple[int, ...]], Fraction | int | None]] = {
    "items_all": lambda items, _, __: items.total,
    "items": lambda items, _, __: len(items.severities),
    "items_not_reported": lambda items, _, __: items.not_reported,
    "items_warned": lambda items, _, __: items.at_least(1),
    "items_at": lambda items, _, numbers: items.severities.count(numbers[0]),
    "items_from": lambda items, _, numbers: items.at_least(numbers[0]),
    "share_warned": lambda items, _, __: items.share_warned,
    "share_from": lambda items, _, numbers: items.share(numbers[0]),
    "worst": lambda items, _, __: max(items.severities, default=None),
    "unit_rank": lambda _, rank, __: rank.place,
    "unit_rank_from_bottom": lambda _, rank, __: rank.from_bottom,
    "unit_group_size": lambda _, rank, __: rank.group_size,
}


def unit_values(
    items: Items, rank: Rank, names: Iterable[str], history: Mapping[str, Fraction | int | None] | None = None
) -> Values:
    """The exact value of each measure named, None where it has none; those of `HISTORY` are given."""
    found = {}
    for name in names:
        family, numbers = call(name)
        is_past = family.name in HISTORY
        value = (history or {}).get(name) if is_past else _SAID[family.name](items, rank, numbers)
        found[name] = None if value is None else Fraction(value)
    return found
