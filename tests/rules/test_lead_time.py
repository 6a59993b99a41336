"""A calendar is announced in time, or too late: counted in working days to the first deadline that is news."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.collection import Round
from diaodu.rules.lead_time import LeadReason, lead
from diaodu.rules.workday import ONE_DAY, Workdays

WORKDAYS = Workdays({date(2023, 10, 2): False, date(2023, 10, 7): True})


def day(text: str) -> date:
    month, number = text.split("-")
    return date(2023, int(month), int(number))


def dated(*dues: str) -> list[Round]:
    """Rounds as of the last day of September, October …, due on these days."""
    return [Round(date(2023, n, 28), date(2023, n, 29), day(due)) for n, due in enumerate(dues, 9)]


CASES = (
    # what is announced, the day, deadlines of those rounds; those known before; minimum; the answer, working days ahead
    ("a first calendar, in time", "10-9", ("10-18", "11-18"), (), 5, LeadReason.IN_TIME, 7),
    ("exactly in time", "10-11", ("10-18",), (), 5, LeadReason.IN_TIME, 5),
    ("a day too late", "10-12", ("10-18",), (), 5, LeadReason.SHORT, 4),
    ("asked for the same day", "10-18", ("10-18",), (), 1, LeadReason.SHORT, 0),
    ("over a holiday that does not count", "9-29", ("10-3",), (), 2, LeadReason.SHORT, 1),
    ("over a Saturday that does", "10-6", ("10-9",), (), 2, LeadReason.IN_TIME, 2),
    ("without a minimum", "10-18", ("10-18",), (), None, LeadReason.NO_MINIMUM, 0),
    ("a year that is over", "12-29", ("10-18", "11-18"), (), 5, LeadReason.NOTHING_NEW, 0),
    ("past deadlines do not count, the next does", "10-20", ("10-18", "11-20"), (), 5, LeadReason.IN_TIME, 21),
    ("as it was", "10-17", ("10-18", "11-18"), ("10-18", "11-18"), 5, LeadReason.NOTHING_NEW, 0),
    ("put off", "10-17", ("10-20",), ("10-18",), 5, LeadReason.NOTHING_NEW, 0),
    ("brought forward", "10-17", ("10-18",), ("10-20",), 5, LeadReason.SHORT, 1),
    ("only the one after next is brought forward", "10-17", ("10-18", "11-15"), ("10-18", "11-18"), 5,
     LeadReason.IN_TIME, 21),
)  # fmt: skip


@pytest.mark.parametrize(
    ("today", "dues", "before", "minimum", "reason", "ahead"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_an_announcement_is_early_enough_or_not(today, dues, before, minimum, reason, ahead) -> None:
    announced = {one.as_of: one.unit_due for one in dated(*before)}
    found = lead(dated(*dues), announced, day(today), minimum, WORKDAYS)
    assert (found.reason, found.ahead) == (reason, ahead)


@given(st.dates(date(2023, 9, 1), date(2023, 12, 31)), st.integers(1, 30))
def test_announced_a_day_earlier_it_is_never_worse(today: date, minimum: int) -> None:
    coming = dated("12-29")
    if lead(coming, {}, today, minimum, WORKDAYS).reason is LeadReason.IN_TIME:
        assert lead(coming, {}, today - ONE_DAY, minimum, WORKDAYS).reason is LeadReason.IN_TIME
