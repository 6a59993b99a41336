"""How far one target has come, in exact fractions: the ruler that floats and rankings answer to (进度)."""

from fractions import Fraction

from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.quantity import MICRO
from diaodu.rules.standing import Standing
from diaodu.rules.trajectory import Path
from diaodu.rules.trajectory import planned as planned_on

SIGN = {Direction.HIGHER: 1, Direction.LOWER: -1, Direction.BAND: 0}
"""Whether a larger value is better (1), worse (-1), or neither (0)."""

NO_GROWTH = frozenset({Kind.GROWTH, Kind.RATIO, Kind.RANK})
"""Kinds whose year-on-year comparison is not a growth rate."""


def path(standing: Standing) -> Path | None:
    """The way planned for the target in force."""
    if standing.target is None:
        return None
    return Path(
        standing.trajectory,
        standing.start,
        standing.due,
        standing.baseline,
        standing.target,
        standing.past_due,
        standing.past_planned,
        standing.next_due,
        standing.next_planned,
    )


def path_before(standing: Standing) -> Path | None:
    """The way planned as it stood at the end of the previous period."""
    if standing.previous_target is None or standing.previous_baseline is None:
        return None
    return Path(
        standing.trajectory,
        standing.start,
        standing.due,
        standing.previous_baseline,
        standing.previous_target,
        standing.was_past_due,
        standing.was_past_planned,
        standing.was_next_due,
        standing.was_next_planned,
    )


def planned(standing: Standing) -> Fraction | None:
    """Millionths that should have been reached at `as_of`."""
    way = path(standing)
    return None if way is None else planned_on(way, standing.as_of)


def distance(standing: Standing) -> int | None:
    """Target less baseline, what shares are shares of; None for growth rates and bands, and where it is nothing."""
    if standing.target is None or standing.kind is Kind.GROWTH or standing.direction is Direction.BAND:
        return None
    return standing.target - standing.baseline or None


def is_limit(standing: Standing) -> bool:
    """Whether the target lies on the worse side of the baseline: a ceiling or floor to stay within, not a goal."""
    whole = distance(standing)
    return whole is not None and SIGN[standing.direction] * whole < 0


def completion(standing: Standing) -> Fraction | None:
    whole = distance(standing)
    if whole is None or standing.actual is None:
        return None
    return Fraction(standing.actual - standing.baseline, whole)


def expected(standing: Standing) -> Fraction | None:
    whole, plan = distance(standing), planned(standing)
    return None if whole is None or plan is None else (plan - standing.baseline) / whole


def gap_pp(standing: Standing) -> Fraction | None:
    """Percentage points ahead of plan, below 0 when behind, whichever direction is the good one."""
    if standing.direction is Direction.BAND:
        return _band_gap(standing)
    plan = planned(standing)
    if plan is None or standing.actual is None:
        return None
    ahead = SIGN[standing.direction] * (standing.actual - plan)
    if standing.kind is Kind.GROWTH:
        return ahead / MICRO
    whole = distance(standing)
    return None if whole is None else ahead / abs(whole) * 100


def _band_gap(standing: Standing) -> Fraction | None:
    """0 inside the band; outside, how far beyond the nearest bound, as a share of it (of itself for growth rates)."""
    if standing.actual is None or standing.target is None or standing.upper is None:
        return None
    bound = standing.upper if standing.actual > standing.upper else max(standing.actual, standing.target)
    beyond = abs(standing.actual - bound)
    if beyond == 0:
        return Fraction(0)
    if standing.kind is Kind.GROWTH:
        return Fraction(-beyond, MICRO)
    return Fraction(-100 * beyond, abs(bound)) if bound else None


def ratio(standing: Standing) -> Fraction | None:
    """1 is on schedule and more is better; needs a plan (and for less-is-better a value) above 0."""
    plan = _positive_plan(standing)
    if plan is None or standing.actual is None:
        return None
    if standing.direction is Direction.HIGHER:
        return standing.actual / plan
    return plan / standing.actual if standing.actual > 0 else None


def shortfall(standing: Standing) -> Fraction | None:
    plan = _positive_plan(standing)
    if plan is None or standing.actual is None:
        return None
    return SIGN[standing.direction] * (plan - standing.actual) / plan


def _positive_plan(standing: Standing) -> Fraction | None:
    plan = planned(standing)
    if plan is None or plan <= 0 or standing.kind is Kind.GROWTH or standing.direction is Direction.BAND:
        return None
    return plan


def period_rate(standing: Standing) -> Fraction | None:
    """This period's increment as a share of its planned increment; a target's first period counts from its baseline."""
    whole, plan, before = distance(standing), planned(standing), _before(standing)
    if whole is None or plan is None or before is None or standing.actual is None:
        return None
    actual_before, plan_before = before
    step = plan - plan_before
    return (standing.actual - actual_before) / step if step * whole > 0 else None


def _before(standing: Standing) -> tuple[int, Fraction] | None:
    """Value and plan at the end of the previous period."""
    if standing.previous_as_of is None or standing.previous_as_of < standing.start:
        return standing.baseline, Fraction(standing.baseline)
    way = path_before(standing)
    if way is None or standing.previous_actual is None:
        return None
    return standing.previous_actual, planned_on(way, standing.previous_as_of)


def milestone_rate(standing: Standing) -> Fraction | None:
    """Share of the next milestone's plan, or of the last due one's when none is next (达州: 为前三季度计划的82.7%)."""
    goal = standing.past_planned if standing.next_planned is None else standing.next_planned
    if distance(standing) is None or goal is None or standing.actual is None or goal == standing.baseline:
        return None
    return Fraction(standing.actual - standing.baseline, goal - standing.baseline)


def change(standing: Standing) -> Fraction | None:
    if standing.actual is None or standing.previous_actual is None:
        return None
    return Fraction(standing.actual - standing.previous_actual)


def growth(standing: Standing) -> Fraction | None:
    """Against the same day last year, as a share of that; nothing grows from zero or below."""
    before = standing.last_year_actual
    if standing.actual is None or before is None or before <= 0 or standing.kind in NO_GROWTH:
        return None
    return Fraction(standing.actual - before, before)


def reference_gap(standing: Standing, reference: Standing) -> Fraction | None:
    """Percentage points better than the unit above; `reference` is that unit's target for the same indicator."""
    sign = SIGN[standing.direction]
    if standing.kind is Kind.GROWTH and standing.actual is not None and reference.actual is not None:
        return Fraction(sign * (standing.actual - reference.actual), MICRO) if sign else None
    own, above = completion(standing), completion(reference)
    if own is None or above is None or is_limit(standing) != is_limit(reference):
        return None
    return (above - own if is_limit(standing) else own - above) * 100
