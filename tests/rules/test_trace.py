"""How a level was tried is told comparison by comparison, and says what judging says."""

from fractions import Fraction

import pytest
from hypothesis import given

from diaodu.rules.frame import exact_at, with_measures
from diaodu.rules.measure_family import measure_of
from diaodu.rules.policy import judge, read_policy
from diaodu.rules.standing import Standing
from diaodu.rules.trace import Term, shown, tried
from tests.rules.standings import WORKDAYS, days, frame_of, middling, standings

LAMPS = read_policy(
    """
name = "三灯"
[[level]]
code = "red"
name = "红灯"
colour = "red"
severity = 2
when = "gap_pp < -30 OR (ratio < 0.5 AND NOT milestones_unmet IN (0, 1))"
[[level]]
code = "yellow"
name = "黄灯"
colour = "yellow"
severity = 1
when = "gap_pp BETWEEN -30 AND -10 OR overdue_days IS NOT NULL"
[[level]]
code = "green"
name = "绿灯"
colour = "green"
severity = 0
when = "gap_pp >= 0"
""",
    "lamps",
)


def test_every_comparison_is_told_with_its_value_and_its_answer() -> None:
    values = {"gap_pp": Fraction(-25, 3), "ratio": None, "milestones_unmet": Fraction(2), "overdue_days": Fraction(3)}
    red, yellow, green = tried(LAMPS, [None], values)
    assert (red.holds, yellow.holds, green.holds) == (None, True, False)
    assert red.terms == (
        Term("与序时差距（个百分点）<-30", (("与序时差距", "约-8.333333个百分点"),), False),
        Term("序时完成比<0.5", (("序时完成比", "无值"),), None),
        Term("未完成节点数（个）为0、1之一", (("未完成节点数", "2个"),), False),
    )
    assert yellow.terms[1] == Term("逾期天数（天）为空", (("逾期天数", "3天"),), False)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("ratio", Fraction(4, 5), "80%"),
        ("ratio", Fraction(799_999_999, 10**9), "约80%"),  # it only looks like it
        ("gap_pp", Fraction(-10), "-10个百分点"),
        ("gap_pp", Fraction(-1, 2), "-0.5个百分点"),
        ("overdue_days", Fraction(0), "0天"),
        ("lag_streak(2)", Fraction(3), "3个"),
        ("share_warned", Fraction(1, 3), "约33.333333%"),
        ("actual", None, "无值"),
    ],
)
def test_values_are_printed_so_that_a_boundary_is_not_hidden(name: str, value: Fraction | None, text: str) -> None:
    assert shown(name, value) == text


@given(days.flatmap(lambda day: standings(day, middling)))
def test_the_first_level_that_holds_is_the_level_judged(one: Standing) -> None:
    frame = with_measures(frame_of([one]), WORKDAYS)
    names = ("gap_pp", "ratio", "milestones_unmet", "overdue_days")
    exact = {name: exact_at(frame, 0, name, WORKDAYS) for name in names}
    values = {name: None if value is None else value / measure_of(name).scale for name, value in exact.items()}
    row = judge(frame, LAMPS, WORKDAYS).row(0, named=True)
    first = next((each.level.code for each in tried(LAMPS, [None], values) if each.holds), None)
    assert row["level"] == (first if row["state"] == "reported" else None)
