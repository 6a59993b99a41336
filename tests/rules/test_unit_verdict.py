"""Units are judged by the levels of all their items, exactly at every boundary."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.policy import read_policy
from diaodu.rules.unit_measure import Items, Rank, ranks, unit_values
from diaodu.rules.unit_verdict import UnitVerdict, judge_units
from diaodu.rules.verdict import Reason

LETTERS = {"r": ("红灯", 2), "y": ("黄灯", 1), "g": ("绿灯", 0), "p": ("红榜", -1), "-": (None, None)}
STATES = {"?": "not_reported", "…": "awaited", "0": "no_target", "n": "not_started"}
TEXT = """
name = "三项以上黄灯"
[[level]]
code = "yellow"
name = "黄灯"
colour = "yellow"
severity = 1
when = "gap_pp < 0"

[[level]]
scope = "unit"
code = "red"
name = "红牌"
colour = "red"
severity = 2
when = "items_at(2) >= 2 OR (items >= 4 AND share_warned > 1 / 3) OR items_not_reported >= 3"

[[level]]
scope = "unit"
code = "yellow"
name = "黄牌"
colour = "yellow"
severity = 1
when = "items_from(1) >= 2"

[[level]]
scope = "unit"
code = "star"
name = "流动红旗"
colour = "purple"
severity = -1
when = "unit_rank = 1 AND worst <= -1"

[[level]]
scope = "unit"
code = "fine"
name = "正常"
colour = "green"
severity = 0
when = "items_warned <= 1"
"""
POLICY = read_policy(TEXT, "units")


def frame(**units: str) -> pl.DataFrame:
    """One letter an item; the units are of one group."""
    rows = [
        (unit, unit, "县区", STATES.get(letter, "reported"), *LETTERS.get(letter, (None, None)))
        for unit, letters in units.items()
        for letter in letters
    ]
    names = ("unit", "unit_name", "group", "state", "level_name")
    return pl.DataFrame(rows, dict.fromkeys(names, pl.String) | {"severity": pl.Int64}, orient="row")


def of(letters: str) -> UnitVerdict:
    return judge_units(frame(a=letters), POLICY)[0]


CASES = (
    ("g", "fine"),
    ("yg", "fine"),
    ("yyg", "yellow"),
    ("ryg", "yellow"),
    ("rrg", "red"),
    ("rg", "fine"),
    ("yyggg", "red"),  # 2 of 5
    ("yygggg", "yellow"),  # 2 of 6 is exactly a third
    ("yygggg-", "yellow"),  # an item without a level is none of the six
    ("yy", "yellow"),  # the share counts from four items on
    ("p", "star"),
    ("pg", "fine"),
    ("???g", "red"),
    ("??g", "fine"),
    ("…g", "fine"),
    ("0g", "fine"),
)


@pytest.mark.parametrize(("letters", "code"), CASES)
def test_a_unit_read_as_letters(letters: str, code: str) -> None:
    verdict = of(letters)
    assert verdict.level is not None
    assert (verdict.level.code, verdict.reason) == (code, Reason.LEVEL_MATCHED)


@pytest.mark.parametrize(("letters", "reason"), [("??", "not_reported"), ("…", "awaited"), ("?…", "not_reported")])
def test_a_silent_unit_is_not_fine(letters: str, reason: str) -> None:
    verdict = of(letters)
    assert (verdict.level, verdict.reason) == (None, reason)


def test_a_unit_without_anything_begun_is_not_judged() -> None:
    assert judge_units(frame(a="0n", b="g"), POLICY)[0].unit == "b"


def test_no_levels_for_units_no_verdicts_on_units() -> None:
    items_only = read_policy(TEXT[: TEXT.index('[[level]]\nscope = "unit"')], "items")
    assert judge_units(frame(a="g"), items_only) == []


def test_the_sentence_counts_every_level_and_the_silence() -> None:
    assert of("gyr?g").explanation == ("目标任务5项，红灯1项、黄灯1项、绿灯2项，未报送1项，预警占比50.0%，亮红牌。")
    assert of("??").explanation == "目标任务2项，未报送2项，未达到任何单位等级。"


def test_units_are_ranked_by_the_share_that_warns_inside_their_group() -> None:
    shares = {"a": Fraction(1, 2), "b": Fraction(0), "c": Fraction(1, 2), "d": None, "e": Fraction(1)}
    groups = dict.fromkeys(shares, "县区") | {"e": "市直"}
    assert ranks(shares, groups) == {
        "a": Rank(2, 1, 3),
        "b": Rank(1, 3, 3),
        "c": Rank(2, 1, 3),
        "d": Rank(),
        "e": Rank(1, 1, 1),
    }


@given(st.lists(st.integers(-2, 4)), st.integers(0, 5), st.integers(0, 4))
def test_counts_and_shares_add_up(severities: list[int], silent: int, severity: int) -> None:
    items = Items(len(severities) + silent, silent, tuple(severities))
    names = [f"items_at({n})" for n in range(severity, 5)]
    values = unit_values(items, Rank(), [*names, f"items_from({severity})", f"share_from({severity})", "items"])
    from_here = sum((values[name] or Fraction(0) for name in names), Fraction(0))
    assert values[f"items_from({severity})"] == from_here
    share = values[f"share_from({severity})"]
    assert share == (from_here / len(severities) if severities else None)
