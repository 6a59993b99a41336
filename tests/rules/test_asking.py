"""Asking outside the calendar: which numbers are asked for, which are not, and every reason at once."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from diaodu.rules.asking import AskRefusal, Known, Limits, Number, Owed, Wish, decide
from diaodu.rules.collection import ShortNotice
from diaodu.rules.request import RequestState

R = AskRefusal
DAY, TODAY, DUE = date(2023, 11, 20), date(2023, 11, 21), date(2023, 11, 24)
WISH = Wish(DAY, DUE, "市里专项督查", TODAY)
NUMBER = Number(indicator_id=1, unit_id=1, target_id=1, due=DUE, lead=3)
KNOWN = Known(85_000_000, "11月.xlsx 第3行", date(2023, 11, 20))
OWED = Owed(7, DUE, RequestState.AWAITED)
STRICT = Limits(minimum_lead=5, short_notice=ShortNotice.REFUSE)


@pytest.mark.parametrize(
    ("about", "limits", "expected"),
    [
        ({}, Limits(), ()),
        ({"known": KNOWN}, Limits(), (R.KNOWN,)),
        ({"source": "统计局"}, Limits(), (R.SUPPLIED,)),
        ({"owed": OWED}, Limits(), (R.OWED,)),
        ({"owed": replace(OWED, state=RequestState.MISSING)}, Limits(), (R.OWED,)),
        ({"target_id": None, "known": KNOWN}, Limits(), (R.NO_TARGET,)),  # nothing else matters then
        ({"known": KNOWN, "source": "统计局", "owed": OWED}, Limits(), (R.KNOWN, R.SUPPLIED, R.OWED)),
        ({"lead": 4}, STRICT, (R.SHORT_NOTICE,)),
        ({"lead": 5}, STRICT, ()),
        ({"lead": 0, "known": KNOWN}, STRICT, (R.KNOWN, R.SHORT_NOTICE)),
        ({"lead": 0}, Limits(minimum_lead=5), ()),  # the scheme only warns
        ({}, Limits(most_requests=0), (R.OVER_CAP,)),
        ({"known": KNOWN}, Limits(most_requests=0), (R.KNOWN,)),  # it would not have been asked anyway
    ],
)
def test_a_number_is_asked_for_unless_something_speaks_against_it(
    about: dict[str, Any], limits: Limits, expected: tuple[AskRefusal, ...]
) -> None:
    number = replace(NUMBER, **about)
    decision = decide(WISH, [number], limits, {})
    assert [one.reasons for one in decision.refused] == ([expected] if expected else [])
    assert decision.granted == (() if expected else (number,))


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (replace(WISH, reason="  "), (R.NO_REASON,)),
        (replace(WISH, due=date(2023, 11, 20)), (R.DUE_PASSED,)),
        (replace(WISH, as_of=date(2023, 11, 30)), (R.DUE_TOO_EARLY,)),
        (
            replace(WISH, as_of=date(2023, 11, 30), due=date(2023, 11, 1), reason=""),
            (R.NO_REASON, R.DUE_PASSED, R.DUE_TOO_EARLY),
        ),
        (replace(WISH, due=TODAY), ()),  # today is short, and not past
    ],
)
def test_what_is_wrong_with_the_whole_stops_all_of_it(wish: Wish, expected: tuple[AskRefusal, ...]) -> None:
    decision = decide(wish, [NUMBER, replace(NUMBER, unit_id=2, known=KNOWN)], Limits(), {})
    assert decision.general == expected
    assert bool(decision.granted) == (not expected)
    assert [one.reasons for one in decision.refused] == [(R.KNOWN,)]


def test_the_weeks_cap_lets_through_what_still_fits_and_counts_each_unit_for_itself() -> None:
    numbers = [
        replace(NUMBER, unit_id=unit, indicator_id=n, target_id=10 * unit + n) for unit in (1, 2) for n in (1, 2, 3)
    ]
    decision = decide(WISH, numbers, Limits(most_requests=4), {1: 2, 2: 3})
    assert [(one.unit_id, one.indicator_id) for one in decision.granted] == [(1, 1), (1, 2), (2, 1)]
    assert {one.reasons for one in decision.refused} == {(R.OVER_CAP,)}


def test_what_is_refused_does_not_use_up_the_cap() -> None:
    known = replace(NUMBER, known=KNOWN)
    decision = decide(WISH, [known, replace(NUMBER, indicator_id=2)], Limits(most_requests=1), {})
    assert [one.indicator_id for one in decision.granted] == [2]


def test_short_notice_is_remarked_on_where_it_is_let_through() -> None:
    hurried, calm = replace(NUMBER, lead=1), replace(NUMBER, unit_id=2, lead=9)
    assert decide(WISH, [hurried, calm], Limits(minimum_lead=5), {}).hurried == (hurried,)
