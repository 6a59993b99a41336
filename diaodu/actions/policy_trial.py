"""试算: a policy tried on data that are there, before it is put into force: who would stand where, who would move."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from sqlmodel import Session

from diaodu.actions.assess import assess
from diaodu.actions.levelling import levelled
from diaodu.actions.warning_round import ASSESSED
from diaodu.rules.level import Policy

JUDGED = ("reason", "level", "level_name", "severity", "dimension")


@dataclass(frozen=True, slots=True)
class Trial:
    """`counts`: targets by level name, the gravest first. `moved`: one row a target whose level changes."""

    as_of: date
    counts: Mapping[str, int]
    unmatched: int
    moved: pl.DataFrame

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
    return Trial(as_of, counts, unmatched, moved.select("indicator_name", "unit", "unit_name", "was", "level_name"))
