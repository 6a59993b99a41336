"""Units are judged by the levels of all their items, exactly at every boundary."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.level import Policy
from diaodu.rules.policy import read_policy
from diaodu.rules.unit_measure import Items, Rank, placed, unit_values
from diaodu.rules.unit_standing import Item, UnitStanding, among_peers, from_json, to_json
from diaodu.rules.unit_verdict import UnitVerdict, judge_units
from diaodu.rules.verdict import Reason, State

LETTERS = {"r": ("红灯", 2), "y": ("黄灯", 1), "g": ("绿灯", 0), "p": ("红榜", -1), "-": (None, None)}
STATES = {"?": "not_reported", "…": "awaited", "!": "source_down"}
AS_OF = date(2023, 10, 31)
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


def unit(name: str, letters: str, group: str = "县区", **known: Any) -> UnitStanding:
    """One letter an item; a capital one is exempt."""
    items = [
        Item(
            n, f"事项{n}", State(STATES.get(a.lower(), "reported")), *LETTERS.get(a.lower(), (None, None)), a.isupper()
        )
        for n, a in enumerate(letters, 1)
    ]
    days = {"as_of": AS_OF, "period": AS_OF, "reported_as_of": AS_OF}
    return UnitStanding(ord(name), name, name, group, items=tuple(items), **(days | known))


def of(letters: str, policy: Policy = POLICY, **known: Any) -> UnitVerdict:
    return judge_units([unit("a", letters, **known)], policy)[0]


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
    ("Yyg", "fine"),  # what is exempt is not counted
    ("YYY", "fine"),
    ("???g", "red"),
    ("…g", "fine"),  # whatever it will be, no more than one warns
)


@pytest.mark.parametrize(("letters", "code"), CASES)
def test_a_unit_read_as_letters(letters: str, code: str) -> None:
    verdict = of(letters)
    assert verdict.level is not None
    assert (verdict.level.code, verdict.reason) == (code, Reason.LEVEL_MATCHED)


MISSING = (
    ("??", None, "not_reported"),
    ("…", None, "awaited"),
    ("!…", None, "awaited"),
    ("!!", None, "source_down"),
    ("?…", None, "not_reported"),
    ("??g", None, "not_reported"),  # two yellow lamps would be a card
    ("…yg", None, "awaited"),
    ("?yyggggg", "yellow", "at_least"),  # 3 of 8 would be a red card
    ("?yygggggg", "yellow", "level_matched"),  # at most 3 of 9: exactly a third
    ("rr?", "red", "level_matched"),
    ("-", None, "no_level_matched"),
    ("?YY", None, "not_reported"),
)


@pytest.mark.parametrize(("letters", "code", "reason"), MISSING)
def test_what_is_missing_is_never_taken_for_fine(letters: str, code: str | None, reason: str) -> None:
    verdict = of(letters)
    assert (verdict.level.code if verdict.level else None, verdict.reason) == (code, reason)


def test_no_levels_for_units_no_verdicts_on_units() -> None:
    items_only = read_policy(TEXT[: TEXT.index('[[level]]\nscope = "unit"')], "items")
    assert of("g", items_only).reason is Reason.NO_LEVEL_MATCHED


SENTENCES = (
    (
        "gyr?ggg",
        "目标任务7项，红灯1项（事项3）、黄灯1项（事项2）、绿灯4项，未报送1项（事项4），预警占比33.3%，"
        "数据未齐的1项无论结果如何，至少亮黄牌。",
    ),
    ("??", "目标任务2项，未报送2项（事项1、事项2），数据未齐的2项影响结果，暂不研判。"),
    ("-", "目标任务1项，未达到任何单位等级。"),
    (
        "Yyy!",
        "目标任务4项，黄灯2项（事项2、事项3），数据源未供数1项（事项4），豁免期内不计1项（事项1），预警占比100.0%，亮黄牌。",
    ),
)


@pytest.mark.parametrize(("letters", "sentence"), SENTENCES)
def test_the_sentence_names_what_warns_and_what_is_missing(letters: str, sentence: str) -> None:
    assert of(letters).explanation == sentence


def test_a_long_list_of_items_is_cut() -> None:
    assert "事项9、事项10等）" in of("y" * 11).explanation


LAST = """
[[level]]
scope = "unit"
code = "last"
name = "后一名"
colour = "black"
severity = 3
when = "unit_rank_from_bottom <= 1"
"""
RANKED = read_policy(TEXT + LAST, "ranked")


def group(**units: str) -> dict[str, str | None]:
    """The level of each unit of a group, or why it has none."""
    standings = among_peers([unit(name, letters) for name, letters in units.items()], [1])
    found = judge_units(standings, RANKED)
    return {one.standing.unit: one.level.code if one.level else one.reason.value for one in found}


def test_nobody_is_last_before_the_others_have_reported() -> None:
    assert group(a="ygg", b="ggg", c="ggg") == {"a": "last", "b": "fine", "c": "fine"}
    assert group(a="ygg", b="g?", c="ggg") == {"a": "awaited", "b": "not_reported", "c": "fine"}
    assert group(a="ygg", b="ggg…", c="ggg") == {"a": "last", "b": "fine", "c": "fine"}


def test_where_ranks_are_asked_for_the_sentence_tells_the_rank() -> None:
    standings = among_peers([unit("a", "ygg"), unit("b", "ggg"), unit("c", "??")], [1])
    said = [one.explanation for one in judge_units(standings, RANKED)]
    assert "预警占比33.3%，同组2家中列第2位，同组其他单位未齐的数据影响结果，暂不研判。" in said[0]
    assert "同组" not in said[2]


def test_units_of_other_groups_are_no_peers() -> None:
    standings = among_peers([unit("a", "ygg"), unit("b", "yyy", "市直"), unit("c", "ggg")], [1])
    assert [len(one.peers) for one in standings] == [1, 0, 1]


HELD = read_policy(
    TEXT.replace(
        'when = "items_from(1) >= 2"', 'when = "items_from(1) >= 2"\nuntil = "items_warned = 0"\ndwell = "2期"'
    ),
    "held",
)


@pytest.mark.parametrize(
    ("letters", "run", "code", "reason"),
    [
        ("ygg", 2, "yellow", "held"),
        ("ggg", 2, "fine", "level_matched"),
        ("ggg", 1, "yellow", "dwelling"),
        ("gg?", 2, "yellow", "held"),  # what is missing does not release
        ("g??", 2, None, "not_reported"),
        ("rrg", 1, "red", "level_matched"),
    ],
)
def test_a_card_stays_until_what_releases_it_holds(letters: str, run: int, code: str | None, reason: str) -> None:
    verdict = of(letters, HELD, previous_level="yellow", previous_run=run)
    assert (verdict.level.code if verdict.level else None, verdict.reason) == (code, reason)


def test_a_unit_may_be_judged_by_its_own_history() -> None:
    twice = read_policy(TEXT.replace("items_from(1) >= 2", "items_from(1) >= 2 AND lag_streak >= 1"), "twice")
    levels = [of("yyggggg", twice, history={"lag_streak": n}).level for n in (0, 1)]
    assert [level.code if level else None for level in levels] == [None, "yellow"]


@given(
    st.lists(st.sampled_from("ryg-?…!RY"), min_size=1, max_size=6).map("".join),
    st.lists(st.sampled_from("rg?"), max_size=3).map("".join),
)
def test_what_is_stored_of_a_unit_is_judged_alike(letters: str, other: str) -> None:
    standings = among_peers([unit("a", letters, history={"lag_streak": 1}), unit("b", other or "g")], [1])
    again = [from_json(to_json(one)) for one in standings]
    assert again == standings
    assert judge_units(again, RANKED) == judge_units(standings, RANKED)


GREEN = """
[[level]]
code = "green"
name = "绿灯"
colour = "green"
severity = 0
when = "gap_pp >= 0"
"""
WHOLE = read_policy(TEXT.replace(" OR items_not_reported >= 3", "") + GREEN, "whole")
"""Every item that is reported has a level, and not to report is none of the unit's matters."""


