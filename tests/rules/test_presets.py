"""The shipped presets say what the places published, exactly on, just below and just above every boundary they draw."""

import operator
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from diaodu.rules.condition import Condition
from diaodu.rules.frame import with_measures
from diaodu.rules.grammar import read
from diaodu.rules.history import SCHEMA, asked, with_history
from diaodu.rules.judgement_frame import SCHEMA as SAID
from diaodu.rules.judgement_frame import with_judgements
from diaodu.rules.measure_family import HISTORY
from diaodu.rules.policy import Policy, judge, read_policy
from diaodu.rules.quantity import LIMIT, MICRO
from diaodu.rules.standing import Standing
from diaodu.rules.trajectory import Trajectory
from diaodu.rules.verdict import Reason
from tests.rules.standings import PLAIN, WORKDAYS, frame_of, standing

PRESETS = Path(__file__).parents[2] / "templates" / "policies"
NAMES = ("sanming", "sanya", "wuhan", "yinchuan", "zhengxi")
OTHERS = ("dengzhou", "hainan", "huating", "jinzhai", "longxian", "songyang", "xuancheng")  # see tests/spec
POLICIES = {name: read_policy((PRESETS / f"{name}.toml").read_text(encoding="utf-8"), name) for name in NAMES}

# What each place published, in fractions and by hand.


def yinchuan(case: "Case") -> str | None:
    if case.gap_pp is None or -10 < case.gap_pp < 0:
        return None
    return "green" if case.gap_pp >= 0 else "yellow" if case.gap_pp >= -30 else "red"


def wuhan(case: "Case") -> str | None:
    if case.planned <= 0:
        return "normal" if case.gap_pp is not None and case.gap_pp >= 0 else None
    ratio = case.actual / case.planned
    return "red" if ratio < Fraction(60, 100) else "yellow" if ratio < Fraction(80, 100) else "normal"


def sanya(case: "Case") -> str | None:
    if case.planned <= 0:
        return "green" if case.gap_pp is not None and case.gap_pp >= 0 else None
    behind = (case.planned - case.actual) / case.planned
    return "green" if behind <= 0 else "yellow" if behind <= Fraction(50, 100) else "red"


def zhengxi(case: "Case") -> str | None:
    late = case.overdue_days
    if late is None:
        return "normal" if case.unmet == 0 else None
    return "red" if late >= 15 else "orange" if late >= 7 else "yellow" if late > 0 else "normal"


def sanming(case: "Case") -> str | None:
    if case.unmet > 0 or (case.gap_pp is not None and case.gap_pp < 0):
        return "blue"
    return "normal" if case.gap_pp is not None and case.unmet == 0 else None


PUBLISHED: dict[str, Callable[["Case"], str | None]] = {
    "yinchuan": yinchuan,
    "wuhan": wuhan,
    "sanya": sanya,
    "zhengxi": zhengxi,
    "sanming": sanming,
}


class Case:
    """A standing's numbers worked out anew, in measure units, for a target that should grow from 0."""

    def __init__(self, of: Standing) -> None:
        assert of.actual is not None
        assert of.target is not None
        share = Fraction(1) if of.trajectory is Trajectory.FLAT else Fraction(of.as_of.month, 12)
        self.actual = Fraction(of.actual, MICRO)
        self.planned = Fraction(of.target, MICRO) * share
        self.gap_pp = None if of.target == 0 else (self.actual - self.planned) / Fraction(abs(of.target), MICRO) * 100
        self.overdue_days = None if of.first_unmet_due is None else (of.as_of - of.first_unmet_due).days
        self.unmet = of.milestones_due - of.milestones_met

    def value(self, measure: str) -> Fraction | None:
        ratio = self.actual / self.planned if self.planned > 0 else None
        values = {
            "gap_pp": self.gap_pp,
            "ratio": ratio,
            "shortfall": None if ratio is None else 1 - ratio,
            "planned": self.planned,
            "overdue_days": None if self.overdue_days is None else Fraction(self.overdue_days),
            "milestones_unmet": Fraction(self.unmet),
        }
        return values[measure]


# Standings on either side of a boundary.

