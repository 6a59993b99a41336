"""Levels that stay though their condition no longer holds: a target's periods told as letters, its gaps as numbers."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.frame import with_measures
from diaodu.rules.history import SCHEMA, asked, with_history
from diaodu.rules.policy import Policy, judge, read_policy
from diaodu.rules.verdict import Reason
from tests.rules.standings import WORKDAYS, frame_of, standing

LAMPS = """
name = "三灯"
[[level]]
code = "red"
name = "红灯"
colour = "red"
severity = 2
when = "gap_pp < -30"
{red}
[[level]]
code = "yellow"
name = "黄灯"
colour = "yellow"
severity = 1
when = "gap_pp < -10"
{yellow}
[[level]]
code = "green"
name = "绿灯"
colour = "green"
severity = 0
when = "gap_pp >= -10"
"""
CODES = {"red": "r", "yellow": "y", "green": "g", None: "-"}


def lamps(red: str = "", yellow: str = "") -> Policy:
    return read_policy(LAMPS.format(red=red, yellow=yellow), "lamps")


def told(policy: Policy, gaps: list[int | None]) -> tuple[str, list[str]]:
    """The levels and reasons of one target over months of such gaps, each month by the verdicts of those before."""
    past: list[tuple[int, date, str | None, int | None, str]] = []
    for month, gap in enumerate(gaps, 1):
        day = _end(month)
        facts = {"as_of": day, "required_as_of": day, "known_on": day, "report_due": date(2023, 1, 1)}
        plan = month * 100
        actual = None if gap is None else plan + gap * 12
        one = standing(**facts, target=1200, actual=actual, reported_as_of=None if gap is None else day)
        frame = with_history(frame_of([one]), pl.DataFrame(past, SCHEMA, orient="row"), asked(policy))
        row = judge(with_measures(frame, WORKDAYS), policy, WORKDAYS).row(0, named=True)
        past.append((1, day, row["level"], row["severity"], row["reason"]))
    reasons = [reason for *_, reason in past]
    return "".join("?" if p[4] == "not_reported" else CODES[p[2]] for p in past), reasons


def _end(month: int) -> date:
    return date(2023 + month // 12, month % 12 + 1, 1) - timedelta(days=1)


CASES = (
    # what keeps red, what keeps yellow, gaps month by month, levels
    ("", "", [-40, -20, 0, -40], "rygr"),
    # a release unlike the entry
    ('until = "gap_pp >= -5"', "", [-40, -20, -6, -5, -20], "rrrgy"),
    ('until = "gap_pp >= -5"', "", [-40, 0], "rg"),
    ("", 'until = "gap_pp >= 0"', [-20, -5, -1, 0, -5], "yyygg"),
    ("", 'until = "gap_pp >= 0"', [-20, -5, -40, -5], "yyrg"),  # a graver level is never held back, and ends by its own
    ('until = "ratio >= 1.0"', "", [-40, None, -20, 0], "r?rg"),  # missing data release nobody
    # a made-up gap
    ('through = "yellow"', "", [-40, 0, 0], "ryg"),
    ('through = "yellow"', "", [-40, -20, 0], "ryg"),
    ('through = "yellow"', "", [-40, None, 0, 0], "r?yg"),
    ('through = "yellow"', 'until = "gap_pp >= 5"', [-40, 0, 0, 5], "ryyg"),
    ('until = "gap_pp >= -5"\nthrough = "yellow"', "", [-40, -20, 0, 0], "rryg"),
    # the shortest time
    ('dwell = "2 periods"', "", [-40, 0, 0], "rrg"),
    ('dwell = "3期"', "", [-40, -40, 0, 0], "rrrg"),
    ('dwell = "2 periods"', "", [-40, None, 0, 0], "r?rg"),
    ('dwell = "2 periods"\nthrough = "yellow"', "", [-40, 0, 0, 0], "rryg"),
    # history in the conditions themselves
    ("", "", [-20, -20, -20], "yyy"),
)


@pytest.mark.parametrize(("red", "yellow", "gaps", "levels"), CASES)
def test_what_keeps_a_level(red: str, yellow: str, gaps: list[int | None], levels: str) -> None:
    assert told(lamps(red, yellow), gaps)[0] == levels


def test_two_yellow_months_make_the_third_red() -> None:
    policy = read_policy(
        LAMPS.format(red="", yellow="").replace('"gap_pp < -30"', '"gap_pp < -10 AND lag_streak >= 2"'), "p"
    )
    assert told(policy, [-20, -20, -20, 0, -20, None, -20, -20])[0] == "yyrgy?yr"


def test_each_way_of_staying_has_its_own_reason() -> None:
    policy = lamps('until = "gap_pp >= -5"\nthrough = "yellow"\ndwell = "2 periods"')
    assert told(policy, [-40, 0, -20, 0, 0])[1] == [
        Reason.LEVEL_MATCHED,
        Reason.DWELLING,
        Reason.HELD,
        Reason.PASSING,
        Reason.LEVEL_MATCHED,
    ]


@given(st.lists(st.integers(-60, 20) | st.none(), min_size=1, max_size=12))
def test_holding_never_makes_a_level_milder(gaps: list[int | None]) -> None:
    plain = told(lamps(), gaps)[0]
    kept = told(lamps('until = "gap_pp >= -5"\nthrough = "yellow"', 'dwell = "2 periods"'), gaps)[0]
    grave = {"?": -1, "g": 0, "y": 1, "r": 2}
    assert all(grave[a] <= grave[b] for a, b in zip(plain, kept, strict=True))


@given(st.lists(st.integers(-60, 20) | st.none(), min_size=2, max_size=12))
def test_red_is_never_followed_by_green_where_it_must_pass_yellow(gaps: list[int | None]) -> None:
    levels = told(lamps('through = "yellow"'), gaps)[0].replace("?", "")
    assert "rg" not in levels
