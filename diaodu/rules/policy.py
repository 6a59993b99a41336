"""The published rules at work: a policy gives every target of a frame its level, or says why not (预警规则)."""

import polars as pl

from diaodu.rules.condition import Condition
from diaodu.rules.dimension import Dimension
from diaodu.rules.hold import held
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
    """Adds `reason`, `level` (code), `level_name`, `severity` and `dimension` to a frame with `state`, measures, ranks.

    In each dimension the first level whose condition holds, in order of precedence, is its level; what is unknown does
    not hold. The gravest of them is the verdict. Where levels depend on those before, the frame has `rules.history`.
    Without a policy there is no level, and that is the reason.
    """
    levels = policy.levels if policy else ()
    chosen, dimension = _worst(frame, policy, workdays) if policy else (_nothing(frame, pl.UInt32), None)
    kept = _nothing(frame, pl.String)
    if any(level.is_held for level in levels):
        chosen, kept = held(frame, levels, chosen, lambda level, rows: _released(level, frame, rows, workdays))
    named = pl.DataFrame(
        {
            "level": [level.code for level in levels],
            "level_name": [level.name for level in levels],
            "severity": [level.severity for level in levels],
        },
        schema={"level": pl.String, "level_name": pl.String, "severity": pl.Int64},
    )
    unmatched = Reason.NO_LEVEL_MATCHED if policy else Reason.NO_POLICY
    said = _nothing(frame, pl.String) if dimension is None else dimension.set(kept.is_not_null(), None)
    return frame.with_columns(
        _reason(chosen, kept, unmatched), *(named[name].gather(chosen) for name in named.columns), dimension=said
    )


def _released(level: Level, frame: pl.DataFrame, among: pl.Series, workdays: Workdays) -> pl.Series:
    assert level.until is not None
    return Condition.parse(level.until).holds(frame, workdays, among=among)


def _worst(frame: pl.DataFrame, policy: Policy, workdays: Workdays) -> tuple[pl.Series, pl.Series | None]:
    """Position of the gravest level any dimension gives, null for none, and the first dimension that gives it."""
    reported = frame["state"] == State.REPORTED.value
    if not policy.dimensions:
        return _first(frame, policy.levels, None, reported, workdays), None
    sides = looked_at(frame, policy.dimensions, workdays, reported)
    severity = pl.Series([level.severity for level in policy.levels], dtype=pl.Int64)
    chosen, worst, names = _nothing(frame, pl.UInt32), _nothing(frame, pl.Int64), _nothing(frame, pl.String)
    nowhere = reported
    for code, among in sides.items():
        place = _first(frame, policy.levels, code, among, workdays)
        graver = (worst.is_null() | (severity.gather(place) > worst)).fill_null(False) & place.is_not_null()
        chosen = place.zip_with(graver, chosen)
        worst, names = severity.gather(place).zip_with(graver, worst), names.set(graver, code)
        nowhere = nowhere & ~among
    rest = _first(frame, policy.levels, None, nowhere, workdays)
    return rest.zip_with(nowhere, chosen), names


def looked_at(
    frame: pl.DataFrame, dimensions: tuple[Dimension, ...], workdays: Workdays, among: pl.Series
) -> dict[str, pl.Series]:
    """By dimension (code), which of the rows `among` are looked at in it."""
    found = {each.code: among & frame.select(among=each.is_among())["among"] for each in dimensions}
    for each in dimensions:
        if each.applies is not None:
            found[each.code] &= Condition.parse(each.applies).holds(frame, workdays, among=found[each.code])
    for each in dimensions:
        if each.others:
            for other in dimensions:
                found[each.code] &= among if other.others else ~found[other.code]
    return found


def _first(
    frame: pl.DataFrame, levels: tuple[Level, ...], dimension: str | None, among: pl.Series, workdays: Workdays
) -> pl.Series:
    """Position of the first level whose condition holds in each row `among`; null elsewhere and where none does."""
    undecided, chosen = among, _nothing(frame, pl.UInt32)
    for position, level in enumerate(levels):
        condition = level.condition(dimension)
        if condition is not None and undecided.any():
            reached = Condition.parse(condition).holds(frame, workdays, among=undecided) & undecided
            chosen = chosen.set(reached, position)
            undecided &= ~reached
    return chosen


def _nothing(frame: pl.DataFrame, kind: type[pl.DataType]) -> pl.Series:
    return pl.repeat(None, frame.height, dtype=kind, eager=True)


def _reason(chosen: pl.Series, kept: pl.Series, unmatched: Reason) -> pl.Expr:
    judged = pl.coalesce(pl.lit(kept), pl.when(pl.lit(chosen).is_not_null()).then(pl.lit(Reason.LEVEL_MATCHED.value)))
    return (
        pl.when(pl.col("state") == State.REPORTED.value)
        .then(pl.coalesce(judged, pl.lit(unmatched.value)))
        .otherwise(pl.col("state").replace({state.value: reason.value for state, reason in UNJUDGED.items()}))
        .alias("reason")
    )
