"""What becomes of a warning's deadlines when days turn out otherwise."""

from datetime import date
from typing import Any

import pytest

from diaodu.rules.duty import Terms
from diaodu.rules.leg_shift import Clock, LegShift, shifted
from diaodu.rules.rescheduling import Rescheduled, Shift
from diaodu.rules.warning import WarningState
from diaodu.rules.warning_leg import WarningLeg
from diaodu.rules.workday import Workdays

S, L = WarningState, WarningLeg
WED, THU, FRI, SAT, MON, TUE, NEXT_WED = (date(2023, 11, day) for day in (8, 9, 10, 11, 13, 14, 15))
PLAIN = Workdays({})
FRIDAY_OFF, SATURDAY_WORKED = Workdays({FRI: False}), Workdays({SAT: True})


def clock(state: WarningState, due: date | None = MON, **days: Any) -> Clock:
    """Told on Wednesday, with three working days to answer."""
    known = {"since": WED, "told_on": WED, "rectify_by": None, "postponed_until": None} | days
    return Clock(state, reply_due=due, **known)


@pytest.mark.parametrize(
    ("clock", "before", "after", "today", "due", "leg", "old", "new", "shift"),
    [
        (clock(S.ACKNOWLEDGED), PLAIN, FRIDAY_OFF, THU, TUE, L.PLAN, MON, TUE, Shift.LATER),
        (clock(S.ACKNOWLEDGED), FRIDAY_OFF, PLAIN, THU, FRI, L.PLAN, MON, FRI, Shift.EARLIER),
        (clock(S.ACKNOWLEDGED, TUE), FRIDAY_OFF, PLAIN, TUE, TUE, None, None, None, None),  # today already: it stays
        (clock(S.ACKNOWLEDGED, MON), PLAIN, SATURDAY_WORKED, THU, SAT, L.PLAN, MON, SAT, Shift.EARLIER),
        (clock(S.ACKNOWLEDGED), PLAIN, FRIDAY_OFF, TUE, MON, None, None, None, None),  # it was late, and stays so
        # signing is due within one working day: it did not rest on Friday, the answer did
        (clock(S.ISSUED), PLAIN, FRIDAY_OFF, WED, TUE, None, None, None, None),
        (clock(S.ISSUED), PLAIN, Workdays({THU: False}), WED, TUE, L.SIGN, THU, FRI, Shift.LATER),
        (clock(S.ISSUED, None), PLAIN, FRIDAY_OFF, WED, None, None, None, None, None),
        # what people named stays theirs
        (clock(S.PLANNED, MON, rectify_by=FRI), PLAIN, FRIDAY_OFF, THU, MON, None, None, None, None),
        (clock(S.PROPOSED, None, postponed_until=FRI), PLAIN, FRIDAY_OFF, THU, None, None, None, None, None),
        # the office's own legs follow, and a term that runs in the background too
        (clock(S.PROPOSED), PLAIN, FRIDAY_OFF, THU, TUE, L.REVIEW, FRI, MON, Shift.LATER),
        (clock(S.EVIDENCED), PLAIN, FRIDAY_OFF, THU, MON, L.VERIFY, MON, TUE, Shift.LATER),
        # each in the terms of its level
        (clock(S.PROPOSED, terms=Terms(review=3)), PLAIN, FRIDAY_OFF, MON, TUE, L.REVIEW, MON, TUE, Shift.LATER),
        (clock(S.ISSUED, terms=Terms(sign=2)), PLAIN, FRIDAY_OFF, THU, TUE, L.SIGN, FRI, MON, Shift.LATER),
        (
            clock(S.ISSUED, None, rectify_due=TUE),
            PLAIN,
            Workdays({THU: False}),
            WED,
            None,
            L.SIGN,
            THU,
            FRI,
            Shift.LATER,
        ),
        (clock(S.EXEMPTED, None), PLAIN, FRIDAY_OFF, THU, None, None, None, None, None),
    ],
)
def test_a_term_keeps_its_working_days(
    clock: Clock,
    before: Workdays,
    after: Workdays,
    today: date,
    due: date | None,
    leg: WarningLeg | None,
    old: date,
    new: date,
    shift: Shift,
) -> None:
    expected = None if leg is None else LegShift(leg, Rescheduled(old, new, shift))
    assert shifted(clock, before, after, today) == (due, expected)


def test_a_term_brought_forward_ends_today_and_not_in_the_past() -> None:
    due, shift = shifted(clock(S.ACKNOWLEDGED, NEXT_WED), Workdays({FRI: False, MON: False}), PLAIN, TUE)
    assert due == TUE
    assert shift == LegShift(L.PLAN, Rescheduled(NEXT_WED, TUE, Shift.TODAY))
