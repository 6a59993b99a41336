"""连续次数: for how many periods on end a target has been warned of, as a notice counts them."""

from collections.abc import Mapping
from datetime import date, datetime

import polars as pl
from sqlmodel import Session

from diaodu.rules.history import with_history
from diaodu.storage.verdict import past

AT_ONCE = 500
"""Targets named to the database in one statement."""
WARNED = "lag_streak(1)"


def streaks(
    session: Session, scheme_id: int, periods: Mapping[int, date | None], as_of: date, known_at: datetime
) -> dict[int, int]:
    """By target: the period it is warned for, and those on end before it that had a level that warns."""
    found: dict[int, int] = {}
    targets = sorted(periods)
    for start in range(0, len(targets), AT_ONCE):
        few = targets[start : start + AT_ONCE]
        now = pl.DataFrame(
            {"target_id": few, "required_as_of": [periods[target] for target in few]},
            schema={"target_id": pl.Int64, "required_as_of": pl.Date},
        )
        counted = with_history(now, past(session, scheme_id, as_of, known_at, few), frozenset({WARNED}))
        found |= {target: before + 1 for target, before in counted.select("target_id", WARNED).iter_rows()}
    return found
