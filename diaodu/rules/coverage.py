"""Whether a policy's levels leave something out, overlap, or can never be reached: shown by examples (规则核对)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from sqlglot import exp

from diaodu.rules.example import described, plainly
from diaodu.rules.grammar import read
from diaodu.rules.level import Level, Policy, Scope
from diaodu.rules.measure_family import measure_of
from diaodu.rules.remark import Remark, RemarkKind
from diaodu.rules.scale import odd_scales
from diaodu.rules.situation import boundaries, situations
from diaodu.rules.truth import Values, truth
from diaodu.rules.unit_situation import unit_situations

SPOKEN_FOR = {
    "gap_pp": ("actual", "planned", "completion", "expected", "ratio", "shortfall", "target"),
    "overdue_days": ("overdue_workdays", "months_since_due", "milestones_due", "milestones_met", "milestones_unmet"),
}
"""Measures that move together, and the one that speaks for them in an example."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A situation, and the levels whose conditions hold in it, in order of precedence."""

    values: Values
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _View:
    """All situations looked at, along the main measure with the numbers it is held against."""

    name: str  # of the dimension, with a colon; empty where there is none
    main: str
    drawn: tuple[Fraction, ...]
    seen: tuple[_Seen, ...]

    @classmethod
    def of(cls, name: str, trees: Mapping[str, exp.Expr], policy: Policy, imagined: Iterable[Values]) -> "_View":
        conditions = list(trees.values())
        main = _main(policy, conditions)
        seen = (_Seen(each, tuple(code for code, tree in trees.items() if truth(tree, each))) for each in imagined)
        return cls(name, main, tuple(sorted(boundaries(conditions).get(main, ()))), tuple(seen))

    def stretches(self, wanted: Sequence[_Seen]) -> list[tuple[str, str]]:
        """Each stretch of the main measure in which some of `wanted` lie, in words, with a telling example."""
        at: dict[Fraction | None, list[_Seen]] = {}
        for one in wanted:
            at.setdefault(one.values.get(self.main), []).append(one)
        known = sorted({value for one in self.seen if (value := one.values.get(self.main)) is not None})
        runs = [list(run) for is_in, run in groupby(known, key=at.__contains__) if is_in]
        found = [(self._range(run, known), _plainest([one for v in run for one in at[v]], self.main)) for run in runs]
        if None in at and not found:
            found = [("", _plainest(at[None], self.main))]
        return [(words, f"{described(one.values, _telling(one, self.seen, self.main))}") for words, one in found]

    def _range(self, run: Sequence[Fraction], known: Sequence[Fraction]) -> str:
        """与序时差距大于-10、小于0, by the numbers the policy itself is written with."""
        below = max((n for n in self.drawn if n <= run[0]), default=None) if run[0] != known[0] else None
        above = min((n for n in self.drawn if n >= run[-1]), default=None) if run[-1] != known[-1] else None
        name = measure_of(self.main).chinese
        if below is not None and below == above:
            return f"{name}为{plainly(below)}时"
        ends = [] if below is None else [f"{'不小于' if run[0] == below else '大于'}{plainly(below)}"]
        ends += [] if above is None else [f"{'不大于' if run[-1] == above else '小于'}{plainly(above)}"]
        return f"{name}{'、'.join(ends)}时" if ends else f"{name}无论多少，都"


def remarks(policy: Policy) -> list[Remark]:
    """Holes first, then overlaps, levels never reached, colours that contradict each other, and odd numbers."""
    items, units = [], []
    for dimension in policy.dimensions or (None,):
        code, name = (None, "") if dimension is None else (dimension.code, f"{dimension.name}：")
        trees = {c.code: read(text) for c in policy.levels if (text := c.condition(code))}
        if trees:
            items.append(_View.of(name, trees, policy, situations(list(trees.values()))))
    trees = {level.code: read(level.when, Scope.UNIT) for level in policy.unit_levels if level.when}
    if trees:
        severities = [level.severity for level in policy.levels]
        units.append(_View.of("单位：", trees, policy, unit_situations(list(trees.values()), severities)))
    looked_at = [(policy.levels, items), (policy.unit_levels, units)]
    return [
        *(remark for _, views in looked_at for view in views for remark in _holes(view)),
        *(remark for levels, views in looked_at for view in views for remark in _overlaps(levels, view)),
        *(remark for levels, views in looked_at for remark in _unreachable(levels, views)),
        *(remark for levels, _ in looked_at for remark in _colours(levels)),
        *(remark for level in policy.levels for remark in odd_scales(level, Scope.ITEM)),
        *(remark for level in policy.unit_levels for remark in odd_scales(level, Scope.UNIT)),
    ]


