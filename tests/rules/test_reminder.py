"""The reminder ladder: how it is written, on which days it is climbed, and that no step is lost or doubled."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.access import Role
from diaodu.rules.reminder import NotALadder, Rung, base, due_rungs, last_single, planned, read_ladder
from diaodu.rules.workday import Workdays

R, V, L = Role.REPORTER, Role.REVIEWER, Role.LEADER
LADDER = read_ladder("T-3, T-1, T, T+1..")
ESCALATIONS = read_ladder("T+3 reviewer, T+5 leader, T+8 parent")
# 2023: 29 September to 6 October off, 7 and 8 October worked
AUTUMN = Workdays(
    {date(2023, 9, 29) + timedelta(days=n): False for n in range(8)}
    | {date(2023, 10, 7): True, date(2023, 10, 8): True}
)


def sep(day: int) -> date:
    return date(2023, 9, day)


def oct_(day: int) -> date:
    return date(2023, 10, day)


@pytest.mark.parametrize(
    ("text", "rungs"),
    [
        ("T-3, T-1, T, T+1..", [Rung(-3), Rung(-1), Rung(0), Rung(1, repeats=True)]),
        ("T+8 parent, T+3 reviewer,T+5  leader", [Rung(3, V), Rung(5, L), Rung(8, L, above=1)]),
        ("t−3，Ｔ＋１…、T 填报人", [Rung(-3), Rung(0), Rung(1, repeats=True)]),
        ("T+8 上级, T+12 上上级", [Rung(8, L, above=1), Rung(12, L, above=2)]),
        ("T+3 审核人、T+5 领导、T+8 上级", [Rung(3, V), Rung(5, L), Rung(8, L, above=1)]),
        ("T+3.. reviewer", [Rung(3, V, repeats=True)]),
        ("T+0", [Rung(0)]),
        ("", []),
        ("  ", []),
    ],
)
def test_a_ladder_is_read_as_people_write_it(text: str, rungs: list[Rung]) -> None:
    assert list(read_ladder(text)) == rungs


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("T-3, T1", "“T1”不是催报步骤"),
        ("每天", "应写成 T-3、T、T+1.."),
        ("T+3 mayor", "对象可写：reporter、填报人、reviewer"),
        ("T-3,,T", "“”不是催报步骤"),
        ("T+61", "最多60个工作日"),
        ("T-3, T-3", "对同一对象重复"),
        ("T+1.., T+4..", "对同一对象重复"),
        ("T+5 leader, T+5 parent", "对同一对象重复"),
        ("T+5.. leader, T+8 parent", "本单位领导与上级请错开"),
    ],
)
def test_what_is_no_ladder_is_refused_with_what_would_be_right(text: str, says: str) -> None:
    with pytest.raises(NotALadder, match=re.escape(says)):
        read_ladder(text)


@pytest.mark.parametrize(
    ("due", "opens", "last", "days"),
    [
        # a plain week: Thursday 21 September
        (sep(21), sep(1), sep(25), [(-3, sep(18)), (-1, sep(20)), (0, sep(21)), (1, sep(22)), (2, sep(25))]),
        # over the holidays and the make-up weekend
        (
            sep(28),
            sep(1),
            oct_(9),
            [(-3, sep(25)), (-1, sep(27)), (0, sep(28)), (1, oct_(7)), (2, oct_(8)), (3, oct_(9))],
        ),
        # a deadline that stays on a rest day: T is told on the next working day, which T+1 would have been
        (sep(30), sep(1), oct_(8), [(-3, sep(26)), (-1, sep(28)), (1, oct_(7)), (2, oct_(8))]),
        # opened two working days before: T-3 comes on the first day, not never
        (sep(21), sep(19), sep(21), [(-3, sep(19)), (-1, sep(20)), (0, sep(21))]),
        # opened the day before, on which T-3 and T-1 fall together
        (sep(21), sep(20), sep(21), [(-1, sep(20)), (0, sep(21))]),
        # opened on a Saturday, first told on Monday
        (sep(21), sep(16), sep(18), [(-3, sep(18))]),
        (sep(21), sep(1), sep(17), []),
    ],
)
def test_the_days_of_the_ladder(due: date, opens: date, last: date, days: list[tuple[int, date]]) -> None:
    assert [(step.offset, step.planned_on) for step in planned(LADDER, due, opens, last, AUTUMN)] == days


def test_those_above_hear_on_their_days() -> None:
    steps = planned(ESCALATIONS, sep(21), sep(1), oct_(31), AUTUMN)
    assert [(s.rung.to, s.rung.above, s.planned_on) for s in steps] == [
        (V, False, sep(26)),
        (L, False, sep(28)),
        (L, True, oct_(9)),
    ]
    assert last_single((*LADDER, *ESCALATIONS)) == 8
    assert last_single(()) == 0


def test_nobody_above_a_unit_hears_before_it_does() -> None:
    asked_on = oct_(9)  # eleven working days after the deadline
    steps = planned((*LADDER, *ESCALATIONS), base(sep(21), asked_on), asked_on, oct_(12), AUTUMN)
    assert [(step.rung.to, step.planned_on) for step in steps] == [
        (R, oct_(9)),
        (R, oct_(10)),
        (R, oct_(11)),
        (R, oct_(12)),
        (V, oct_(12)),
    ]
    assert base(sep(21), sep(1)) == sep(21)


def test_nothing_comes_due_once_the_round_is_over() -> None:
    steps = due_rungs(LADDER, sep(21), sep(1), oct_(10), set(), AUTUMN, until=sep(22))
    assert [step.offset for step in steps] == [-3, -1, 0, 1]


DAYS = st.dates(date(2023, 8, 1), date(2023, 12, 31))
LADDERS = st.sampled_from(
    ["T-3, T-1, T, T+1..", "T-5, T+2..", "T", "T-1, T+3 reviewer, T+5 leader", "T-2, T.. reviewer"]
)
CALENDARS = st.builds(
    lambda off, worked: Workdays(dict.fromkeys(off, False) | dict.fromkeys(worked, True)),
    st.sets(DAYS, max_size=20),
    st.sets(DAYS, max_size=5),
)


@given(LADDERS, CALENDARS, DAYS, st.integers(0, 30), st.sets(st.integers(0, 60), min_size=1, max_size=40))
def test_whatever_days_are_missed_each_step_is_told_once_and_on_a_working_day(
    text: str, workdays: Workdays, due: date, open_for: int, ran_on: set[int]
) -> None:
    opens, ladder = due - timedelta(days=open_for), read_ladder(text)
    told: list[tuple[Role, date]] = []
    for today in sorted(opens + timedelta(days=n) for n in ran_on):
        steps = due_rungs(ladder, due, opens, today, told, workdays)
        assert not steps or workdays.is_workday(today)
        assert all(step.planned_on <= today for step in steps)
        told += [(step.rung.to, step.planned_on) for step in steps]
        if workdays.is_workday(today):
            expected = {(one.rung.to, one.planned_on) for one in planned(ladder, due, opens, today, workdays)}
            assert set(told) == expected
    assert len(told) == len(set(told))


@given(LADDERS, CALENDARS, DAYS, st.integers(0, 30), st.integers(0, 40))
def test_every_planned_day_is_a_working_day_from_the_opening_on(
    text: str, workdays: Workdays, due: date, open_for: int, later: int
) -> None:
    opens, ladder = due - timedelta(days=open_for), read_ladder(text)
    steps = planned(ladder, due, opens, due + timedelta(days=later), workdays)
    assert all(workdays.is_workday(s.planned_on) and s.planned_on >= opens for s in steps)
    assert len({(s.rung.to, s.planned_on) for s in steps}) == len(steps)
    if later > 35 and any(not rung.repeats for rung in ladder):
        assert steps, "a reminder may be deferred, never dropped"
