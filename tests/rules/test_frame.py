"""The frame of all targets says what the exact measures of each target say."""

from fractions import Fraction

from hypothesis import given

from diaodu.rules import measures
from diaodu.rules.frame import with_measures
from diaodu.rules.measures import MEASURES, RANKS, RELATIVE_ERROR
from diaodu.rules.standing import Standing
from tests.rules.standings import WORKDAYS, frame_of, schemes

NAMES = [name for name in MEASURES if name not in RANKS]


def exact(all_of: list[Standing], one: Standing, name: str) -> Fraction | None:
    above = next((s for s in all_of if s.indicator == one.indicator and s.unit == one.parent), None)
    return measures.exact(one, name, WORKDAYS, above)


@given(schemes())
def test_every_measure_agrees_with_its_fraction_and_is_empty_exactly_where_that_is(standings: list[Standing]) -> None:
    frame = with_measures(frame_of(standings), WORKDAYS)
    for name in NAMES:
        for value, one in zip(frame[name], standings, strict=True):
            wanted = exact(standings, one, name)
            assert (value is None) == (wanted is None), (name, value, wanted, one)
            if wanted is not None:
                assert abs(Fraction(value) - wanted) <= Fraction(RELATIVE_ERROR) * abs(wanted), (name, value, wanted)