@given(st.text("ryg?", min_size=1, max_size=7), st.data())
def test_what_is_said_of_missing_items_holds_when_they_come(letters: str, data: st.DataObject) -> None:
    said = of(letters, WHOLE)
    came = "".join(data.draw(st.sampled_from("yg")) if a == "?" else a for a in letters)
    now = of(came, WHOLE)
    assert now.level is not None
    if said.reason is Reason.LEVEL_MATCHED:
        assert said.level == now.level
    elif said.level is not None:
        assert now.level.severity >= said.level.severity


@pytest.mark.parametrize(
    ("mine", "others", "rank"),
    [
        ("1/2", ("0", "1/2"), Rank(2, 1, 3)),
        ("0", ("1/2", "1/2"), Rank(1, 3, 3)),
        ("1/2", ("0", None), Rank(2, 1, 2)),
        (None, ("0",), Rank()),
        ("1", (), Rank(1, 1, 1)),
    ],
)
def test_units_are_ranked_by_the_share_that_warns(mine: str | None, others: Sequence[str | None], rank: Rank) -> None:
    share = [None if text is None else Fraction(text) for text in (mine, *others)]
    assert placed(share[0], share[1:]) == rank


@given(st.lists(st.integers(-2, 4)), st.integers(0, 5), st.integers(0, 4))
def test_counts_and_shares_add_up(severities: list[int], silent: int, severity: int) -> None:
    items = Items(len(severities) + silent, silent, tuple(severities))
    names = [f"items_at({n})" for n in range(severity, 5)]
    values = unit_values(items, Rank(), [*names, f"items_from({severity})", f"share_from({severity})", "items"])
    from_here = sum((values[name] or Fraction(0) for name in names), Fraction(0))
    assert values[f"items_from({severity})"] == from_here
    share = values[f"share_from({severity})"]
    assert share == (from_here / len(severities) if severities else None)
