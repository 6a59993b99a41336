"""A policy's condition: an SQL expression over the measures, as exact as fractions and as fast as a frame (条件)."""

import operator
from dataclasses import dataclass
from functools import reduce

import polars as pl
from sqlglot import exp

from diaodu.rules.comparison import Comparisons
from diaodu.rules.condition_fault import ConditionFault
from diaodu.rules.grammar import read
from diaodu.rules.level import Scope
from diaodu.rules.workday import Workdays

__all__ = ["Condition", "ConditionFault"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that has been read and found usable."""

    text: str
    tree: exp.Expr
    measures: frozenset[str]

    @classmethod
    def parse(cls, text: str, scope: Scope = Scope.ITEM) -> "Condition":
        """Raises ConditionFault with the place of the first thing that is wrong."""
        tree = read(text, scope)
        return cls(text, tree, frozenset(column.name for column in tree.find_all(exp.Column)))

    def holds(self, frame: pl.DataFrame, workdays: Workdays, among: pl.Series | None = None) -> pl.Series:
        """Whether it holds in each row of a frame that has its measures; what is unknown does not hold.

        Answers are exact in the rows `among` (all of them unless given), and need not be right in others.
        """
        rows = pl.repeat(True, frame.height, dtype=pl.Boolean, eager=True) if among is None else among
        return _truth(self.tree, Comparisons(frame, workdays, rows)).fill_null(False).alias("holds")


def _truth(node: exp.Expr, rows: Comparisons) -> pl.Series:
    """True, false or null (unknown) for each row, by SQL's three-valued logic."""
    match node:
        case exp.Paren():
            answer = _truth(node.this, rows)
        case exp.Not():
            answer = ~_truth(node.this, rows)
        case exp.And():
            answer = reduce(operator.and_, (_truth(term, rows) for term in node.flatten()))
        case exp.Or():
            answer = reduce(operator.or_, (_truth(term, rows) for term in node.flatten()))
        case exp.Is():
            answer = rows.is_null(node.this.name)
        case exp.Between():
            low = rows.compare(exp.GTE, node.this, node.args["low"])
            answer = low & rows.compare(exp.LTE, node.this, node.args["high"])
        case exp.In():
            answer = reduce(operator.or_, (rows.compare(exp.EQ, node.this, each) for each in node.expressions))
        case _:
            answer = rows.compare(type(node), node.this, node.expression)
    return answer
