"""Comparisons over a whole frame: floats decide where they are beyond doubt, fractions where they are not (比较)."""

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import polars as pl
from sqlglot import exp

from diaodu.rules.frame import exact_at
from diaodu.rules.measure_family import measure_of
from diaodu.rules.quotient import signs
from diaodu.rules.workday import Workdays

TOLERANCE = 1e-9
"""Sides closer than this share of the largest number that entered them (or of 1) are compared exactly."""
WHOLE_LIMIT = 2.0**53
"""Floats count whole numbers exactly below this."""

RELATIONS: dict[type[exp.Expr], Callable[[Any, Any], Any]] = {
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
}


class Comparisons:
    """The comparisons of one condition over one frame; exact answers are worked out only for the rows `among`."""

    def __init__(self, frame: pl.DataFrame, workdays: Workdays, among: pl.Series) -> None:
        self.frame, self.workdays, self.among = frame, workdays, among

    def is_null(self, measure: str) -> pl.Series:
        return self.frame[measure].is_null()

    def compare(self, relation: type[exp.Expr], left: exp.Expr, right: exp.Expr) -> pl.Series:
        """`left` against `right` in every row; null where a side is unknown or divides by zero."""
        names = sorted({column.name for side in (left, right) for column in side.find_all(exp.Column)})
        numbers = self.frame.select(
            pl.all_horizontal(pl.repeat(True, pl.len()), *(pl.col(name).is_not_null() for name in names)).alias(
                "known"
            ),
            *((pl.col(name).cast(pl.Float64) / measure_of(name).scale).alias(name) for name in names),
        )
        sure = pl.col("known") & _is_beyond_doubt(left, right)
        answers = numbers.with_columns(
            answer=pl.when(sure).then(RELATIONS[relation](_value(left), _value(right))),
            doubtful=pl.col("known") & ~sure,
        )
        doubtful = (answers["doubtful"] & self.among).arg_true()
        if doubtful.is_empty():
            return answers["answer"]
        settled = self._crosswise(relation, left, right, doubtful)
        return answers["answer"].scatter(doubtful, settled)

    def _crosswise(self, relation: type[exp.Expr], left: exp.Expr, right: exp.Expr, rows: pl.Series) -> pl.Series:
        """One measure against one number: whole numbers decide them by the thousand, fractions only what is left."""
        number = exact_value(right, lambda _: None)
        if not isinstance(left, exp.Column) or number is None:
            return self._each(relation, left, right, rows)
        sign = signs(self.frame, rows, left.name, number * measure_of(left.name).scale)
        answer: pl.Series = RELATIONS[relation](sign, 0)
        unsure = sign.is_null()
        return answer.scatter(unsure.arg_true(), self._each(relation, left, right, rows.filter(unsure)))

    def _each(self, relation: type[exp.Expr], left: exp.Expr, right: exp.Expr, rows: pl.Series) -> pl.Series:
        return pl.Series([self._exactly(relation, left, right, row) for row in rows], dtype=pl.Boolean)

    def _exactly(self, relation: type[exp.Expr], left: exp.Expr, right: exp.Expr, row: int) -> bool | None:
        def measure(name: str) -> Fraction | None:
            value = exact_at(self.frame, row, name, self.workdays)
            return None if value is None else value / measure_of(name).scale

        one, other = exact_value(left, measure), exact_value(right, measure)
        return None if one is None or other is None else bool(RELATIONS[relation](one, other))


def exact_value(node: exp.Expr, measure: Callable[[str], Fraction | None]) -> Fraction | None:
    """A number's exact value; None where a measure is unknown or a divisor is zero. Decimals are read as written."""
    match node:
        case exp.Literal():
            return Fraction(node.this)
        case exp.Column():
            return measure(node.name)
        case exp.Paren():
            return exact_value(node.this, measure)
        case exp.Neg():
            value = exact_value(node.this, measure)
            return None if value is None else -value
    left, right = exact_value(node.this, measure), exact_value(node.expression, measure)
    if left is None or right is None or (isinstance(node, exp.Div) and right == 0):
        return None
    return _ARITHMETIC[type(node)](left, right)


_ARITHMETIC: dict[type[exp.Expr], Callable[[Fraction, Fraction], Fraction]] = {
    exp.Add: operator.add,
    exp.Sub: operator.sub,
    exp.Mul: operator.mul,
    exp.Div: operator.truediv,
}


def _value(node: exp.Expr) -> pl.Expr:
    """The float of a number, over columns in the units that policies speak of."""
    return pl.sql_expr(node.transform(_as_float).sql(identify=True, comments=False))


def _as_float(node: exp.Expr) -> exp.Expr:
    """With an exponent a number is a float; without one Polars would take it for an integer or a decimal."""
    return exp.Literal.number(f"{float(node.this):.16e}") if isinstance(node, exp.Literal) else node


def _size(node: exp.Expr) -> pl.Expr:
    """How large the numbers were that `_value` was made of: what its float error is a share of."""
    match node:
        case exp.Literal() | exp.Column():
            return _value(node).abs()
        case exp.Paren() | exp.Neg():
            return _size(node.this)
        case exp.Add() | exp.Sub():
            return _size(node.this) + _size(node.expression)
        case exp.Mul():
            return _size(node.this) * _size(node.expression)
    divisor = _value(node.expression).abs()
    return _size(node.this) / divisor * (_size(node.expression) / divisor)


def _is_beyond_doubt(left: exp.Expr, right: exp.Expr) -> pl.Expr:
    size = pl.max_horizontal(pl.lit(1.0), _size(left), _size(right))
    if _is_whole(left) and _is_whole(right):
        return size < WHOLE_LIMIT
    apart = (_value(left) - _value(right)).abs()
    return apart.is_finite() & size.is_finite() & (apart > TOLERANCE * size)


def _is_whole(node: exp.Expr) -> bool:
    match node:
        case exp.Literal():
            return Fraction(node.this).denominator == 1
        case exp.Column():
            return measure_of(node.name).whole and measure_of(node.name).scale == 1
        case exp.Div():
            return False
    return all(_is_whole(part) for part in node.iter_expressions())
