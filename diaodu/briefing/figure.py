"""Every figure that stored facts hold, with whose it is: what a number written by hand is held against."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from diaodu.briefing.wording import FORMS, Fact
from diaodu.language import _
from diaodu.rules.measures import MEASURES
from diaodu.rules.quantity import MICRO


class Form(StrEnum):
    """What kind of number it is; a text shows it by what follows the number."""

    PERCENT = "percent"
    POINTS = "points"
    AMOUNT = "amount"
    COUNT = "count"


PERCENTS = frozenset({"completion", "expected"})
POINTS = frozenset({"gap_pp", "movement"})
AMOUNTS = frozenset(
    {"target", "actual", "planned", "change", "previous_target", "told", "corrected", "owed", "more", "rest"}
)
UNCOUNTED = frozenset({"decimals", "severity", "worse"})
OWNED = frozenset({"entries", "units", "holders", "levels", "moves"})
"""Lists whose members' figures are their own; all others are everybody's."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its exact value, where it stands in the facts, the unit or level it is of, and the measure unit."""

    value: Fraction
    form: Form
    name: str  # of the fact: completion, behind_share …
    path: tuple[str | int, ...]
    owner: str | None = None
    about: str | None = None  # the indicator
    measure_unit: str = ""
    decimals: int = 0

    @property
    def text(self) -> str:
        """As a briefing prints it."""
        shown = {Form.PERCENT: "percent", Form.POINTS: "points"}.get(self.form)
        if shown:
            return FORMS[shown](f"{self.value}", 1)
        if self.form is Form.COUNT:
            return f"{self.value}"
        return FORMS["points"](f"{self.value}", self.decimals) + self.measure_unit


def figures(facts: Fact) -> list[Figure]:
    """All of them, in the order of the facts."""
    measure = MEASURES[facts["ranking_measure"].value].unit
    return list(_figures(facts.value, (), _Place(ranked_by=measure)))


def label(figure: Figure) -> str:
    """What the figure is, in words."""
    name = figure.name.removesuffix("_share")
    words = {
        "completion": _("完成率"),
        "expected": _("序时进度"),
        "gap_pp": _("与序时差距"),
        "movement": _("较上期变化"),
        "value": _("排名数值"),
        "target": _("目标"),
        "actual": _("完成"),
        "planned": _("序时目标"),
        "rank": _("位次"),
        "rank_change": _("位次变化"),
        "previous_rank": _("上期位次"),
        "at_level": _("最重等级项数"),
        "targets": _("目标任务"),
        "reported": _("已报送"),
        "not_reported": _("未报送"),
        "awaited": _("待报送"),
        "compared": _("可比较"),
        "on_schedule": _("达到序时"),
        "behind": _("未达序时"),
        "completed": _("已完成"),
        "workdays": _("工作日"),
        "change": _("本期增量"),
        "previous_target": _("原目标"),
        "told": _("更正前"),
        "corrected": _("更正后"),
        "streak": _("连续期数"),
    }
    return words.get(name, name) + (_("占比") if figure.name.endswith("_share") else "")


def days(facts: Fact) -> frozenset[date]:
    """Every day that the facts name."""
    return frozenset(_days(facts.value))


def texts(facts: Fact) -> frozenset[str]:
    """Every text of the facts with a digit in it: names such as 第2小学 are not numbers."""
    return frozenset(text for text in _strings(facts.value) if any(c.isdigit() for c in text))


@dataclass(frozen=True, slots=True)
class _Place:
    """What is known on the way down: whose the figures are."""

    ranked_by: str
    owner: str | None = None
    about: str | None = None
    measure_unit: str = ""
    decimals: int = 0

    def inside(self, value: dict[str, Any], path: tuple[str | int, ...]) -> "_Place":
        above = path[-2] if len(path) > 1 else None
        if above == "indicators":
            return _Place(self.ranked_by, None, value["name"], value["measure_unit"], value["decimals"])
        if above == "items" and "unit_name" in value:
            unit, decimals = value.get("measure_unit", ""), value.get("decimals", 0)
            return _Place(self.ranked_by, value["unit_name"], value["indicator_name"], unit, decimals)
        if above in OWNED and "name" in value:
            return _Place(self.ranked_by, value["name"], self.about, self.measure_unit, self.decimals)
        return self


def _figures(value: Any, path: tuple[str | int, ...], place: _Place) -> Iterator[Figure]:
    if isinstance(value, dict):
        inner = place.inside(value, path)
        for name, part in value.items():
            yield from _figures(part, (*path, name), inner)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _figures(part, (*path, number), place)
    elif path and (found := _read(str(path[-1]), value, place.ranked_by)):
        form, exact = found
        yield Figure(exact, form, str(path[-1]), path, place.owner, place.about, place.measure_unit, place.decimals)


def _read(name: str, value: Any, ranked_by: str) -> tuple[Form, Fraction] | None:
    """The form and value of a fact that is a number; shares are kept as shares."""
    if isinstance(value, bool) or value is None or name in UNCOUNTED:
        return None
    if name in PERCENTS or name.endswith("_share") or (name == "value" and ranked_by == "share"):
        return Form.PERCENT, Fraction(value)
    if name in POINTS or (name == "value" and ranked_by == "percentage points"):
        return Form.POINTS, Fraction(value)
    if name in AMOUNTS or (name == "value" and ranked_by == "measure unit"):
        return Form.AMOUNT, Fraction(value) / MICRO
    if name == "value":
        return Form.COUNT, Fraction(value)
    return (Form.COUNT, Fraction(value)) if isinstance(value, int) else None


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _days(value: Any) -> Iterator[date]:
    for text in _strings(value):
        try:
            yield date.fromisoformat(text)
        except ValueError:
            continue