def _main(policy: Policy, trees: Sequence[exp.Expr]) -> str:
    """The measure the policy says it divides, if its conditions speak of it; else the one they speak of most."""
    named = [column.name for tree in trees for column in tree.find_all(exp.Column)]
    return policy.measure if policy.measure in named else max(named, key=named.count)


def _holes(view: _View) -> list[Remark]:
    """Each stretch of the main measure in which nothing holds, said once."""
    stretches = view.stretches([one for one in view.seen if not one.levels])
    found = [f"{view.name}{range_}没有等级：例如{example}" for range_, example in stretches]
    return [Remark(RemarkKind.HOLE, (), words) for words in dict.fromkeys(found)]


def _overlaps(levels: Sequence[Level], view: _View) -> list[Remark]:
    """Two levels of which neither lies wholly inside the other: a cascade (<-10, <-30) is meant so.

    So is a person's word that goes beyond the numbers.
    """
    names = {level.code: level.name for level in levels}
    seen = [one for one in view.seen if not one.values.get("judgement") and not one.values.get("flag")]
    found = []
    for first, second in sorted({(one.levels[0], other) for one in seen for other in one.levels[1:]}):
        both = [one for one in seen if first in one.levels and second in one.levels]
        only = {code for one in seen for code in one.levels if not {first, second} <= set(one.levels)}
        if {first, second} <= only:
            range_, example = view.stretches(both)[0]
            what = f"同时符合“{names[first]}”和“{names[second]}”，按先重后轻判为“{names[first]}”"
            found.append(Remark(RemarkKind.OVERLAP, (first, second), f"{view.name}{range_}{what}：例如{example}"))
    return found


def _unreachable(levels: Sequence[Level], views: Sequence[_View]) -> list[Remark]:
    seen = [one for view in views for one in view.seen]
    reached = {one.levels[0] for one in seen if one.levels}
    held = {code for one in seen for code in one.levels}
    climbed = {code for level in levels for code in (level.unmet, level.through)}
    found = []
    for level in levels:
        if level.code in reached or level.code in climbed:
            continue
        why = "凡符合它的都先被判为更重的等级" if level.code in held else "它的条件从不成立"
        found.append(Remark(RemarkKind.UNREACHABLE, (level.code,), f"“{level.name}”永远判不到：{why}"))
    return found


def _colours(levels: Sequence[Level]) -> list[Remark]:
    """One colour for what warns and for what does not."""
    found = []
    for colour in dict.fromkeys(level.colour for level in levels):
        same = [level for level in levels if level.colour == colour]
        bad, good = ([level for level in same if (level.severity > 0) is warns] for warns in (True, False))
        if bad and good:
            words = f"“{bad[0].name}”是预警，“{good[0].name}”不是，却用同一种颜色；黑白打印和色弱者只能靠名称分辨"
            found.append(Remark(RemarkKind.COLOUR, (bad[0].code, good[0].code), words))
    return found


def _plainest(among: Sequence[_Seen], main: str) -> _Seen:
    """What a person would take as an example: round numbers, and nothing else out of the ordinary."""

    def oddity(one: _Seen) -> tuple[int, Fraction, int, Fraction]:
        numbers = [value for value in one.values.values() if value is not None]
        value = one.values.get(main) or Fraction(0)
        return value.denominator, abs(value), sum(n.denominator for n in numbers), sum(map(abs, numbers), Fraction(0))

    return min(among, key=oddity)


def _telling(one: _Seen, seen: Sequence[_Seen], main: str) -> list[str]:
    """The main measure, and of the others those without which another level would have been found."""
    same = [other for other in seen if other.values.get(main) == one.values.get(main)]
    if all(other.levels == one.levels for other in same):
        return [main]
    return [main, *sorted({name for other in same if other.levels != one.levels for name in _differing(one, other)})]


def _differing(one: _Seen, other: _Seen) -> list[str]:
    """Where two situations of the same main value part; one measure of each family speaks for it."""
    apart = {name for name, value in one.values.items() if other.values[name] != value}
    spoken = [name for name in SPOKEN_FOR if name in apart]
    family = {name for names in SPOKEN_FOR.values() for name in names}
    return [*spoken, *(apart - family - set(spoken))]
