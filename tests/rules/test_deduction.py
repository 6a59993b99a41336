"""A warning costs the gravest level it was told of, and nothing once withdrawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.deduction import Charge, DeductionReason, charged, given_back

R = DeductionReason


@pytest.mark.parametrize(
    ("points", "before", "charge"),
    [
        (None, [], None),
        (500_000, [], Charge(500_000, R.ISSUED)),
        (500_000, [500_000], None),  # told again
        (2_000_000, [500_000], Charge(1_500_000, R.RAISED)),
        (500_000, [2_000_000], None),  # told of a milder one
        (1_000_000, [1_000_000, -1_000_000], Charge(1_000_000, R.ISSUED)),
    ],
)
def test_what_being_told_costs(points: int | None, before: list[int], charge: Charge | None) -> None:
    assert charged(points, before) == charge


@given(st.lists(st.one_of(st.none(), st.integers(1, 10**9)), max_size=8))
def test_whatever_it_was_told_it_has_cost_the_most_and_gives_all_of_it_back(told: list[int | None]) -> None:
    cost: list[int] = []
    for points in told:
        charge = charged(points, cost)
        cost += [charge.points] if charge else []
    assert sum(cost) == max((points for points in told if points is not None), default=0)
    back = given_back(cost)
    assert sum(cost) + (back.points if back else 0) == 0
    assert (back is None) == (cost == [])
