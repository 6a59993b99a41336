"""The measures: what each number means, and its exact value for one target (测度)."""

from collections.abc import Callable
from fractions import Fraction

from diaodu.rules import lateness, progress
from diaodu.rules.catalogue import MEASURES, RANKS, Better, Measure
from diaodu.rules.standing import Standing
from diaodu.rules.verdict import State, state_of
from diaodu.rules.workday import Workdays

__all__ = ["MEASURES", "RANKS", "RELATIVE_ERROR", "Better", "Measure", "exact"]

RELATIVE_ERROR = 1e-12
"""A float measure of `rules.frame` differs from the exact one by less than this share of it, also next to 0."""

_PROGRESS: dict[str, Callable[[Standing], Fraction | None]] = {
    "planned": progress.planned,
    "completion": progress.completion,
    "expected": progress.expected,
    "gap_pp": progress.gap_pp,
    "ratio": progress.ratio,
    "shortfall": progress.shortfall,
    "period_rate": progress.period_rate,
    "milestone_rate": progress.milestone_rate,
    "elapsed_share": lateness.elapsed_share,
    "change": progress.change,
    "growth": progress.growth,
}

_WHOLE: dict[str, Callable[[Standing, Workdays], int | None]] = {
    "actual": lambda standing, _: standing.actual,
    "target": lambda standing, _: standing.target,
    "overdue_days": lambda standing, _: lateness.overdue_days(standing),
    "overdue_workdays": lateness.overdue_workdays,
    "months_since_due": lambda standing, _: lateness.months_since_due(standing),
    "days_to_due": lambda standing, _: lateness.days_to_due(standing),
    "workdays_to_due": lateness.workdays_to_due,
    "milestones_due": lambda standing, _: standing.milestones_due,
    "milestones_met": lambda standing, _: standing.milestones_met,
    "milestones_unmet": lambda standing, _: standing.milestones_due - standing.milestones_met,
    "report_overdue_workdays": lateness.report_overdue_workdays,
    "stale_days": lambda standing, _: lateness.stale_days(standing),
}


def exact(standing: Standing, name: str, workdays: Workdays, reference: Standing | None = None) -> Fraction | None:
    """The measure's exact value, None where it has none; every measure but `RANKS` (KeyError for any other name).

    `reference` is the standing of the parent unit's target for the same indicator; only `reference_gap` asks for it.
    """
    if not MEASURES[name].always and state_of(standing) is not State.REPORTED:
        return None
    if name == "reference_gap":
        known = reference is not None and state_of(reference) is State.REPORTED
        return progress.reference_gap(standing, reference) if reference is not None and known else None
    if name in _PROGRESS:
        return _PROGRESS[name](standing)
    value = _WHOLE[name](standing, workdays)
    return None if value is None else Fraction(value)
