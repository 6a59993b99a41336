"""Two numbers for one target and day: which one holds, and who is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.discrepancy import (
    Decision,
    Grounds,
    Refusal,
    Ruling,
    Said,
    Settlement,
    decide,
    refusal,
)

PERSON = (None, None)
BUREAU, PLATFORM, OTHER = (1, 1), (2, 2), (3, 2)
FREE, FREE_TOO = (4, None), (5, None)
TAKE, KEEP, EXPLAIN, ASK = Ruling.TAKE, Ruling.KEEP, Ruling.EXPLAIN, Ruling.ASK
G = Grounds

TABLE = [
    (PERSON, PERSON, TAKE, G.OWN),
    (BUREAU, BUREAU, TAKE, G.OWN),
    (FREE, FREE, TAKE, G.OWN),
    (BUREAU, PLATFORM, KEEP, G.GIVES_WAY),
    (PLATFORM, BUREAU, TAKE, G.GOES_BEFORE),
    (PLATFORM, OTHER, ASK, G.UNDECIDED),
    (FREE, FREE_TOO, ASK, G.UNDECIDED),
    (PLATFORM, FREE, KEEP, G.GIVES_WAY),
    (FREE, PLATFORM, TAKE, G.GOES_BEFORE),
    (PERSON, BUREAU, ASK, G.UNDECIDED),
    (PERSON, FREE, ASK, G.UNDECIDED),
    (BUREAU, PERSON, EXPLAIN, G.GOES_BEFORE),
    (FREE, PERSON, TAKE, G.GOES_BEFORE),
]
Party = tuple[int | None, int | None]


@pytest.mark.parametrize(("kept", "came", "ruling", "grounds"), TABLE)
def test_whose_number_holds(kept: Party, came: Party, ruling: Ruling, grounds: Grounds) -> None:
    assert decide(Said(100, *kept), Said(103, *came), 2) == Decision(ruling, grounds)


@pytest.mark.parametrize(("kept", "came"), [(k, c) for k, c, *_ in TABLE if k != c])
@pytest.mark.parametrize("value", [98, 99, 100, 101, 102])
def test_numbers_within_the_tolerance_agree(kept: Party, came: Party, value: int) -> None:
    ruling = TAKE if came == PERSON else KEEP  # a person may make a number more exact
    assert decide(Said(100, *kept), Said(value, *came), 2) == Decision(ruling, G.AGREES)


@pytest.mark.parametrize("value", [97, 103])
def test_beyond_the_tolerance_they_do_not(value: int) -> None:
    assert decide(Said(100, *PLATFORM), Said(value, *OTHER), 2).ruling is ASK


def test_without_a_tolerance_only_equal_numbers_agree() -> None:
    assert decide(Said(100, *PLATFORM), Said(100, *OTHER), None).grounds is G.AGREES
    assert decide(Said(100, *PLATFORM), Said(101, *OTHER), None).ruling is ASK


def test_where_there_is_no_number_any_is_taken() -> None:
    assert {decide(None, Said(1, *party), None) for party in (PERSON, BUREAU, FREE)} == {Decision(TAKE, G.FIRST)}


def test_every_ground_is_tried() -> None:
    assert {grounds for *_, grounds in TABLE} | {G.FIRST, G.AGREES} == set(Grounds)


said = st.builds(Said, st.integers(0, 9), st.integers(1, 4), st.none() | st.integers(1, 3))


@given(said, said, st.none() | st.integers(0, 3))
def test_two_sources_get_the_same_answer_whoever_comes_first(one: Said, other: Said, tolerance: int | None) -> None:
    if one.source_id == other.source_id:
        return
    there, back = decide(one, other, tolerance), decide(other, one, tolerance)
    assert (there.ruling is ASK) == (back.ruling is ASK)
    assert (there.grounds is G.AGREES) == (back.grounds is G.AGREES)
    if there.grounds in {G.GOES_BEFORE, G.GIVES_WAY}:
        assert there.ruling is not back.ruling


KEPT, REPLACED = Settlement.KEPT, Settlement.REPLACED
REFUSED = [
    (KEPT, False, False, "李某", "口径不同", None),
    (REPLACED, False, False, "李某", "以局为准", None),
    (KEPT, True, False, "李某", "口径不同", Refusal.SETTLED),
    (KEPT, False, False, " ", "口径不同", Refusal.NO_NAME),
    (REPLACED, False, False, "李某", "\n", Refusal.NO_REASON),
    (REPLACED, False, True, "李某", "以局为准", Refusal.LOCKED),
    (KEPT, False, True, "李某", "已审定", None),  # what is confirmed stays as it is
]


@pytest.mark.parametrize(("how", "settled", "locked", "by", "reason", "expected"), REFUSED)
def test_who_may_settle_it(
    how: Settlement, settled: bool, locked: bool, by: str, reason: str, expected: Refusal | None
) -> None:
    assert refusal(how, settled, locked, by, reason) is expected


def test_every_refusal_is_tried() -> None:
    assert {expected for *_, expected in REFUSED} == {None, *Refusal}
