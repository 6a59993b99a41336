"""试算: a policy tried on data that are there, before it is put into force: who would stand where, who would move."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from sqlmodel import Session

from diaodu.actions.assess import assess
from diaodu.actions.levelling import levelled
from diaodu.actions.unit_levelling import levelled_units
from diaodu.rules.level import Policy
from diaodu.rules.standing import ASSESSED
from diaodu.rules.unit_verdict import UnitVerdict

JUDGED = ("reason", "level", "level_name", "severity", "dimension")


@dataclass(frozen=True, slots=True)
class Trial:
    """`counts`: targets by level name, the gravest first. `moved`: one row a target whose level changes.

    `unit_counts` and `moved_units` (name, level before, level after, why) are of units as wholes, where the policy has
    levels for them.
    """

    as_of: date
    counts: Mapping[str, int]
    unmatched: int
    moved: pl.DataFrame
    unit_counts: Mapping[str, int]
    units_unmatched: int
    moved_units: Sequence[tuple[str, str | None, str | None, str]]

    @property
    def units_moved(self) -> int:
        return self.moved["unit"].n_unique()


def tried(session: Session, scheme_id: int, policy: Policy, as_of: date, known_at: datetime) -> Trial:
    """What a policy would say of the assessed units as of a day, beside what the policy in force says. Writes nothing.

    Raises SchemeNotInForce.
    """
    found = assess(session, scheme_id, as_of, known_at)
    frame = found.frame.filter(ASSESSED)
    new = levelled(session, scheme_id, frame.drop(JUDGED), policy, found.workdays, as_of, known_at)
    both = new.with_columns(was=frame["level_name"])
    counted = Counter(new["level_name"].drop_nulls().to_list())
    counts = {level.name: counted[level.name] for level in policy.levels}
    unmatched = new.filter(reason="no_level_matched").height
    moved = both.filter(pl.col("level_name").ne_missing(pl.col("was")))
    units = levelled_units(session, scheme_id, new, policy, found.workdays, as_of, known_at)
    carded = Counter(_name(unit) for unit in units)
    return Trial(
        as_of=as_of,
        counts=counts,
        unmatched=unmatched,
        moved=moved.select("indicator_name", "unit", "unit_name", "was", "level_name"),
        unit_counts={level.name: carded[level.name] for level in policy.unit_levels},
        units_unmatched=carded[None],
        moved_units=_moved_units(found.units, units),
    )


def _moved_units(
    before: Sequence[UnitVerdict], after: Sequence[UnitVerdict]
) -> list[tuple[str, str | None, str | None, str]]:
    """Units that would stand elsewhere; those only the rules in force have a level for stand nowhere then."""
    was, now = ({unit.standing.unit_id: unit for unit in units} for units in (before, after))
    found = []
    for number, one in (was | now).items():
        old, new = (_name(units[number]) if number in units else None for units in (was, now))
        if old != new:
            why = one.explanation if number in now else ""
            found.append((one.standing.unit_name, old, new, why))
    return found


def _name(unit: UnitVerdict) -> str | None:
    return unit.level.name if unit.level else None
