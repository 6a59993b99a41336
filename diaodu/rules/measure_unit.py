"""A number written with a unit (1.2亿元), brought exactly to the indicator's measure unit (计量单位), or not at all."""

from fractions import Fraction

SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
WHOLE = ("千瓦", "千米", "千克", "千伏", "千卡", "千升", "千帕", "百分", "千分")
"""Units that begin with the word of a scale and are not one."""
SAME = {
    "m2": "平方米", "平米": "平方米", "平方公里": "平方千米", "km2": "平方千米", "公里": "千米", "km": "千米",
    "公斤": "千克", "kg": "千克", "t": "吨", "kw": "千瓦", "kwh": "千瓦时", "度": "千瓦时", "个百分点": "百分点",
    "圆": "元", "人民币": "元", "元人民币": "元",
}  # fmt: skip
"""Two words for one unit."""
SHARES = frozenset({"%", "‰", "百分点"})
"""What a scale without its unit says nothing about: 3万 is no percentage."""


def in_measure_unit(number: Fraction, written: str, measure_unit: str) -> Fraction | None:
    """`number` written with the unit `written`, counted in `measure_unit`; None where the one is not the other.

    A scale alone (1234.5万) counts what the measure unit counts, whatever scale that has itself (万元, 亿元): 元.
    """
    scale, unit = taken_apart(written)
    own_scale, own_unit = taken_apart(measure_unit)
    scale_alone = not unit and own_unit not in SHARES
    if unit != own_unit and not scale_alone:
        return None
    return number * scale / own_scale


def taken_apart(unit: str) -> tuple[int, str]:
    """万元 is ten thousand 元; 亿千瓦时 a hundred million 千瓦时; 千瓦 is no thousand of anything."""
    scale, rest = 1, unit.strip().lower()
    while rest and rest[0] in SCALES and not rest.startswith(WHOLE):
        scale, rest = scale * SCALES[rest[0]], rest[1:]
    return scale, SAME.get(rest, rest)
