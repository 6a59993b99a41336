"""When a message that rings may ring, and which morning it waits for otherwise."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.clock import OFFICE_ZONE
from diaodu.rules.quiet import NotQuietHours, quiet_until, read_quiet_hours
from diaodu.rules.workday import Workdays

# 国庆: Friday 29 September to Friday 6 October 2023 off; Saturday 7 and Sunday 8 October worked.
WORKDAYS = Workdays({date(2023, 9, 29) + timedelta(days=n): False for n in range(8)} | {
    date(2023, 10, 7): True, date(2023, 10, 8): True
})  # fmt: skip


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        ("20:00-08:00", "2023-11-02 12:00", None),
        ("20:00-08:00", "2023-11-02 19:59", None),
        ("20:00-08:00", "2023-11-02 20:00", "2023-11-03 08:00"),
        ("20:00-08:00", "2023-11-02 23:59", "2023-11-03 08:00"),
        ("20:00-08:00", "2023-11-03 00:00", "2023-11-03 08:00"),
        ("20:00-08:00", "2023-11-03 07:59", "2023-11-03 08:00"),
        ("20:00-08:00", "2023-11-03 08:00", None),
        ("20:00-08:00", "2023-11-03 20:00", "2023-11-06 08:00"),  # Friday evening
        ("20:00-08:00", "2023-11-04 12:00", "2023-11-06 08:00"),  # Saturday noon
        ("20:00-08:00", "2023-09-28 21:00", "2023-10-07 08:00"),  # before the holiday: the make-up Saturday
        ("20:00-08:00", "2023-10-08 12:00", None),  # a Sunday that is worked
        ("00:00-07:30", "2023-11-02 23:00", None),
        ("00:00-07:30", "2023-11-03 00:00", "2023-11-03 07:30"),
        ("00:00-07:30", "2023-11-03 07:30", None),
        ("00:00-07:30", "2023-11-04 09:00", "2023-11-06 07:30"),
    ],
)
def test_a_message_rings_now_or_waits_for_a_working_morning(hours: str, moment: str, expected: str | None) -> None:
    read = read_quiet_hours(hours)
    assert read is not None
    found = quiet_until(at(moment), read, WORKDAYS)
    assert found == (None if expected is None else at(expected))


@given(minutes=st.integers(0, 90 * 24 * 60), start=st.times(), end=st.times())
def test_it_waits_for_the_future_for_a_working_day_and_only_once(minutes: int, start: object, end: object) -> None:
    moment = at("2023-09-01 00:00") + timedelta(minutes=minutes)
    read = read_quiet_hours(f"{start:%H:%M}-{end:%H:%M}")
    assert read is not None
    morning = quiet_until(moment, read, WORKDAYS)
    if morning is not None:
        assert morning > moment
        assert WORKDAYS.is_workday(morning.date())
        assert quiet_until(morning, read, WORKDAYS) is None


@pytest.mark.parametrize("text", ["", "  "])
def test_blank_is_never_quiet(text: str) -> None:
    assert read_quiet_hours(text) is None


@pytest.mark.parametrize("text", ["20-8", "24:00-08:00", "20:00 08:00", "晚上", "8:00-20:00"])
def test_what_names_no_hours_says_what_would_be_right(text: str) -> None:
    with pytest.raises(NotQuietHours, match="20:00-08:00"):
        read_quiet_hours(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)
