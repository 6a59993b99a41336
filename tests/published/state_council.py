"""节假日安排 as the State Council announced it, year by year: an independent record of working days.

Written down from the notices themselves (国务院办公厅关于…年部分节假日安排的通知), not taken from any library. A line
is a holiday with its days off, first to last, and after 班 the weekend days worked for it. Days of the neighbouring
year are written in full where a notice reaches into it. Later notices that changed a year are worked in, and named.
"""

from collections.abc import Iterator
from datetime import date, timedelta

NOTICES = {
    2018: """国办发明电〔2017〕12号
        元旦 01-01
        春节 02-15..02-21 班 02-11 02-24
        清明节 04-05..04-07 班 04-08
        劳动节 04-29..05-01 班 04-28
        端午节 06-18
        中秋节 09-24
        国庆节 10-01..10-07 班 09-29 09-30""",
    2019: """国办发明电〔2018〕15号；劳动节：国办发明电〔2019〕3号
        元旦 2018-12-30..2019-01-01 班 2018-12-29
        春节 02-04..02-10 班 02-02 02-03
        清明节 04-05
        劳动节 05-01..05-04 班 04-28 05-05
        端午节 06-07
        中秋节 09-13
        国庆节 10-01..10-07 班 09-29 10-12""",
    2020: """国办发明电〔2019〕16号；春节延长：国办发明电〔2020〕1号
        元旦 01-01
        春节 01-24..02-02 班 01-19
        清明节 04-04..04-06
        劳动节 05-01..05-05 班 04-26 05-09
        端午节 06-25..06-27 班 06-28
        国庆节、中秋节 10-01..10-08 班 09-27 10-10""",
    2021: """国办发明电〔2020〕27号
        元旦 01-01..01-03
        春节 02-11..02-17 班 02-07 02-20
        清明节 04-03..04-05
        劳动节 05-01..05-05 班 04-25 05-08
        端午节 06-12..06-14
        中秋节 09-19..09-21 班 09-18
        国庆节 10-01..10-07 班 09-26 10-09""",
    2022: """国办发明电〔2021〕11号
        元旦 01-01..01-03
        春节 01-31..02-06 班 01-29 01-30
        清明节 04-03..04-05 班 04-02
        劳动节 04-30..05-04 班 04-24 05-07
        端午节 06-03..06-05
        中秋节 09-10..09-12
        国庆节 10-01..10-07 班 10-08 10-09""",
    2023: """国办发明电〔2022〕16号
        元旦 2022-12-31..2023-01-02
        春节 01-21..01-27 班 01-28 01-29
        清明节 04-05
        劳动节 04-29..05-03 班 04-23 05-06
        端午节 06-22..06-24 班 06-25
        中秋节、国庆节 09-29..10-06 班 10-07 10-08""",
    2024: """国办发明电〔2023〕7号
        元旦 01-01
        春节 02-10..02-17 班 02-04 02-18
        清明节 04-04..04-06 班 04-07
        劳动节 05-01..05-05 班 04-28 05-11
        端午节 06-10
        中秋节 09-15..09-17 班 09-14
        国庆节 10-01..10-07 班 09-29 10-12""",
    2025: """国办发明电〔2024〕12号
        元旦 01-01
        春节 01-28..02-04 班 01-26 02-08
        清明节 04-04..04-06
        劳动节 05-01..05-05 班 04-27
        端午节 05-31..06-02
        国庆节、中秋节 10-01..10-08 班 09-28 10-11""",
    2026: """国办发明电〔2025〕7号
        元旦 01-01..01-03 班 01-04
        春节 02-15..02-23 班 02-14 02-28
        清明节 04-04..04-06
        劳动节 05-01..05-05 班 05-09
        端午节 06-19..06-21
        中秋节 09-25..09-27
        国庆节 10-01..10-07 班 09-20 10-10""",
}


def named_days() -> Iterator[tuple[date, bool, str]]:
    """Every day the notices name: whether it is worked, and for which holiday."""
    for year, notice in NOTICES.items():
        for line in notice.splitlines()[1:]:
            name, span, *worked = line.split()
            first, last = (_day(year, text) for text in (span.split("..") * 2)[:2])
            for n in range((last - first).days + 1):
                yield first + timedelta(days=n), False, name
            for text in worked[1:]:
                yield _day(year, text), True, name


def works() -> dict[date, bool]:
    """Every day from 2018-01-01 to 2026-12-31, and whether it is a working day."""
    first, last = date(min(NOTICES), 1, 1), date(max(NOTICES), 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    said = {day: worked for day, worked, _ in named_days()}
    return {day: said.get(day, day.weekday() < 5) for day in days}


def _day(year: int, text: str) -> date:
    return date.fromisoformat(text if len(text) == len("2026-01-01") else f"{year}-{text}")
