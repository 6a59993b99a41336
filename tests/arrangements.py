"""Arrangements of years as files, for tests: real ones as announced, and one for a year nobody has announced yet."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from tests.published.state_council import named_days

Day = tuple[date, bool, str]
FAR = 2061
"""A year whose holidays are only guessed."""
FAR_DAYS: list[Day] = [
    *((date(FAR, 1, n), False, "元旦") for n in (1, 2, 3, 4)),
    (date(FAR, 1, 8), True, "元旦"),
    *((date(FAR, 1, n), False, "春节") for n in range(20, 28)),
    (date(FAR, 1, 16), True, "春节"),
    (date(FAR, 1, 29), True, "春节"),
    (date(FAR, 4, 4), False, "清明节"),
    *((date(FAR, 5, n), False, "劳动节") for n in range(1, 6)),
    (date(FAR, 4, 30), True, "劳动节"),
    (date(FAR, 5, 7), True, "劳动节"),
    (date(FAR, 6, 22), False, "端午节"),
    (date(FAR, 9, 28), False, "中秋节"),
    *((date(FAR, 10, n), False, "国庆节") for n in range(1, 8)),
    (date(FAR, 9, 25), True, "国庆节"),
    (date(FAR, 10, 9), True, "国庆节"),
]
"""An arrangement that could be announced: 4 January is off, and Saturday the 8th worked for it."""


def real(year: int) -> list[Day]:
    """A year's days as the State Council named them."""
    return [day for day in named_days() if day[0].year == year]


def csv_file(path: Path, days: Iterable[Day], headings: str = "日期,类型,名称") -> Path:
    """The days as a CSV file, 班 or 休."""
    rows = [f"{day.isoformat()},{'班' if worked else '休'},{name}" for day, worked, name in days]
    path.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
    return path


def workbook_file(path: Path, days: Iterable[Day]) -> Path:
    """The same as a workbook, with real dates, and whether it is a working day as 是 or 否."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["日期", "是否工作日", "名称"])
    for day, worked, name in days:
        sheet.append([day, "是" if worked else "否", name])
    book.save(path)
    return path
