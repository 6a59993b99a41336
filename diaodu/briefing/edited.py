"""A paragraph that a person wrote or changed: every number in it is held against the facts before it is issued."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from diaodu.briefing.figure import Figure, Form, days, figures, label, texts
from diaodu.briefing.said_day import said_days
from diaodu.briefing.wording import Fact
from diaodu.language import _
from diaodu.rules.quantity import printed

SENTENCE = re.compile(r"[^。；;\n]+[。；;\n]?")
WRITTEN = re.compile(r"(?P<number>[-−－]?\d[\d,，]*(?:\.\d+)?)(?P<after>\s*(?:%|[^\W\d_][^\W\d_ ]* ?[^\W\d_]*)?)")
COUNTED = {
    "个工作日": "workdays", "工作日": "workdays", "working day": "workdays",
    "位": "rank", "place": "rank",
    "期": "streak", "period": "streak",
}  # fmt: skip
"""Counts that a text tells apart from all others by what follows them, and the name of their facts."""
NUMERAL = re.compile(r"(?<![一二三四五六七八九十第])([一二两三四五六七八九十]+)(?=[家项件期])")
DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
FULL_WIDTH = str.maketrans("０１２３４５６７８９．％，", "0123456789.%，")
SCALES = {"亿元": 10**8, "万元": 10**4, "元": 1}
UNITS = ("%", "个百分点", "百分点", "percentage point", *SCALES, *COUNTED)
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """A number that no fact answers for, the sentence it stands in, and the facts that come nearest."""

    number: str
    sentence: str
    nearest: tuple[Figure, ...]

    def __str__(self) -> str:
        told = _("“{number}”没有数据依据（{sentence}）").format(number=self.number, sentence=self.sentence)
        near = "、".join(" ".join(filter(None, (f.owner, f.about, label(f), f.text))) for f in self.nearest)
        return told + (_("；最接近的数据：{near}").format(near=near) if near else "")


def faults(text: str, facts: Fact) -> list[Fault]:
    """Numbers and days of an edited text that the facts do not have, in order; empty where all are borne out.

    What follows a number says what kind it is, and a sentence that names units may use only their figures and those
    that are nobody's. A number may have fewer decimals than we would print, and 万元 may be written as 亿元.
    """
    known, calendar, names = figures(facts), days(facts), sorted(texts(facts), key=len, reverse=True)
    found: list[Fault] = []
    for sentence in SENTENCE.findall(text.translate(FULL_WIDTH)):
        bare = sentence
        for name in names:
            bare = bare.replace(name, "〇")
        bare, strange = said_days(bare, calendar)
        found.extend(Fault(day, sentence.strip(), ()) for day in strange)
        allowed = _speakable(known, sentence)
        for number, unit in _numbers(bare):
            of_kind = [figure for figure in allowed if _may_be(figure, unit)]
            if not any(_bears_out(figure, number, unit) for figure in of_kind):
                told = number + (unit if unit in UNITS else unit[:1])
                found.append(Fault(told, sentence.strip(), _nearest(number, unit, of_kind)))
    return found


def _speakable(known: Iterable[Figure], sentence: str) -> list[Figure]:
    """The figures a sentence may use: all, unless it names somebody."""
    known = list(known)
    named = {figure.owner for figure in known if figure.owner and figure.owner in sentence}
    about = {figure.about for figure in known if figure.about and figure.about in sentence}
    return [
        figure
        for figure in known
        if (not named or figure.owner is None or figure.owner in named)
        and (not about or figure.about is None or figure.about in about)
    ]


def _numbers(text: str) -> list[tuple[str, str]]:
    """Each number with the unit that follows it: 82.5 and %; Chinese numerals before 家, 项, 件 and 期 count too."""
    found = [
        (m.start(), re.sub("[,，]", "", m["number"]).replace("−", "-").replace("－", "-"), m["after"].strip())
        for m in WRITTEN.finditer(text)
    ]
    found += [(m.start(), str(_value(m[1])), text[m.end()]) for m in NUMERAL.finditer(text)]
    return [(number, _unit(after)) for _place, number, after in sorted(found)]


def _unit(after: str) -> str:
    return next((unit for unit in UNITS if after.startswith(unit)), after)


def _value(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    return (DIGITS.get(tens, 1) if ten else 0) * 10 + DIGITS.get(ones, 0)


def _may_be(figure: Figure, unit: str) -> bool:
    """Whether a number with this unit may speak of the figure."""
    if unit == "%":
        return figure.form is Form.PERCENT or (figure.form is Form.AMOUNT and figure.measure_unit == "%")
    if "百分点" in unit or unit == "percentage point":
        return figure.form is Form.POINTS
    if unit in SCALES:
        return figure.form is Form.AMOUNT and figure.measure_unit in SCALES
    if unit in COUNTED:
        return figure.form is Form.COUNT and figure.name.startswith(COUNTED[unit])
    if figure.form is Form.AMOUNT:
        return unit.startswith(figure.measure_unit)
    return figure.form is Form.COUNT and not figure.name.startswith(tuple(COUNTED.values()))


def _as_written(figure: Figure, unit: str) -> Fraction:
    """The figure's value in the unit of the text."""
    if unit == "%" and figure.form is Form.PERCENT:
        return figure.value * 100
    return figure.value * SCALES[figure.measure_unit] / SCALES[unit] if unit in SCALES else figure.value


def _bears_out(figure: Figure, number: str, unit: str) -> bool:
    """Whether it prints as the number does, with as many decimals; with its sign, or as a text says 低于 instead."""
    value, decimals = _as_written(figure, unit), len(number.partition(".")[2])
    return number in (printed(value, decimals), printed(abs(value), decimals))


def _nearest(number: str, unit: str, known: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures nearest in value, each once."""
    wanted = Fraction(number)
    ordered = sorted(known, key=lambda figure: abs(abs(_as_written(figure, unit)) - abs(wanted)))
    told = {(figure.owner, figure.about, figure.text): figure for figure in reversed(ordered[: NEAREST * 4])}
    return tuple(figure for figure in ordered if figure in told.values())[:NEAREST]
