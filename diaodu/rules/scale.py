"""Numbers written in the wrong scale: 80 where 0.8 is meant, 0.1 where ten percentage points are (数量级)."""

from collections.abc import Iterator
from fractions import Fraction

from diaodu.rules.example import plainly
from diaodu.rules.grammar import read
from diaodu.rules.level import Level, Scope
from diaodu.rules.measure_family import measure_of
from diaodu.rules.remark import Remark, RemarkKind
from diaodu.rules.situation import boundaries

PER_CENT = 5
"""No office compares a share with five hundred per cent."""


def odd_scales(level: Level, scope: Scope) -> Iterator[Remark]:
    """One remark for each number that is hardly meant as it is written."""
    drawn = boundaries([read(text, scope) for text in level.conditions])
    for name, numbers in drawn.items():
        for number in sorted(numbers):
            meant = _meant(name, number)
            if meant is not None:
                said = f"“{level.name}”把{measure_of(name).chinese}与{plainly(number)}比较：{meant}"
                yield Remark(RemarkKind.SCALE, (level.code,), said)


def _meant(name: str, number: Fraction) -> str | None:
    unit = measure_of(name).unit
    if unit == "share" and abs(number) >= PER_CENT:
        return f"它是比例，若指{plainly(number)}%，应写作{plainly(number / 100)}"
    if unit == "percentage points" and 0 < abs(number) < 1:
        return f"它是百分点，若指{plainly(abs(number) * 100)}个百分点，应写作{plainly(number * 100)}"
    return None
