"""What keeps a number out, and what wants a comment, at and around every boundary."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.quantity import MICRO, to_micro
from diaodu.rules.validation import ADDS_UP, Doubt, Error, Known, Terms, above, continues, doubts, errors, figure

SEPTEMBER, OCTOBER, NOVEMBER = date(2023, 9, 30), date(2023, 10, 31), date(2023, 11, 30)
YEAR = date(2023, 1, 1)


def terms(kind: Kind = Kind.CUMULATIVE, direction: Direction = Direction.HIGHER, **more: object) -> Terms:
    """Quantities in measure units; two decimals unless given."""
    whole = {name: to_micro(str(more.pop(name))) for name in QUANTITIES if name in more}
    return Terms(kind, direction, **({"decimals": 2} | whole | more))  # type: ignore[arg-type]


QUANTITIES = ("lowest", "highest", "most_change", "most_excess", "target", "baseline")


WRONG = [
    (Kind.CUMULATIVE, {}, "12.34", []),
    (Kind.CUMULATIVE, {}, "12.345", [Error.TOO_FINE]),
    (Kind.CUMULATIVE, {}, "-12.34", []),
    (Kind.CUMULATIVE, {"decimals": 0}, "12", []),
    (Kind.CUMULATIVE, {"decimals": 0}, "12.5", [Error.TOO_FINE]),
    (Kind.CUMULATIVE, {"decimals": 6}, "0.000001", []),
    (Kind.COUNT, {}, "3", []),
    (Kind.COUNT, {}, "3.5", [Error.NOT_WHOLE]),
    (Kind.COUNT, {"decimals": 0}, "3.5", [Error.NOT_WHOLE]),  # said once
    (Kind.COUNT, {}, "-3", []),  # a net count may be below zero
    (Kind.RANK, {}, "1", []),
    (Kind.RANK, {}, "0", [Error.BEFORE_FIRST]),
    (Kind.RANK, {}, "0.5", [Error.NOT_WHOLE, Error.BEFORE_FIRST]),
    (Kind.DELIVERABLE, {}, "0", []),
    (Kind.DELIVERABLE, {}, "-1", [Error.NEGATIVE]),
    (Kind.RATIO, {}, "104.2", []),  # only what the office defines is impossible
    (Kind.RATIO, {"lowest": 0, "highest": 100}, "100", []),
    (Kind.RATIO, {"lowest": 0, "highest": 100}, "100.01", [Error.ABOVE_HIGHEST]),
    (Kind.RATIO, {"lowest": 0, "highest": 100}, "0", []),
    (Kind.RATIO, {"lowest": 0, "highest": 100}, "-0.01", [Error.BELOW_LOWEST]),
    (Kind.LEVEL, {"lowest": "-5.5"}, "-5.5", []),
    (Kind.LEVEL, {"lowest": "-5.5"}, "-5.51", [Error.BELOW_LOWEST]),
    (Kind.LEVEL, {"highest": 10}, "10.001", [Error.TOO_FINE, Error.ABOVE_HIGHEST]),
]


@pytest.mark.parametrize(("kind", "more", "value", "expected"), WRONG)
def test_what_keeps_a_number_out(kind: Kind, more: dict[str, object], value: str, expected: list[Error]) -> None:
    assert [one.reason for one in errors(to_micro(value), False, terms(kind, **more))] == expected


@pytest.mark.parametrize(
    ("required", "there", "expected"),
    [(False, False, []), (False, True, []), (True, True, []), (True, False, [Error.NO_EVIDENCE])],
)
def test_evidence_is_wanted_where_it_is_required(required: bool, there: bool, expected: list[Error]) -> None:
    assert [one.reason for one in errors(MICRO, there, terms(evidence_required=required))] == expected


FELL = [
    (Kind.CUMULATIVE, {}, "1200", "1199.99", [Doubt.FALLS]),
    (Kind.CUMULATIVE, {}, "1200", "1200", []),
    (Kind.CUMULATIVE, {}, "1200", "1200.01", []),
    (Kind.CUMULATIVE, {}, "-5", "-6", [Doubt.FALLS]),
    (Kind.COUNT, {}, "3", "2", [Doubt.FALLS]),
    (Kind.DELIVERABLE, {}, "3", "2", [Doubt.FALLS]),
    (Kind.LEVEL, {}, "1200", "1", []),
    (Kind.GROWTH, {}, "7", "5", []),
    (Kind.RATIO, {}, "98", "90", []),
    (Kind.RANK, {}, "3", "2", []),
    (Kind.CUMULATIVE, {"target": 40, "baseline": 100}, "90", "80", []),  # to be cut down: falling is the way
    (Kind.CUMULATIVE, {"target": 100, "baseline": 100}, "100", "90", [Doubt.FALLS]),
    (Kind.CUMULATIVE, {"target": 0, "baseline": 0}, "2", "1", [Doubt.FALLS]),
]


@pytest.mark.parametrize(("kind", "more", "before", "value", "expected"), FELL)
def test_what_adds_up_does_not_fall(
    kind: Kind, more: dict[str, object], before: str, value: str, expected: list[Doubt]
) -> None:
    found = doubts(to_micro(value), terms(kind, **more), Known(OCTOBER, to_micro(before)), None)
    assert [one.reason for one in found] == expected
    later = doubts(to_micro(before), terms(kind, **more), None, Known(NOVEMBER, to_micro(value)))
    assert [one.reason for one in later] == [Doubt.EXCEEDS_NEXT for _ in expected]


def test_a_fall_is_told_with_its_figures() -> None:
    (found,) = doubts(to_micro("900.5"), terms(), Known(OCTOBER, to_micro(1200)), None)
    assert found.figures == {"day": OCTOBER, "other": "1,200", "apart": "299.5"}


JUMPED = [
    ("10", "100", "110", None),
    ("10", "100", "110.01", "10.01"),
    ("10", "100", "90", None),
    ("10", "100", "89.99", "10.01"),
    ("10", "-100", "-110", None),
    ("10", "-100", "-111", "11"),
    ("10", "0", "1000000", None),  # of nothing there is no share
    ("0", "100", "100", None),
    ("0", "100", "100.01", "0.01"),
    ("33.333333", "3", "4", "33.3333333"),  # a third is more
    ("33.333334", "3", "4", None),
    ("200", "1", "-1", None),
    ("199.99", "1", "-1", "200"),
]


@pytest.mark.parametrize(("most", "before", "value", "share"), JUMPED)
def test_a_jump_is_more_than_so_many_per_cent(most: str, before: str, value: str, share: str | None) -> None:
    rule = terms(Kind.LEVEL, most_change=most, decimals=6)
    found = doubts(to_micro(value), rule, Known(OCTOBER, to_micro(before)), None)
    assert [one.reason for one in found] == ([] if share is None else [Doubt.JUMPS])
    if share is not None:
        assert str(found[0].figures["share"]).startswith(share[:9])


def test_a_first_number_neither_falls_nor_jumps() -> None:
    assert doubts(0, terms(most_change=1), None, None) == []


H, L, B = Direction.HIGHER, Direction.LOWER, Direction.BAND
EXCESSIVE = [
    (Kind.CUMULATIVE, H, {"target": 100}, "120", False),
    (Kind.CUMULATIVE, H, {"target": 100}, "120.01", True),
    (Kind.CUMULATIVE, H, {"target": 100, "baseline": 50}, "110", False),  # 60 of 50
    (Kind.CUMULATIVE, H, {"target": 100, "baseline": 50}, "110.01", True),
    (Kind.LEVEL, L, {"target": 60, "baseline": 100}, "52", False),  # 48 of 40 cut down
    (Kind.LEVEL, L, {"target": 60, "baseline": 100}, "51.99", True),
    (Kind.CUMULATIVE, L, {"target": 100}, "120", False),  # a ceiling: so much of it is used up
    (Kind.CUMULATIVE, L, {"target": 100}, "120.01", True),
    (Kind.LEVEL, H, {"target": 80, "baseline": 100}, "76", False),  # a floor: fallen so far
    (Kind.LEVEL, H, {"target": 80, "baseline": 100}, "75.99", True),
    (Kind.RATIO, H, {"target": 80}, "96.01", True),
    (Kind.CUMULATIVE, H, {"target": 100}, "-500", False),
    (Kind.CUMULATIVE, H, {}, "500", False),  # no target, no share
    (Kind.CUMULATIVE, H, {"target": 0}, "500", False),
    (Kind.CUMULATIVE, H, {"target": 50, "baseline": 50}, "500", False),
    (Kind.RATIO, B, {"target": 80}, "500", False),
    (Kind.GROWTH, H, {"target": 5}, "500", False),
    (Kind.RANK, L, {"target": 5}, "500", False),
]


@pytest.mark.parametrize(("kind", "direction", "more", "value", "doubtful"), EXCESSIVE)
def test_an_excess_is_more_than_so_many_points_over_the_whole(
    kind: Kind, direction: Direction, more: dict[str, object], value: str, doubtful: bool
) -> None:
    found = doubts(to_micro(value), terms(kind, direction, most_excess=20, **more), None, None)
    assert [one.reason for one in found] == [Doubt.OVER_COMPLETE] * doubtful
    assert doubts(to_micro(value), terms(kind, direction, **more), None, None) == []


def test_an_excess_is_told_with_its_figures() -> None:
    (found,) = doubts(to_micro("120.01"), terms(most_excess=20, target=100), None, None)
    assert found.figures == {"share": "120.01", "excess": "20.01", "limit": "20"}


CONTINUES = [
    (Kind.CUMULATIVE, YEAR, OCTOBER, NOVEMBER, True),
    (Kind.CUMULATIVE, YEAR, date(2022, 12, 31), date(2023, 1, 31), False),
    (Kind.CUMULATIVE, YEAR, date(2022, 11, 30), date(2022, 12, 31), True),
    (Kind.CUMULATIVE, YEAR, date(2021, 12, 31), date(2022, 1, 31), False),
    (Kind.COUNT, date(2022, 7, 1), date(2022, 12, 31), date(2023, 1, 31), True),  # a target of two years
    (Kind.COUNT, date(2022, 7, 1), date(2022, 6, 30), date(2022, 7, 1), False),
    (Kind.COUNT, None, date(2022, 12, 31), date(2023, 1, 31), False),
    (Kind.DELIVERABLE, None, OCTOBER, NOVEMBER, True),
    (Kind.LEVEL, YEAR, date(2022, 12, 31), date(2023, 1, 31), True),
    (Kind.RANK, None, date(2021, 12, 31), date(2023, 1, 31), True),
]


@pytest.mark.parametrize(("kind", "start", "one", "other", "expected"), CONTINUES)
def test_a_running_total_begins_anew(kind: Kind, start: date | None, one: date, other: date, expected: bool) -> None:
    assert continues(terms(kind, start=start), one, other) is expected
    assert continues(terms(kind, start=start), other, one) is expected


micro = st.integers(-(10**12), 10**12)
percent = st.none() | st.integers(0, 300 * MICRO)


@given(st.sampled_from(Kind), st.sampled_from(Direction), micro, st.none() | micro, micro, percent, percent, micro)
def test_doubts_agree_with_plain_fractions(
    kind: Kind,
    direction: Direction,
    value: int,
    target: int | None,
    baseline: int,
    most_change: int | None,
    most_excess: int | None,
    before: int,
) -> None:
    rule = Terms(kind, direction, 6, most_change=most_change, most_excess=most_excess, target=target, baseline=baseline)
    found = {one.reason for one in doubts(value, rule, Known(OCTOBER, before), None)}
    number, last = Fraction(value, MICRO), Fraction(before, MICRO)
    goal, base = None if target is None else Fraction(target, MICRO), Fraction(baseline, MICRO)
    expected = set()
    if kind in ADDS_UP and number < last and (goal is None or goal >= base):
        expected.add(Doubt.FALLS)
    if most_change is not None and last and abs(number / last - 1) > Fraction(most_change, 100 * MICRO):
        expected.add(Doubt.JUMPS)
    has_share = kind not in {Kind.GROWTH, Kind.RANK} and direction is not Direction.BAND
    if most_excess is not None and has_share and goal is not None and goal != base:
        share = (number - base) / (goal - base)
        if share > 1 + Fraction(most_excess, 100 * MICRO):
            expected.add(Doubt.OVER_COMPLETE)
    assert found == expected


@given(st.integers(0, 10**15), st.integers(1, 10**6))
def test_what_is_over_a_limit_never_looks_like_it(limit: int, more: int) -> None:
    bound = Fraction(limit, MICRO)
    assert Fraction(above(bound + Fraction(more, MICRO), bound)) > bound


@given(micro)
def test_a_figure_says_the_whole_quantity(value: int) -> None:
    assert to_micro(figure(value).replace(",", "")) == value
