"""What earlier periods say: one letter a period, the newest last; the day judged is in the period after."""

from datetime import date

import polars as pl
import pytest

from diaodu.rules.history import SCHEMA, asked, looks_back, with_history
from diaodu.rules.policy import read_policy
from tests.rules.standings import frame_of, standing

LETTERS = {
    "r": ("red", 2, "level_matched"),
    "y": ("yellow", 1, "level_matched"),
    "g": ("green", 0, "level_matched"),
    "h": ("red", 2, "held"),
    "p": ("praise", -1, "level_matched"),
    "-": (None, None, "no_level_matched"),
    "?": (None, None, "not_reported"),
    "…": (None, None, "awaited"),
    "s": (None, None, "source_down"),
    "0": (None, None, "no_target"),
}
OCT = date(2023, 10, 31)


def past(letters: str, target_id: int = 1) -> pl.DataFrame:
    """Month ends before October 2023, the last letter being September; ` ` is a month never judged."""
    months = range(9 - len(letters) + 1, 10)
    rows = [(target_id, _month_end(m), *LETTERS[each]) for m, each in zip(months, letters, strict=True) if each != " "]
    return pl.DataFrame(rows, SCHEMA, orient="row")


def _month_end(month: int) -> date:
    """Of 2023; 0 is December 2022."""
    first_of_next = pl.date_range(date(2022, 1, 1), date(2024, 12, 1), "1mo", eager=True)
    return first_of_next.dt.month_end()[month + 11]


CASES = (
    # earlier periods, measure, value
    ("", "lag_streak", 0),
    ("r", "lag_streak", 1),
    ("rry", "lag_streak", 3),
    ("rry", "lag_streak(2)", 0),
    ("yrr", "lag_streak(2)", 2),
    ("rrg", "lag_streak", 0),
    ("rrp", "lag_streak", 0),
    ("r-", "lag_streak", 0),  # data that no level covers break a streak
    ("r?", "lag_streak", 1),  # missing data neither break it
    ("r?r", "lag_streak", 2),  # nor count in it
    ("r…s0r", "lag_streak", 2),
    ("r r", "lag_streak", 2),  # nor does a period that was never judged
    ("gyr", "level_count_n(1, 2)", 2),
    ("rgyr", "level_count_n(1, 3)", 2),
    ("rgy?r", "level_count_n(1, 3)", 2),  # of the last three with data
    ("rgyr", "level_count_n(2, 6)", 2),
    ("yrh", "level_count_y(2)", 2),
    ("rrr", "level_count_q", 0),  # October begins a quarter
    ("yr", "previous_severity", 2),
    ("r?", "previous_severity", 2),
    ("r-", "previous_severity", None),
    ("", "previous_severity", None),
    ("yry", "worst_y", 2),
    ("yry", "worst_q", None),
    ("ggg", "worst_y", 0),
)


@pytest.mark.parametrize(("letters", "name", "value"), CASES)
def test_a_history_read_as_letters(letters: str, name: str, value: int | None) -> None:
    found = with_history(frame_of([standing(as_of=OCT)]), past(letters), frozenset({name}))
    assert found[name].to_list() == [value]


@pytest.mark.parametrize(
    ("letters", "name", "value"),
    [("rrr", "level_count_q(2)", 2), ("ygr", "level_count_q", 1), ("r??", "level_count_q", 0), ("rgy", "worst_q", 1)],
)
def test_a_quarter_is_counted_from_its_first_period(letters: str, name: str, value: int) -> None:
    september = standing(as_of=date(2023, 9, 30), required_as_of=date(2023, 9, 30))
    earlier = past(letters).with_columns(pl.col("period").dt.offset_by("-1mo").dt.month_end())
    assert with_history(frame_of([september]), earlier, frozenset({name}))[name].to_list() == [value]


def test_the_year_before_does_not_count_in_the_year() -> None:
    letters = "rr" + "g" * 9  # November and December 2022
    found = with_history(frame_of([standing()]), past(letters), frozenset({"level_count_y", "worst_y"}))
    assert found.select("level_count_y", "worst_y").row(0) == (0, 0)


@pytest.mark.parametrize(("letters", "level", "run"), [("gyy?y", "yellow", 3), ("yr", "red", 1), ("", None, 0)])
def test_the_level_before_and_how_long_it_lasted(letters: str, level: str | None, run: int) -> None:
    found = with_history(frame_of([standing()]), past(letters), frozenset())
    assert found.select("previous_level", "previous_run").row(0) == (level, run)


def test_the_period_judged_and_later_ones_are_no_history() -> None:
    rows = [(1, day, "red", 2, "level_matched") for day in (OCT, date(2023, 11, 30))]
    found = with_history(frame_of([standing()]), pl.DataFrame(rows, SCHEMA, orient="row"), frozenset({"lag_streak"}))
    assert found["lag_streak"].to_list() == [0]


def test_each_target_has_its_own_history_and_the_frame_keeps_its_order() -> None:
    frame = frame_of([standing(target_id=2), standing(target_id=3), standing(target_id=1)])
    found = with_history(frame, pl.concat([past("rr", 1), past("g", 2)]), frozenset({"lag_streak"}))
    assert found.select("target_id", "lag_streak").rows() == [(2, 0), (3, 0), (1, 2)]


def test_looking_back_twice_gives_the_same() -> None:
    names = frozenset({"lag_streak", "month"})
    once = with_history(frame_of([standing()]), past("rr"), names)
    assert with_history(once, past("rr"), names).equals(once)


LEVEL = '\n[[level]]\ncode = "l{n}"\nname = "{n}"\ncolour = "red"\nseverity = {n}\nwhen = "{when}"\n'


@pytest.mark.parametrize(
    ("when", "names", "back"),
    [
        ("gap_pp < 0", set(), False),
        ("gap_pp < 0 AND month IN (3, 6)", {"month"}, False),
        ("judgement >= 1", {"judgement"}, False),
        ("lag_streak( 2 ) >= 3 OR lag_streak() > 1", {"lag_streak(2)", "lag_streak"}, True),
    ],
)
def test_only_what_is_asked_is_looked_up(when: str, names: set[str], back: bool) -> None:
    policy = read_policy('name = "n"\n' + LEVEL.format(n=1, when=when), "p")
    assert (asked(policy), looks_back(policy)) == (names, back)
