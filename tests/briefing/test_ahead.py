"""What would close a gap: the next milestone or period's end, and exactly how much is missing for it."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diaodu.briefing.ahead import ahead
from diaodu.briefing.sheet_facts import Ahead
from diaodu.briefing.tally import line
from diaodu.rules.frame import with_measures
from diaodu.rules.indicator import Direction
from diaodu.rules.quantity import MICRO
from diaodu.rules.ranking import TiePolicy, with_ranks
from diaodu.rules.trajectory import Trajectory
from tests.rules.standings import WORKDAYS, frame_of, standing

NOVEMBER, YEAR_END = date(2023, 11, 30), date(2023, 12, 31)
MILESTONE = {"next_name": "主体完工", "next_due": date(2023, 11, 15), "next_planned": 108}
LATER = {"next_name": "交付", "next_due": date(2023, 12, 20), "next_planned": 118}


def _ahead(period_end: date | None = NOVEMBER, **changes: Any) -> Ahead | None:
    frame = with_ranks(with_measures(frame_of([standing(**changes)]), WORKDAYS), "completion", TiePolicy.ORDINAL)
    return ahead(line(frame.row(0, named=True), {}, WORKDAYS), period_end)


CASES: tuple[tuple[dict[str, Any], tuple[object, ...]], ...] = (
    # what is known, then: milestone, day, planned by then, missing today, by then, and for the whole target
    ({}, (None, NOVEMBER, 110, 20, 30, 40)),
    (MILESTONE, ("主体完工", date(2023, 11, 15), 108, 20, 28, 40)),
    (LATER, (None, NOVEMBER, 110, 20, 30, 40)),
    ({"actual": 100}, (None, NOVEMBER, 110, 0, 10, 20)),
    ({"actual": 130}, (None, NOVEMBER, 110, 0, 0, 0)),
    ({"due": NOVEMBER}, (None, NOVEMBER, 120, "320/11", 40, 40)),
    ({"due": date(2023, 10, 15)}, (None, date(2023, 10, 15), 120, 40, 40, 40)),
    ({"actual": None}, (None, NOVEMBER, 110, None, None, None)),
    ({"direction": Direction.LOWER, "actual": 130}, (None, NOVEMBER, 110, 30, 20, 10)),
    ({"direction": Direction.LOWER, "actual": 80}, (None, NOVEMBER, 110, 0, 0, 0)),
    ({"direction": Direction.BAND, "upper": 140}, (None, NOVEMBER, 110, None, None, None)),
    ({"trajectory": Trajectory.FLAT}, (None, NOVEMBER, 120, 40, 40, 40)),
    (
        {"trajectory": Trajectory.STEP, "past_due": date(2023, 9, 30), "past_planned": 90, **LATER},
        (None, NOVEMBER, 90, 10, 10, 40),
    ),
    (
        {"trajectory": Trajectory.INTERPOLATED, "past_due": date(2023, 10, 21), "past_planned": 90, **LATER},
        (None, NOVEMBER, "326/3", "44/3", "86/3", 40),
    ),
)


@pytest.mark.parametrize(("known", "expected"), CASES)
def test_what_lies_ahead(known: dict[str, Any], expected: tuple[object, ...]) -> None:
    found = _ahead(**known)
    assert found is not None
    amounts = (None if n is None else Fraction(n) / MICRO for n in (found.planned, found.owed, found.more, found.rest))
    asked = [n if n is None else Fraction(str(n)) for n in expected[2:]]
    assert [found.name, date.fromisoformat(found.day), *amounts] == [*expected[:2], *asked]


def test_after_the_last_period_the_target_lies_ahead() -> None:
    found = _ahead(period_end=None)
    assert found is not None
    assert (found.day, found.more, found.more) == (YEAR_END.isoformat(), found.rest, found.rest)


@pytest.mark.parametrize("known", [{"target": None}, {"start": date(2023, 11, 15)}])
def test_where_nothing_is_asked_nothing_lies_ahead(known: dict[str, Any]) -> None:
    assert _ahead(**known) is None


@settings(max_examples=30)
@given(st.integers(0, 200 * MICRO), st.sampled_from([MILESTONE, LATER, {}]))
def test_who_adds_what_is_missing_has_exactly_reached_it(actual: int, known: dict[str, Any]) -> None:
    found = _ahead(actual=f"{actual / MICRO:.6f}", **known)
    assert found is not None
    assert found.more is not None
    reached = Fraction(actual) + Fraction(found.more)
    assert reached == max(Fraction(found.planned), actual)
