"""The published rules at work: a policy gives every target of a frame its level, or says why not (预警规则)."""

import polars as pl

from diaodu.rules.condition import Condition
from diaodu.rules.level import Issue, Level, Policy
from diaodu.rules.policy_document import read_policy
from diaodu.rules.policy_field import PolicyFault, PolicyFaults
from diaodu.rules.verdict import Reason, State
from diaodu.rules.workday import Workdays

__all__ = ["Issue", "Level", "Policy", "PolicyFault", "PolicyFaults", "judge", "read_policy"]

UNJUDGED = {
    State.NOT_REPORTED: Reason.NOT_REPORTED,
    State.AWAITED: Reason.AWAITED,
    State.SOURCE_DOWN: Reason.SOURCE_DOWN,
    State.NO_TARGET: Reason.NO_TARGET,
    State.NOT_STARTED: Reason.NOT_STARTED,
}
"""Why a target in such a state has no level: data late is never progress late."""


def judge(frame: pl.DataFrame, policy: Policy | None, workdays: Workdays) -> pl.DataFrame:
    """Adds `reason`, `level` (code), `level_name` and `severity` to a frame with `state`, measures and ranks.

    The first level whose condition holds, in order of precedence, is the level; what is unknown does not hold.
    Without a policy there is no level, and that is the reason.
    """
    levels = policy.levels if policy else ()
    undecided = frame["state"] == State.REPORTED.value
    chosen = pl.repeat(None, frame.height, dtype=pl.UInt32, eager=True)
    for position, level in enumerate(levels):
        if level.when is not None and undecided.any():
            reached = Condition.parse(level.when).holds(frame, workdays, among=undecided) & undecided
            chosen = chosen.set(reached, position)
            undecided &= ~reached
    named = pl.DataFrame(
        {
            "level": [level.code for level in levels],
            "level_name": [level.name for level in levels],
            "severity": [level.severity for level in levels],
        },
        schema={"level": pl.String, "level_name": pl.String, "severity": pl.Int64},
    )
    unmatched = Reason.NO_LEVEL_MATCHED if policy else Reason.NO_POLICY
    return frame.with_columns(_reason(chosen, unmatched), *(named[name].gather(chosen) for name in named.columns))


def _reason(chosen: pl.Series, unmatched: Reason) -> pl.Expr:
    judged = pl.when(pl.lit(chosen).is_not_null()).then(pl.lit(Reason.LEVEL_MATCHED.value))
    return (
        pl.when(pl.col("state") == State.REPORTED.value)
        .then(judged.otherwise(pl.lit(unmatched.value)))
        .otherwise(pl.col("state").replace({state.value: reason.value for state, reason in UNJUDGED.items()}))
        .alias("reason")
    )
