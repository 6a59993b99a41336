"""A unit's measures: counts and shares of the levels of all its items, and its place among its group (单位测度)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from diaodu.rules.measure_family import call
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


def ranks(shares: Mapping[str, Fraction | None], groups: Mapping[str, str | None]) -> dict[str, Rank]:
    """The rank of every unit, from its share and its group; units of no group are ranked among themselves."""
    found = {}
    for unit, mine in shares.items():
        peers = [s for other, s in shares.items() if s is not None and groups[other] == groups[unit]]
        if mine is None:
            found[unit] = Rank()
        else:
            better, worse = sum(s < mine for s in peers), sum(s > mine for s in peers)
            found[unit] = Rank(better + 1, worse + 1, len(peers))
    return found


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


def unit_values(items: Items, rank: Rank, names: Iterable[str]) -> Values:
    """The exact value of each measure named, None where it has none."""
    found = {}
    for name in names:
        family, numbers = call(name)
        value = _SAID[family.name](items, rank, numbers)
        found[name] = None if value is None else Fraction(value)
    return found