month_ends = st.integers(1, 12).map(lambda m: date(2023 + m // 12, m % 12 + 1, 1) - timedelta(days=1))
sizes = st.integers(1, 10**4) | st.integers(1, LIMIT * MICRO // 12_000 - 1)


def _at(as_of: date, **facts: Any) -> Standing:
    day = {"as_of": as_of, "reported_as_of": as_of, "required_as_of": as_of, "known_on": as_of, "report_due": as_of}
    return replace(PLAIN, **(day | facts))


@st.composite
def beside(draw: st.DrawFn, measure: str, boundary: Fraction, step: int) -> Standing:
    """A standing whose `measure` is `boundary` (step 0), or a millionth, a day, a milestone beside it (-1, 1)."""
    as_of, target = draw(month_ends), 12_000 * draw(sizes)
    plan = Fraction(target * as_of.month, 12)
    if measure == "gap_pp":
        return _at(as_of, target=target, actual=int(plan + boundary * target / 100) + step)
    if measure == "ratio":
        return _at(as_of, target=target, actual=int(plan * boundary) + step)
    if measure == "shortfall":
        return _at(as_of, target=target, actual=int(plan * (1 - boundary)) - step)
    if measure == "planned":
        value = int(boundary) + step
        actual = value + draw(st.integers(-1, 1))
        return _at(as_of, target=value, trajectory=Trajectory.FLAT, actual=actual)
    if measure == "overdue_days":
        due = as_of - timedelta(days=int(boundary) + step)
        return _at(as_of, target=target, actual=target, milestones_due=1, first_unmet_due=due)
    if measure == "milestones_unmet":
        return _at(as_of, target=target, actual=target, milestones_due=3, milestones_met=3 - int(boundary) - step)
    raise ValueError(f"no standings beside a boundary of {measure}: a preset draws a new kind of boundary")


RELATIONS: dict[type[exp.Expr], tuple[str, Callable[[Any, Any], bool]]] = {
    exp.LT: ("<", operator.lt),
    exp.LTE: ("<=", operator.le),
    exp.GT: (">", operator.gt),
    exp.GTE: (">=", operator.ge),
    exp.EQ: ("=", operator.eq),
}

Boundary = tuple[str, type[exp.Expr], Fraction]


def boundaries(policy: Policy) -> list[Boundary]:
    """Every comparison a policy makes of its ordinary targets' numbers: measure, relation, number."""
    found: list[Boundary] = []
    ordinary = next((dimension.code for dimension in policy.dimensions if dimension.others), None)
    for level in policy.levels:
        for node in read(level.condition(ordinary) or "").walk() if level.condition(ordinary) else ():
            if isinstance(node, exp.Between):
                found.append((node.this.name, exp.GTE, Fraction(node.args["low"].sql())))
                found.append((node.this.name, exp.LTE, Fraction(node.args["high"].sql())))
            elif type(node) in RELATIONS and node.this.name not in HISTORY:
                found.append((node.this.name, type(node), Fraction(node.expression.sql())))
    return found


ALL_BOUNDARIES = sorted(
    {b for p in POLICIES.values() for b in boundaries(p)}, key=lambda b: (b[0], b[1].__name__, b[2])
)


@pytest.mark.parametrize("name", NAMES)
def test_every_preset_is_shipped_and_names_its_source(name: str) -> None:
    assert sorted(path.stem for path in PRESETS.glob("*.toml")) == sorted((*NAMES, *OTHERS))
    assert POLICIES[name].source
    assert POLICIES[name].measure in {measure for measure, _, _ in boundaries(POLICIES[name])}


@pytest.mark.parametrize(("measure", "relation", "number"), ALL_BOUNDARIES)
@settings(max_examples=50)
@given(st.data())
def test_every_comparison_a_preset_makes_agrees_with_fractions(
    measure: str, relation: type[exp.Expr], number: Fraction, data: st.DataObject
) -> None:
    symbol, holds = RELATIONS[relation]
    around = [data.draw(beside(measure, number, step)) for step in (-1, 0, 1)]
    values = [Case(each).value(measure) for each in around]
    for value, step in zip(values, (-1, 0, 1), strict=True):
        assert (value is None and measure != "planned") or _side(value, number) == step
    frame = with_measures(frame_of(around), WORKDAYS)
    answers = Condition.parse(f"{measure} {symbol} {float(number)}").holds(frame, WORKDAYS).to_list()
    assert answers == [value is not None and holds(value, number) for value in values]


def _side(value: Fraction | None, number: Fraction) -> int | None:
    return None if value is None else (value > number) - (value < number)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25)
@given(st.data())
def test_a_preset_gives_the_level_that_was_published(name: str, data: st.DataObject) -> None:
    policy = POLICIES[name]
    around = [
        data.draw(beside(measure, number, step)) for measure, _, number in boundaries(policy) for step in (-1, 0, 1)
    ]
    judged = afresh(around, policy)
    assert judged["level"].to_list() == [PUBLISHED[name](Case(each)) for each in around]


def afresh(standings: list[Standing], policy: Policy) -> pl.DataFrame:
    """Judged with nothing before, and nobody having said anything."""
    frame = with_history(with_measures(frame_of(standings), WORKDAYS), pl.DataFrame(schema=SCHEMA), asked(policy))
    return judge(with_judgements(frame, pl.DataFrame(schema=SAID)), policy, WORKDAYS)


CASES = (
    # preset, facts of a target of 120 at the end of October (序时 100), level
    ("yinchuan", {"actual": 100}, "green"),
    ("yinchuan", {"actual": "99.999999"}, None),  # the published hole: behind by less than ten points
    ("yinchuan", {"actual": "88.000001"}, None),
    ("yinchuan", {"actual": 88}, "yellow"),
    ("yinchuan", {"actual": 64}, "yellow"),
    ("yinchuan", {"actual": "63.999999"}, "red"),
    ("wuhan", {"actual": 80}, "normal"),
    ("wuhan", {"actual": "79.999999"}, "yellow"),
    ("wuhan", {"actual": 60}, "yellow"),
    ("wuhan", {"actual": "59.999999"}, "red"),
    ("sanya", {"actual": 100}, "green"),
    ("sanya", {"actual": "99.999999"}, "yellow"),
    ("sanya", {"actual": 50}, "yellow"),
    ("sanya", {"actual": "49.999999"}, "red"),
    ("zhengxi", {"milestones_due": 1, "first_unmet_due": date(2023, 10, 24)}, "orange"),  # 7 days: both, the worse
    ("zhengxi", {"milestones_due": 1, "first_unmet_due": date(2023, 10, 25)}, "yellow"),
    ("zhengxi", {"milestones_due": 1, "first_unmet_due": date(2023, 10, 16)}, "red"),
    ("zhengxi", {"milestones_due": 1, "first_unmet_due": date(2023, 10, 17)}, "orange"),
    ("zhengxi", {"milestones_due": 1, "first_unmet_due": date(2023, 10, 31)}, "normal"),  # due today is not late yet
    ("zhengxi", {"milestones_due": 2, "milestones_met": 2}, "normal"),
    ("sanming", {"actual": 100}, "normal"),
    ("sanming", {"actual": "99.999999"}, "blue"),
    ("sanming", {"actual": 110, "milestones_due": 2, "milestones_met": 1}, "blue"),
    # nothing planned yet: no ratio and no division, and whoever is not behind is fine
    ("wuhan", {"trajectory": Trajectory.STEP, "actual": 0}, "normal"),
    ("sanya", {"trajectory": Trajectory.STEP, "actual": 0}, "green"),
)


@pytest.mark.parametrize(("name", "facts", "level"), CASES)
def test_published_rules_read_as_a_table(name: str, facts: dict[str, Any], level: str | None) -> None:
    judged = afresh([standing(**facts)], POLICIES[name])
    reason = Reason.NO_LEVEL_MATCHED if level is None else Reason.LEVEL_MATCHED
    assert judged.select("level", "reason").row(0) == (level, reason.value)


def test_the_ladder_of_sanming_is_climbed_by_unmet_notices_or_a_person_s_word() -> None:
    levels = {level.code: level for level in POLICIES["sanming"].levels}
    assert [levels[code].unmet for code in ("blue", "orange", "red")] == ["orange", "red", None]
    assert [levels[code].when for code in ("orange", "red")] == ["judgement = 2", "judgement >= 3"]


def test_every_policy_in_the_manual_can_be_read() -> None:
    manual = (PRESETS.parents[1] / "docs" / "policy.md").read_text(encoding="utf-8")
    written = re.findall(r"^```toml\n(.*?)^```$", manual, re.DOTALL | re.MULTILINE)
    assert written
    for text in written:
        assert read_policy(text, "manual").levels
