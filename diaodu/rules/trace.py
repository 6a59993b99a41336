"""How a verdict was reached: every level's condition, comparison by comparison, with the values filled in (判定)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from sqlglot import exp

from diaodu.rules.clause import UNITS, in_words
from diaodu.rules.grammar import COMPARISONS, read
from diaodu.rules.level import Level, Policy, Scope
from diaodu.rules.measure_family import measure_of
from diaodu.rules.quantity import DECIMALS, printed
from diaodu.rules.truth import Values, truth

ATOMS = (*COMPARISONS, exp.Between, exp.In, exp.Is)


@dataclass(frozen=True, slots=True)
class Term:
    """One comparison in words, what its measures were, and whether it held; None is unknown."""

    words: str
    values: tuple[tuple[str, str], ...]  # name and value, as people read them
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Tried:
    """One level held against the values. `dimension` is the name of the side it was tried on, empty where none is."""

    level: Level
    dimension: str
    condition: str
    words: str
    terms: tuple[Term, ...]
    holds: bool | None


def tried(policy: Policy, sides: Iterable[str | None], values: Values) -> list[Tried]:
    """Every level in order of precedence, on each of the sides (dimension codes, None for no dimension)."""
    found = []
    for side in sides:
        dimension = policy.dimension(side)
        name = dimension.name if dimension else ""
        found += [_try(level, name, text, values) for level in policy.levels if (text := level.condition(side))]
    return found


def tried_on_unit(policy: Policy, values: Values) -> list[Tried]:
    """Every level for units that has a condition, in order of precedence."""
    return [_try(level, "", level.when, values, Scope.UNIT) for level in policy.unit_levels if level.when]


def released(level: Level, values: Values, scope: Scope = Scope.ITEM) -> Tried | None:
    """What would release a level that stays; None where it has no such condition."""
    return None if level.until is None else _try(level, "", level.until, values, scope)


def _try(level: Level, dimension: str, condition: str, values: Values, scope: Scope = Scope.ITEM) -> Tried:
    tree = read(condition, scope)
    terms = tuple(_term(node, values) for node in _atoms(tree))
    return Tried(level, dimension, condition, in_words(condition), terms, truth(tree, values))


def _atoms(node: exp.Expr) -> Iterator[exp.Expr]:
    """The comparisons of a condition, as they are written from left to right."""
    if isinstance(node, ATOMS):
        yield node
        return
    for part in node.iter_expressions():
        yield from _atoms(part)


def _term(node: exp.Expr, values: Values) -> Term:
    names = dict.fromkeys(column.name for column in node.find_all(exp.Column))
    words = in_words(node.sql().replace('"', ""))  # measures with brackets are quoted
    return Term(words, tuple(_said(name, values.get(name)) for name in names), truth(node, values))


def _said(name: str, value: Fraction | None) -> tuple[str, str]:
    return measure_of(name).chinese, shown(name, value)


def shown(name: str, value: Fraction | None) -> str:
    """A value as people read it, in its unit: 约-20.833333个百分点, rounded and marked where it has no end; 无值."""
    if value is None:
        return "无值"
    is_share = measure_of(name).unit == "share"
    number = value * 100 if is_share else value
    text = printed(number, DECIMALS)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    about = "约" if Fraction(text) != number else ""
    return f"{about}{text}{'%' if is_share else UNITS.get(measure_of(name).unit, '')}"
