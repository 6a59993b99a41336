"""Situations a target can be in, chosen so that every boundary a policy draws is met, just missed and passed (情形)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product

from sqlglot import exp

from diaodu.rules.comparison import exact_value
from diaodu.rules.measure_family import measure_of
from diaodu.rules.quantity import MICRO
from diaodu.rules.truth import Values
from diaodu.rules.workday import Workdays

MOST = 20_000
"""Situations looked at; beyond it the axes that matter less are thinned out."""
TARGET = Fraction(1200)
DAYS_TO_PLAN = (Fraction(1, 2), Fraction(11, 12), Fraction(0))
"""Shares of the way that should be done by the day: halfway, near the end, and before anything is planned."""
STEP = Fraction(1, MICRO)
A_BIT = Fraction(5, 100)
"""Of the target: far enough beyond a boundary to be an example."""
LEAST = {"rank": 1, "count": 0, "days": 0, "working days": 0, "months": 0}
"""Below this a measure of the unit never is."""
AS_OF = date(2026, 6, 30)
PROGRESS = frozenset({"actual", "target", "planned", "completion", "expected", "gap_pp", "ratio", "shortfall"})
OVERDUE = frozenset(
    {
        "overdue_days",
        "overdue_workdays",
        "months_since_due",
        "milestones_due",
        "milestones_met",
        "milestones_unmet",
    }
)


@dataclass(frozen=True, slots=True)
class Axis:
    """Values that go together, one situation after the other, in the order of what they mainly measure."""

    points: tuple[Values, ...]


def situations(conditions: Sequence[exp.Expr]) -> Iterator[dict[str, Fraction | None]]:
    """Every combination of what the conditions speak of; what cannot happen together is not combined."""
    drawn = boundaries(conditions)
    axes = []
    if drawn.keys() & PROGRESS:
        axes.append(_progress(drawn))
    if drawn.keys() & OVERDUE:
        axes.append(_overdue(drawn))
    axes += [alone(name, drawn[name]) for name in sorted(drawn.keys() - PROGRESS - OVERDUE)]
    while _size(axes) > MOST:
        longest = max(range(len(axes)), key=lambda i: (i > 0, len(axes[i].points)))
        axes[longest] = Axis(axes[longest].points[::2])
    for points in product(*(axis.points for axis in axes)):
        yield {name: value for point in points for name, value in point.items()}


def boundaries(conditions: Sequence[exp.Expr]) -> dict[str, set[Fraction]]:
    """The numbers each measure is held against, wherever a comparison has a measure on one side and a number on the
    other; measures that stand in arithmetic have none."""
    drawn: dict[str, set[Fraction]] = {}
    for tree in conditions:
        for column in tree.find_all(exp.Column):
            drawn.setdefault(column.name, set())
        for node in tree.walk():
            for left, right in _compared(node):
                number = exact_value(right, lambda _: None) if not right.find(exp.Column) else None
                if isinstance(left, exp.Column) and number is not None:
                    drawn[left.name].add(number)
    return drawn


def _compared(node: exp.Expr) -> list[tuple[exp.Expr, exp.Expr]]:
    match node:
        case exp.Between():
            return [(node.this, node.args["low"]), (node.this, node.args["high"])]
        case exp.In():
            return [(node.this, each) for each in node.expressions]
        case exp.EQ() | exp.NEQ() | exp.GT() | exp.GTE() | exp.LT() | exp.LTE():
            return [(node.this, node.expression), (node.expression, node.this)]
    return []


def _progress(drawn: Mapping[str, set[Fraction]]) -> Axis:
    points: list[Values] = []
    for share in DAYS_TO_PLAN:
        planned = share * TARGET
        amounts = {Fraction(0), planned, TARGET, TARGET * Fraction(11, 10)}
        amounts |= {planned + g * TARGET / 100 for g in drawn.get("gap_pp", ())}
        amounts |= {c * TARGET for c in drawn.get("completion", ())} | drawn.get("actual", set())
        if planned:
            amounts |= {r * planned for r in drawn.get("ratio", ())}
            amounts |= {(1 - s) * planned for s in drawn.get("shortfall", ())}
        amounts |= {amount + side * A_BIT * TARGET for amount in amounts for side in (-1, 1)}
        points += [_reached(amount, planned) for amount in _around(amounts, STEP) if amount >= 0]
    return Axis(tuple(points))


def _reached(actual: Fraction, planned: Fraction) -> Values:
    return {
        "actual": actual,
        "target": TARGET,
        "planned": planned,
        "completion": actual / TARGET,
        "expected": planned / TARGET,
        "gap_pp": (actual - planned) / TARGET * 100,
        "ratio": actual / planned if planned else None,
        "shortfall": (planned - actual) / planned if planned else None,
    }


def _overdue(drawn: Mapping[str, set[Fraction]]) -> Axis:
    days = {Fraction(0), Fraction(1)} | drawn.get("overdue_days", set())
    days |= {n * 7 / 5 for n in drawn.get("overdue_workdays", ())} | {n * 30 for n in drawn.get("months_since_due", ())}
    counts = {Fraction(1)} | drawn.get("milestones_unmet", set())
    unmet = sorted({int(n) + d for n in counts for d in (-1, 0, 1) if int(n) + d > 0})
    none: Values = dict.fromkeys(OVERDUE) | {name: Fraction(0) for name in OVERDUE if name.startswith("milestones")}
    late = [_late(int(day), n) for day in _around(days, Fraction(1)) if day >= 0 for n in unmet]
    return Axis((none, *late))


def _late(days: int, unmet: int) -> Values:
    due = AS_OF - timedelta(days=days)
    months = (AS_OF.year - due.year) * 12 + AS_OF.month - due.month - (AS_OF.day < due.day)
    known = {
        "overdue_days": days,
        "overdue_workdays": Workdays({}).between(due, AS_OF),
        "months_since_due": months,
        "milestones_due": unmet,
        "milestones_met": 0,
        "milestones_unmet": unmet,
    }
    return {name: Fraction(value) for name, value in known.items()}


def alone(name: str, numbers: set[Fraction]) -> Axis:
    """A measure that goes with no other: around its boundaries, and unknown where it can be."""
    step = Fraction(1) if measure_of(name).whole and measure_of(name).scale == 1 else STEP
    least = LEAST.get(measure_of(name).unit) if name != "rank_change" else None
    found = [value for value in _around(numbers or {Fraction(0)}, step) if least is None or value >= least]
    points: list[Values] = [{name: value} for value in found]
    return Axis(tuple(points) if measure_of(name).empty == "从不" else (*points, {name: None}))


def _around(numbers: set[Fraction], step: Fraction) -> list[Fraction]:
    """Each number, what lies a step beside it, and what lies between it and the next."""
    ordered = sorted(numbers)
    between = {(a + b) / 2 for a, b in pairwise(ordered)} if step != 1 else set()
    beyond = {ordered[0] - 10 * step, ordered[-1] + 10 * step}
    return sorted(between | beyond | {n + d for n in ordered for d in (-step, Fraction(0), step)})


def _size(axes: Sequence[Axis]) -> int:
    size = 1
    for axis in axes:
        size *= len(axis.points)
    return size
