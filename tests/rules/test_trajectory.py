"""Whatever the trajectory: nothing before the start, all from the due day, and never backwards in between."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.trajectory import Path, Trajectory, months, planned, stretch, whole_months

days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
amounts = st.integers(-(10**9), 10**9)


@st.composite
def paths(draw: st.DrawFn) -> Path:
    start, due = sorted((draw(days), draw(days)))
    return Path(draw(st.sampled_from(Trajectory)), start, due, draw(amounts), draw(amounts))


@given(paths(), days)
def test_a_path_starts_at_the_baseline_and_ends_at_the_target(path: Path, day: date) -> None:
    assert planned(path, path.start - timedelta(days=1)) == path.baseline
    assert planned(path, path.due) == path.target
    low, high = sorted((path.baseline, path.target))
    assert low <= planned(path, day) <= high


@given(paths(), days, days)
def test_a_path_never_turns_back(path: Path, one: date, other: date) -> None:
    rising = replace(path, baseline=0, target=120)
    earlier, later = sorted((one, other))
    assert planned(rising, earlier) <= planned(rising, later)


@given(paths(), days)
def test_a_stretch_is_a_piece_of_something(path: Path, day: date) -> None:
    piece = stretch(path, day)
    assert 0 <= piece.done <= piece.whole
    assert piece.whole >= 1


@given(st.dates(date(2020, 1, 1), date(2024, 12, 31)))
def test_month_by_month_is_twelfths(day: date) -> None:
    """m/12, whichever of the twelve ends the period."""
    year = Path(Trajectory.MONTHS, date(day.year, 1, 1), date(day.year, 12, 31), 0, 12)
    end = date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)
    assert planned(year, end) == Fraction(day.month)


@given(
    st.lists(st.tuples(st.integers(1, 300), amounts), max_size=5, unique_by=lambda pair: pair[0]), st.integers(1, 364)
)
def test_an_interpolated_path_meets_its_milestones(milestones: list[tuple[int, int]], at: int) -> None:
    start = date(2023, 1, 1)
    dated = sorted((start + timedelta(days=n), value) for n, value in milestones)
    for day, value in dated:
        coming = [pair for pair in dated if pair[0] > day]
        past = Path(
            Trajectory.INTERPOLATED, start, date(2023, 12, 31), 0, 120, day, value, *(coming or [(None, None)])[0]
        )
        assert planned(past, day) == value
        between = planned(past, min(day + timedelta(days=at), (coming or [(past.due, 0)])[0][0]))
        low, high = sorted((value, coming[0][1] if coming else past.target))
        assert low <= between <= high


MONTHS = [
    # start, as of, months touched, months over
    (date(2023, 1, 1), date(2023, 1, 1), 1, 0),
    (date(2023, 1, 1), date(2023, 1, 31), 1, 1),
    (date(2023, 1, 31), date(2023, 2, 28), 2, 2),
    (date(2023, 11, 15), date(2024, 2, 28), 4, 3),
    (date(2023, 11, 15), date(2024, 2, 29), 4, 4),
]


@pytest.mark.parametrize(("start", "as_of", "touched", "over"), MONTHS)
def test_a_month_is_over_on_its_last_day(start: date, as_of: date, touched: int, over: int) -> None:
    assert months(start, as_of) == touched
    assert whole_months(start, as_of) == over
