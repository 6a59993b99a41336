"""What a warning waits for, until when, and on which days anybody hears of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.access import Role
from diaodu.rules.duty import Terms
from diaodu.rules.reminder import read_ladder
from diaodu.rules.warning import OVER, WarningState
from diaodu.rules.warning_leg import (
    LEGS,
    OFFICE_LEGS,
    Waiting,
    WarningLeg,
    is_plain,
    ladder_of,
    reached_by,
    steps_come,
    waiting,
)
from diaodu.rules.workday import ONE_DAY, Workdays

S, L = WarningState, WarningLeg
WED, THU, FRI, MON, TUE = (date(2023, 11, day) for day in (8, 9, 10, 13, 14))
DAYS = Workdays({})


@pytest.mark.parametrize(
    ("state", "reply_due", "rectify_by", "postponed_until", "expected"),
    [
        (S.PROPOSED, None, None, None, Waiting(L.REVIEW, WED, FRI)),
        (S.PROPOSED, None, None, date(2023, 12, 1), Waiting(L.REVIEW, WED, date(2023, 12, 1))),
        (S.ISSUED, MON, None, None, Waiting(L.SIGN, WED, THU)),
        (S.ISSUED, WED, None, None, Waiting(L.SIGN, WED, WED)),  # never later than the answer itself
        (S.ISSUED, None, None, None, None),  # on record only: nothing was sent
        (S.ACKNOWLEDGED, MON, None, None, Waiting(L.PLAN, WED, MON)),
        (S.RETURNED, MON, None, None, Waiting(L.PLAN, WED, MON)),
        (S.PLANNED, MON, TUE, None, Waiting(L.EVIDENCE, WED, TUE)),
        (S.PLANNED, MON, None, None, None),  # a plan from before plans had a day
        (S.EVIDENCED, MON, TUE, None, Waiting(L.VERIFY, WED, MON)),
        (S.VERIFIED, MON, TUE, None, Waiting(L.VERIFY, WED, MON)),
        (S.EXEMPTED, None, None, None, None),
        (S.CLOSED, None, None, None, None),
        (S.WITHDRAWN, None, None, None, None),
    ],
)
def test_what_a_warning_waits_for(
    state: WarningState,
    reply_due: date | None,
    rectify_by: date | None,
    postponed_until: date | None,
    expected: Waiting | None,
) -> None:
    assert waiting(state, WED, reply_due, rectify_by, postponed_until, DAYS) == expected


@pytest.mark.parametrize(
    ("state", "reply_due", "rectify_by", "expected"),
    [
        (S.PROPOSED, None, None, Waiting(L.REVIEW, WED, TUE)),
        (S.ISSUED, date(2023, 11, 30), None, Waiting(L.SIGN, WED, FRI)),
        (S.ISSUED, None, None, Waiting(L.SIGN, WED, FRI)),  # asked for no answer, only to put it right
        (S.ACKNOWLEDGED, None, None, Waiting(L.PLAN, WED, date(2023, 11, 22))),
        (S.PLANNED, None, MON, Waiting(L.EVIDENCE, WED, MON)),
        (S.PLANNED, None, None, Waiting(L.EVIDENCE, WED, date(2023, 11, 22))),
        (S.EVIDENCED, None, None, Waiting(L.VERIFY, WED, THU)),
    ],
)
def test_a_level_has_terms_of_its_own(
    state: WarningState, reply_due: date | None, rectify_by: date | None, expected: Waiting
) -> None:
    terms = Terms(review=4, sign=2, verify=1)
    assert waiting(state, WED, reply_due, rectify_by, None, DAYS, terms, date(2023, 11, 22)) == expected


def test_every_open_state_but_an_exemption_waits_for_somebody() -> None:
    assert set(LEGS) == set(S) - OVER - {S.EXEMPTED}


def test_a_unit_is_told_of_its_own_legs_and_the_office_alone_of_its_own() -> None:
    unit_ladder = read_ladder("T, T+3 leader")
    for leg in L:
        roles = {rung.to for rung in ladder_of(leg, unit_ladder)}
        assert roles == ({Role.OFFICE} if leg in OFFICE_LEGS else {Role.REPORTER, Role.LEADER, Role.OFFICE})


@given(
    since=st.dates(date(2023, 1, 1), date(2023, 10, 1)),
    leg=st.sampled_from([S.PROPOSED, S.ISSUED, S.ACKNOWLEDGED, S.PLANNED, S.EVIDENCED]),
    due=st.integers(0, 20),
    runs=st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=20),
    holidays=st.dictionaries(st.dates(date(2023, 1, 1), date(2023, 12, 31)), st.booleans(), max_size=40),
)
def test_nobody_hears_on_rest_days_or_twice_and_nothing_is_dropped(
    since: date, leg: WarningState, due: int, runs: list[tuple[int, bool]], holidays: dict[date, bool]
) -> None:
    """Whichever runs have no message left for plain reminders: those are heard later, all others at once."""
    days = Workdays(holidays)
    day = days.after(since, due)
    waits = waiting(leg, since, day, day, None, days)
    assert waits is not None
    ladder = ladder_of(waits.leg, read_ladder("T-3, T-1, T, T+1.., T+3 reviewer"))
    last = since + timedelta(90)
    while not days.is_workday(last):
        last += ONE_DAY
    reached, heard = None, set[tuple[Role, date]]()
    for today, is_full in [
        *sorted((since + timedelta(n), is_full) for n, is_full in dict(runs).items()),
        (last, False),
    ]:
        steps = steps_come(ladder, waits, today, reached, days)
        assert not steps or days.is_workday(today)
        assert all(days.is_workday(step.planned_on) and since < step.planned_on <= today for step in steps)
        new = {(s.rung.to, s.planned_on) for s in steps if not (is_full and is_plain(s))}
        assert not new & heard
        heard |= new
        if steps:
            reached = reached_by(steps, reached, is_full)
    assert heard == {(s.rung.to, s.planned_on) for s in steps_come(ladder, waits, last, None, days)}
