"""Every table of `docs/rules.md` is what the rules do, for one target and for a frame of them."""

from datetime import date
from fractions import Fraction

import pytest

from diaodu.rules import measures
from diaodu.rules.frame import with_measures
from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.quantity import MICRO, printed
from diaodu.rules.standing import Standing
from diaodu.rules.trajectory import Trajectory
from diaodu.rules.verdict import state_of
from tests.rules.standings import WORKDAYS, frame_of, standing
from tests.spec.page import Case, around, cases, number, titled

MEASURED = ("completion", "expected", "gap_pp", "ratio", "shortfall")


def expect(one: Standing, name: str, wanted: Fraction | None) -> None:
    """The exact measure is `wanted`, and the frame's the float of it."""
    value = measures.exact(one, name, WORKDAYS)
    assert value == wanted, name
    assert with_measures(frame_of([one]), WORKDAYS)[name].to_list() == [None if value is None else pytest.approx(value)]


@pytest.mark.parametrize("case", cases("trajectory"), ids=titled)
def test_the_plan_is_what_the_page_says(case: Case) -> None:
    as_of = date.fromisoformat(case["as_of"])
    one = standing(
        trajectory=Trajectory(case["trajectory"]),
        start=date.fromisoformat(case["start"]),
        due=date.fromisoformat(case["due"]),
        as_of=as_of,
        **around(case["milestones"], as_of),
    )
    planned = number(case["planned"])
    assert planned is not None
    expect(one, "planned", planned * MICRO)


@pytest.mark.parametrize("case", cases("measures"), ids=titled)
def test_the_measures_are_what_the_page_says(case: Case) -> None:
    one = standing(
        kind=Kind(case["kind"]),
        direction=Direction(case["direction"]),
        trajectory=Trajectory(case["plan"]),
        **{name: case[name] or None for name in ("baseline", "target", "upper", "actual")},
    )
    for name in MEASURED:
        expect(one, name, number(case[name]))


@pytest.mark.parametrize("case", cases("published"), ids=titled)
def test_what_offices_published_is_what_we_print(case: Case) -> None:
    as_of = date.fromisoformat(case["as_of"])
    one = standing(
        kind=Kind(case["kind"]),
        trajectory=Trajectory(case["trajectory"]),
        as_of=as_of,
        required_as_of=as_of,
        reported_as_of=as_of,
        start=date(as_of.year, 1, 1),
        due=date(as_of.year, 12, 31),
        target=case["target"],
        actual=case["actual"],
        **around(case["milestones"], as_of),
    )
    value = measures.exact(one, case["measure"], WORKDAYS)
    assert value is not None
    assert printed(value * 100 if case["percent"] == "yes" else value, 1) == case["printed"]


@pytest.mark.parametrize("case", cases("states"), ids=titled)
def test_the_state_is_what_the_page_says(case: Case) -> None:
    days = {name: date.fromisoformat(case[name]) if case[name] else None for name in ("as_of", "reported_as_of")}
    quantities = {name: case[name] or None for name in ("target", "actual")}
    one = standing(known_on=date.fromisoformat(case["known_on"]), **days, **quantities)
    assert state_of(one).value == case["state"]
    assert with_measures(frame_of([one]), WORKDAYS)["state"].to_list() == [case["state"]]
