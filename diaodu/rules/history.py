"""What earlier verdicts say of each target: streaks, counts in quarter and year, the level before (历史).

Looked back at are the periods before the one a target is judged for, each by the last verdict made of it. A period
without data (not reported, not yet due, no target) is passed over: it neither lengthens a streak nor breaks it. One
that had data and no level breaks it.
"""

import polars as pl

from diaodu.rules.condition import Condition
from diaodu.rules.judgement_frame import NAMES
from diaodu.rules.level import Policy, Release, Scope
from diaodu.rules.measure_family import HISTORY, call
from diaodu.rules.verdict import Reason

SCHEMA = {"target_id": pl.Int64, "period": pl.Date, "level": pl.String, "severity": pl.Int64, "reason": pl.String}
"""One row a target and period: the last verdict made of it."""
PREVIOUS = ("previous_level", "previous_run")
"""The level of the period before (null for none) and for how many periods on end it has been that level."""
FINE = "fine_before"
"""For how many periods on end, before this one, the target was fine."""
WITHOUT_VERDICTS = frozenset({"month", *NAMES})
"""Measures beside those of `MEASURES` that no earlier verdict has a say in."""
_DATALESS = [Reason.NOT_REPORTED, Reason.AWAITED, Reason.SOURCE_DOWN, Reason.NO_TARGET, Reason.NOT_STARTED]


def asked(policy: Policy, scope: Scope = Scope.ITEM) -> frozenset[str]:
    """The measures of history that the conditions of the policy's `levels` name, which are for what `scope` says."""
    texts = [text for level in policy.levels for text in level.conditions]
    texts += [dimension.applies for dimension in policy.dimensions if dimension.applies]
    named = frozenset(name for text in texts for name in Condition.parse(text, scope).measures)
    return frozenset(name for name in named if name.partition("(")[0] in HISTORY)


def looks_back(policy: Policy, scope: Scope = Scope.ITEM) -> bool:
    """Whether earlier verdicts have a say in it."""
    if any(level.is_held or level.release is Release.PERIODS for level in policy.levels):
        return True
    return bool(asked(policy, scope) - WITHOUT_VERDICTS)


def with_history(frame: pl.DataFrame, past: pl.DataFrame, names: frozenset[str], of: str = "target_id") -> pl.DataFrame:
    """Adds the measures named, `PREVIOUS` and `FINE` to a frame of standings, from `past` (`SCHEMA`, of all targets).

    `of` is the column of whose verdicts they are: `unit_id` where whole units are judged.
    """
    at = frame.select(of, now=pl.col("required_as_of"))
    back = (
        past.filter(pl.col("reason").is_in([reason.value for reason in _DATALESS]).not_())
        .join(at, on=of)
        .filter(pl.col("period") < pl.col("now"))
        .sort(of, "period", descending=[False, True])
    )
    said = {name: _said(name) for name in sorted(names) if name not in WITHOUT_VERDICTS}
    found = back.group_by(of, maintain_order=True).agg(
        **said,
        previous_level=pl.col("level").first(),
        previous_run=_run(pl.col("level") == pl.col("level").first()),
        fine_before=_run(pl.col("severity") <= 0),
    )
    counted = [name for name in said if HISTORY[name.partition("(")[0]].unit == "count"]
    added = frame.drop(found.columns[1:], "month", strict=False).join(found, on=of, how="left", maintain_order="left")
    months = [pl.col("as_of").dt.month().cast(pl.Int64).alias("month")] if "month" in names else []
    return added.with_columns(*(pl.col(name).fill_null(0) for name in (*counted, "previous_run", FINE)), *months)


def _run(holds: pl.Expr) -> pl.Expr:
    """For how many rows on end, from the first, it holds."""
    return holds.fill_null(False).cast(pl.Int64).cum_prod().sum().cast(pl.Int64)


def _said(name: str) -> pl.Expr:
    """A measure over one target's earlier periods, the newest first."""
    family, numbers = call(name)
    is_at = (pl.col("severity") >= (numbers[0] if numbers else 0)).fill_null(False)
    in_year = pl.col("period").dt.year() == pl.col("now").dt.year()
    in_quarter = in_year & (pl.col("period").dt.quarter() == pl.col("now").dt.quarter())
    said = {
        "lag_streak": _run(is_at),
        "level_count_n": is_at.head(numbers[-1] if numbers else 0).sum().cast(pl.Int64),
        "level_count_q": (is_at & in_quarter).sum().cast(pl.Int64),
        "level_count_y": (is_at & in_year).sum().cast(pl.Int64),
        "worst_q": pl.col("severity").filter(in_quarter).max(),
        "worst_y": pl.col("severity").filter(in_year).max(),
        "previous_severity": pl.col("severity").first(),
    }
    return said[family.name]
