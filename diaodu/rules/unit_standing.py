"""What a verdict on a whole unit rests on: what became of each of its targets, and how its peers stand (单位现状)."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from diaodu.rules.unit_measure import Items, Peer
from diaodu.rules.verdict import State

MISSING = (State.NOT_REPORTED, State.AWAITED, State.SOURCE_DOWN)
"""Why an item may be missing: the gravest first."""
_NOT_COUNTED = [State.NO_TARGET.value, State.NOT_STARTED.value]


@dataclass(frozen=True, slots=True)
class Item:
    """One target of the unit as it was judged. `is_exempt`: its own warning is exempted, and it is not counted."""

    target_id: int
    name: str  # of its indicator
    state: State
    level: str | None  # by name
    severity: int | None
    is_exempt: bool = False


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One unit as of one day. `history` holds what earlier verdicts on it say, where its rules ask for that."""

    unit_id: int
    unit: str
    unit_name: str
    group: str | None
    as_of: date
    period: date | None  # the newest that any of its items is judged for
    reported_as_of: date | None  # of its newest number
    items: tuple[Item, ...]
    peers: tuple[Peer, ...] = ()
    history: Mapping[str, int | None] | None = None
    previous_level: str | None = None
    previous_run: int = 0
    fine_before: int = 0

    @property
    def counted(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.is_exempt)

    @property
    def missing(self) -> tuple[Item, ...]:
        return tuple(item for item in self.counted if item.state in MISSING)

    @property
    def as_reported(self) -> Items:
        silent = sum(item.state is State.NOT_REPORTED for item in self.counted)
        severities = tuple(item.severity for item in self.counted if item.severity is not None)
        return Items(len(self.items), silent, severities)

    def supposing(self, severity: int) -> Items:
        """As if every missing item were of one severity."""
        known = self.as_reported
        return replace(known, severities=(*known.severities, *(severity for _ in self.missing)))


def unit_standings(judged: pl.DataFrame, unit_ids: Mapping[str, int], exempt: Collection[int]) -> list[UnitStanding]:
    """Every unit with a target that has begun, in the order of a judged frame; `exempt` are targets."""
    started = judged.filter(pl.col("state").is_in(_NOT_COUNTED).not_())
    return [
        _standing(part, unit_ids[str(unit)], exempt) for (unit,), part in started.group_by("unit", maintain_order=True)
    ]


def _standing(part: pl.DataFrame, unit_id: int, exempt: Collection[int]) -> UnitStanding:
    names = ("target_id", "indicator_name", "state", "level_name", "severity")
    items = (
        Item(target_id, name, State(state), level, severity, target_id in exempt)
        for target_id, name, state, level, severity in part.select(names).iter_rows()
    )
    first = part.row(0, named=True)
    newest = part.select(pl.col("required_as_of", "reported_as_of").max()).row(0, named=True)
    return UnitStanding(
        unit_id=unit_id,
        unit=first["unit"],
        unit_name=first["unit_name"],
        group=first["group"],
        as_of=first["as_of"],
        period=newest["required_as_of"],
        reported_as_of=newest["reported_as_of"],
        items=tuple(items),
    )


def among_peers(standings: Sequence[UnitStanding], severities: Iterable[int]) -> list[UnitStanding]:
    """With the shares of the other units of each one's group; units of no group are peers of each other."""
    ends = (0, max((*severities, 0)))
    peers = [
        Peer(one.as_reported.share_warned, *(one.supposing(end).share_warned for end in ends)) for one in standings
    ]
    both = list(zip(standings, peers, strict=True))
    return [
        replace(one, peers=tuple(p for other, p in both if other.group == one.group and other is not one))
        for one in standings
    ]


def to_json(standing: UnitStanding) -> str:
    """As it is stored: the same standing is the same text."""
    return json.dumps(asdict(standing), ensure_ascii=False, sort_keys=True, default=str)


def from_json(text: str) -> UnitStanding:
    row: dict[str, Any] = json.loads(text)
    items = tuple(Item(**(item | {"state": State(item["state"])})) for item in row.pop("items"))
    shares = ("share", "least", "most")
    peers = tuple(Peer(*(_fraction(peer[name]) for name in shares)) for peer in row.pop("peers"))
    days = {name: row[name] and date.fromisoformat(row[name]) for name in ("as_of", "period", "reported_as_of")}
    return UnitStanding(**(row | days), items=items, peers=peers)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
