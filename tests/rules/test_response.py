"""What units did in a round, counted: every number stands in exactly one place, and lateness is apart from it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.request import RequestState
from diaodu.rules.response import Line, Response, response, total
from diaodu.rules.workday import Workdays

S = RequestState
DUE = date(2023, 11, 3)  # a Friday
PLAIN = Workdays({})
DAYS = st.dates(DUE - timedelta(days=9), DUE + timedelta(days=9))
LINES = st.lists(st.builds(Line, st.sampled_from(S), DAYS, st.none() | DAYS, st.integers(1, 5)), max_size=8)


@pytest.mark.parametrize(
    ("state", "came", "today", "expected"),
    [
        (S.AWAITED, None, DUE, Response(awaited=1)),
        (S.AWAITED, None, DUE + timedelta(days=1), Response(overdue=1)),  # the day after, rest day or not
        (S.SUBMITTED, DUE, DUE, Response(reported=1, on_time=1)),
        (S.CONFIRMED, DUE + timedelta(days=1), DUE, Response(reported=1, late=1, worst=1)),  # Saturday: Monday
        (S.CHECKED, DUE + timedelta(days=5), DUE, Response(reported=1, late=1, worst=3)),
        (S.RETURNED, DUE, DUE + timedelta(days=9), Response(returned=1, on_time=1)),  # it had come in time
        (S.MISSING, None, DUE + timedelta(days=30), Response(missing=1)),
        (S.MISSING, DUE, DUE + timedelta(days=30), Response(missing=1)),  # returned, and never mended
        (S.SPARED, None, DUE + timedelta(days=1), Response(spared=1)),
        (S.WITHDRAWN, None, DUE + timedelta(days=1), Response(withdrawn=1)),
    ],
)
def test_a_number_stands_in_one_place(state: RequestState, came: date | None, today: date, expected: Response) -> None:
    assert response([Line(state, DUE, came, 1)], today, PLAIN) == expected


@given(LINES, DAYS)
def test_nothing_is_lost_in_counting(lines: list[Line], today: date) -> None:
    counted = response(lines, today, PLAIN)
    assert counted.asked + counted.spared + counted.withdrawn == sum(line.count for line in lines)
    assert counted.owed == counted.asked - counted.reported
    assert counted.on_time + counted.late <= sum(line.count for line in lines)


@given(LINES, LINES, DAYS)
def test_units_add_up_to_the_round(east: list[Line], west: list[Line], today: date) -> None:
    apart = [response(lines, today, PLAIN) for lines in (east, west)]
    assert total(apart) == response(east + west, today, PLAIN)


def test_no_unit_is_nothing() -> None:
    assert total([]) == Response()
