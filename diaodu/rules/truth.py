"""A condition held against exact values one by one: the plain twin of `rules.condition`, which judges whole frames."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sqlglot import exp

from diaodu.rules.comparison import RELATIONS, exact_value

Values = Mapping[str, Fraction | None]
"""A measure's value by name, in the units policies speak of; None where it has none."""


def truth(node: exp.Expr, values: Values) -> bool | None:
    """Whether a condition holds, by SQL's three-valued logic; None is unknown."""
    match node:
        case exp.Paren():
            answer = truth(node.this, values)
        case exp.Not():
            answer = _not(truth(node.this, values))
        case exp.And():
            answer = _all([truth(term, values) for term in node.flatten()])
        case exp.Or():
            answer = _not(_all([_not(truth(term, values)) for term in node.flatten()]))
        case exp.Is():
            answer = values.get(node.this.name) is None
        case exp.Between():
            low = _compare(exp.GTE, node.this, node.args["low"], values)
            answer = _all([low, _compare(exp.LTE, node.this, node.args["high"], values)])
        case exp.In():
            answer = _not(_all([_compare(exp.NEQ, node.this, each, values) for each in node.expressions]))
        case _:
            answer = _compare(type(node), node.this, node.expression, values)
    return answer


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _all(answers: Sequence[bool | None]) -> bool | None:
    return False if False in answers else None if None in answers else True


def _compare(relation: type[exp.Expr], left: exp.Expr, right: exp.Expr, values: Values) -> bool | None:
    one, other = exact_value(left, values.get), exact_value(right, values.get)
    return None if one is None or other is None else bool(RELATIONS[relation](one, other))
