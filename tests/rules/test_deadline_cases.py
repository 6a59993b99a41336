"""Deadlines over the days that matter: Spring Festival, National Day, year ends, month ends, years not announced.

Every expected day was counted by hand on the State Council's notices.
"""

from datetime import date

import pytest

from diaodu.rules.cadence import Cadence, RestDay
from diaodu.rules.collection import Rhythm, rounds
from diaodu.rules.deadline_chain import deadlines
from diaodu.rules.workday import Workdays
from tests.published.state_council import named_days

CHINA = Workdays({day: worked for day, worked, _ in named_days()})
CHAIN = "单位18日→牵头单位20日→考核办25日"
AFTER, BEFORE, STAYS = RestDay.AFTER, RestDay.BEFORE, RestDay.STAYS


@pytest.mark.parametrize(
    ("expression", "period_end", "rest_day", "expected"),
    [
        # Spring Festival of 2026: off from 15 to 23 February, the 14th and the 28th worked
        (CHAIN, "2026-01-31", AFTER, ["02-24", "02-24", "02-25"]),
        (CHAIN, "2026-01-31", BEFORE, ["02-14", "02-14", "02-25"]),
        (CHAIN, "2026-01-31", STAYS, ["02-18", "02-20", "02-25"]),
        ("每周二前→每周四前", "2026-02-15", AFTER, ["02-24", "02-24"]),
        ("每旬", "2026-02-10", AFTER, ["02-24"]),
        ("每旬", "2026-02-10", BEFORE, ["02-14"]),
        ("每月31日", "2026-01-31", AFTER, ["02-28"]),  # the last day of February, a Saturday that is worked
        ("每月倒数第5个工作日", "2026-01-31", AFTER, ["02-24"]),
        ("每月倒数第1个工作日", "2026-01-31", AFTER, ["02-28"]),
        # of 2025: off from 28 January to 4 February, 8 February worked
        ("每月倒数第3个工作日", "2024-12-31", AFTER, ["2025-01-24"]),  # 27, 26 (a Sunday that is worked), 24
        ("期后5个工作日", "2025-01-31", AFTER, ["02-10"]),  # 5, 6, 7, 8 (Saturday), 10
        # of 2020: prolonged to 2 February while it lasted
        ("期后1个工作日", "2020-01-23", AFTER, ["02-03"]),
        # National Day of 2026: off from 1 to 7 October, 20 September and 10 October worked
        ("期后3个工作日→再2个工作日→再2个工作日", "2026-09-30", AFTER, ["10-10", "10-13", "10-15"]),
        ("每月5日", "2026-09-30", AFTER, ["10-08"]),
        ("每月5日", "2026-09-30", BEFORE, ["09-30"]),
        ("期后3日", "2026-09-30", AFTER, ["10-08"]),
        ("每周五前", "2026-10-04", AFTER, ["10-09"]),
        ("每月第1个工作日", "2026-09-30", AFTER, ["10-08"]),
        # of 2025, with Mid-autumn: off from 1 to 8 October, 28 September and 11 October worked
        ("期后3个工作日→再2个工作日→再2个工作日", "2025-09-30", AFTER, ["10-11", "10-14", "10-16"]),
        (
            "每月倒数第5个工作日",
            "2025-08-31",
            AFTER,
            ["09-25"],
        ),  # 30, 29, 28 (a Sunday that is worked), 26, 25
        # of 2023: off from 29 September to 6 October, the 7th and 8th worked
        ("每月第1个工作日", "2023-09-30", AFTER, ["10-07"]),
        ("每月倒数第1个工作日", "2023-09-10", AFTER, ["09-28"]),
        # Labour Day
        ("每月1日", "2026-04-30", AFTER, ["05-06"]),
        ("每月1日", "2026-04-30", BEFORE, ["04-30"]),
        ("每月第3个工作日", "2024-04-30", AFTER, ["05-08"]),  # 6, 7, 8
        ("每月第5个工作日", "2024-04-30", AFTER, ["05-10"]),
        # year ends
        ("期后5个工作日→再2个工作日", "2025-12-31", AFTER, ["2026-01-08", "2026-01-12"]),  # Sunday the 4th is worked
        ("期后5个工作日", "2024-12-31", AFTER, ["2025-01-08"]),
        ("期后5个工作日", "2018-12-31", AFTER, ["2019-01-08"]),
        ("期后1个工作日", "2022-12-31", AFTER, ["2023-01-03"]),
        ("单位25日→考核办5日", "2025-11-30", AFTER, ["12-25", "2026-01-05"]),
        ("当日→再1个工作日", "2018-12-31", AFTER, ["2019-01-02", "2019-01-03"]),
        ("当日", "2018-12-31", BEFORE, ["12-29"]),  # a Saturday, worked for New Year's Day
        # month ends
        ("每月31日", "2024-01-31", STAYS, ["02-29"]),
        ("每月30日", "2025-01-31", STAYS, ["02-28"]),
        ("每月31日", "2024-03-31", AFTER, ["04-30"]),
        ("每月倒数第3个工作日", "2024-01-31", AFTER, ["02-27"]),
        # 2027 is not announced: only its weekends are known here
        (CHAIN, "2026-12-31", AFTER, ["2027-01-18", "2027-01-20", "2027-01-25"]),
        ("期后5个工作日", "2026-12-31", AFTER, ["2027-01-07"]),
    ],
)
def test_a_deadline_falls_where_people_count_it(
    expression: str, period_end: str, rest_day: RestDay, expected: list[str]
) -> None:
    year = period_end[:4]
    days = [date.fromisoformat(text if len(text) > 5 else f"{year}-{text}") for text in expected]
    assert list(deadlines(expression, date.fromisoformat(period_end), CHINA, rest_day).values()) == days


def test_only_the_round_that_reaches_into_the_year_not_announced_is_provisional() -> None:
    rhythm = Rhythm(Cadence.MONTHLY, date(2026, 1, 1), date(2026, 12, 31), CHAIN, AFTER)
    assert [one.as_of.month for one in rounds(rhythm, CHINA) if one.provisional] == [12]


def test_a_chain_that_ends_next_year_is_provisional_though_it_begins_in_this_one() -> None:
    rhythm = Rhythm(Cadence.MONTHLY, date(2026, 1, 1), date(2026, 12, 31), "单位25日→考核办5日", AFTER)
    november = rounds(rhythm, CHINA)[10]
    assert (november.unit_due, november.office_due) == (date(2026, 12, 25), date(2027, 1, 5))
    assert november.provisional


def test_a_daily_round_leaves_out_holidays_and_has_the_days_worked_for_them() -> None:
    rhythm = Rhythm(Cadence.DAILY, date(2026, 9, 19), date(2026, 10, 11), "当日", AFTER)
    days = [one.as_of for one in rounds(rhythm, CHINA)]
    assert date(2026, 9, 20) in days
    assert date(2026, 10, 10) in days
    assert not any(date(2026, 10, 1) <= day <= date(2026, 10, 7) for day in days)
    assert days[-1] == date(2026, 10, 11), "the last round ends with the collection, though on a Sunday"
