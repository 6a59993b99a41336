"""When numbers are collected: the days periods end on, and the days their reports are owed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from diaodu.rules.workday import ONE_DAY, Workdays, next_month


class Cadence(StrEnum):
    """How often a period ends (报送周期)."""

    DAILY = "daily"  # every working day
    DAYS = "days"  # every so many calendar days
    WEEKLY = "weekly"
    TEN_DAYS = "ten_days"  # 旬
    HALF_MONTHLY = "half_monthly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    CUSTOM = "custom"  # windows somebody lists


class RestDay(StrEnum):
    """Where a deadline on a rest day goes (遇休息日)."""

    BEFORE = "before"
    AFTER = "after"
    STAYS = "stays"


class NotADeadline(ValueError):
    """An expression that names no day."""


MONTHS = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3, Cadence.HALF_YEARLY: 6, Cadence.YEARLY: 12}


def period_ends(cadence: Cadence, starts: date, ends: date) -> list[date]:
    """Last days of the periods between `starts` and `ends`, both included; the last period ends with the scheme.

    Of cadences the calendar knows, WEEKLY to YEARLY; the others are `rules.collection`'s.
    """
    found = []
    day = starts
    while day <= ends:
        last = min(_period_end(cadence, day), ends)
        found.append(last)
        day = last + ONE_DAY
    return found


def deadline(expression: str, period_end: date, workdays: Workdays, rest_day: RestDay) -> date:
    """The day by which a period's reports are owed, always counted from the period's last day.

    "5 workdays" 期后5个工作日 · "5 days" 期后5日 · "day 25" 每月25日 · "workday 5" 每月第5个工作日 ·
    "last workday 5" 每月倒数第5个工作日 · "week tuesday" 每周二前 · "ten days" 每旬 · "same day" 当日.
    The recurring ones name the first such day after the period's end; a 31st in a shorter month is its last day. A rest
    day moves as `rest_day` says. Raises NotADeadline.
    """
    return moved(named_day(expression, period_end, workdays), workdays, rest_day)


def named_day(expression: str, period_end: date, workdays: Workdays) -> date:
    """The day an expression names, wherever it falls. Raises NotADeadline."""
    find, number = _parse(expression)
    return find(period_end, number, workdays)


def moved(day: date, workdays: Workdays, rest_day: RestDay) -> date:
    """Where a deadline on this day really lies."""
    if rest_day is RestDay.BEFORE:
        return workdays.on_or_before(day)
    return workdays.on_or_after(day) if rest_day is RestDay.AFTER else day


def is_deadline(expression: str) -> bool:
    """Whether `deadline` understands it."""
    try:
        _parse(expression)
    except NotADeadline:
        return False
    return True


def _period_end(cadence: Cadence, day: date) -> date:
    if cadence is Cadence.WEEKLY:
        return day + timedelta(days=6 - day.weekday())
    if cadence is Cadence.TEN_DAYS and day.day <= 20:
        return day.replace(day=(day.day + 9) // 10 * 10)
    if cadence is Cadence.HALF_MONTHLY and day.day <= 15:
        return day.replace(day=15)
    if cadence in (Cadence.TEN_DAYS, Cadence.HALF_MONTHLY):
        return next_month(day) - ONE_DAY
    months = MONTHS[cadence]
    return next_month(day.replace(day=1, month=(day.month - 1) // months * months + months)) - ONE_DAY


def _first_after(end: date, of_month: Callable[[date], date]) -> date:
    """The first day after `end` that `of_month` finds, given the first of a month."""
    day = of_month(end.replace(day=1))
    return day if day > end else of_month(next_month(end))


def _day_of_month(end: date, number: int, _workdays: Workdays) -> date:
    return _first_after(end, lambda first: min(first + timedelta(days=number - 1), next_month(first) - ONE_DAY))


def _workday_of_month(end: date, number: int, workdays: Workdays) -> date:
    return _first_after(end, lambda first: workdays.nth_of_month(first.year, first.month, number))


def _weekday(end: date, number: int, _workdays: Workdays) -> date:
    return end + timedelta(days=(number - end.weekday() - 2) % 7 + 1)


Find = Callable[[date, int, Workdays], date]
NUMBER = "([0-9]+|[一二三四五六七八九十]+)"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EXPRESSIONS: tuple[tuple[re.Pattern[str], int, Find], ...] = (
    # what it looks like in English and in Chinese, the largest number that makes sense, how its day is found
    (re.compile(rf"{NUMBER} workdays?|期后{NUMBER}个?工作日内?"), 250, lambda end, n, workdays: workdays.after(end, n)),
    (re.compile(rf"{NUMBER} days?|期后{NUMBER}[日天]内?"), 366, lambda end, n, _: end + timedelta(days=n)),
    (re.compile(rf"day {NUMBER}|每月{NUMBER}[日号]前?"), 31, _day_of_month),
    (re.compile(rf"workday {NUMBER}|每月第{NUMBER}个工作日前?"), 15, _workday_of_month),
    (
        re.compile(rf"last workday {NUMBER}|每月倒数第{NUMBER}个工作日前?"),
        15,
        lambda end, n, workdays: _workday_of_month(end, -n, workdays),
    ),
    (re.compile(rf"week ({'|'.join(WEEKDAYS)})|每周([一二三四五六日天])前?"), 7, _weekday),
    (re.compile("(same) day|(当)日"), 1, lambda end, _, __: end),
    (re.compile("(ten) days|每(旬)末?"), 10, lambda end, _, __: _period_end(Cadence.TEN_DAYS, end + ONE_DAY)),
)
DIGITS = "一二三四五六七八九"
NUMBERS = {
    **{
        f"{tens}十{ones}": 10 * n + m
        for n, tens in enumerate(["", *DIGITS[1:]], 1)
        for m, ones in enumerate(["", *DIGITS])
    },
    **{digit: n for n, digit in enumerate(DIGITS, 1)},
    **{day: n for names in (WEEKDAYS, "一二三四五六日", "一二三四五六天") for n, day in enumerate(names, 1)},
    "ten": 10,
    "旬": 10,
    "same": 1,
    "当": 1,
}


@lru_cache(maxsize=256)
def _parse(expression: str) -> tuple[Find, int]:
    for pattern, largest, find in EXPRESSIONS:
        if match := pattern.fullmatch(" ".join(expression.lower().split())):
            text = match.group(1) or match.group(2)
            number = int(text) if text.isdecimal() else NUMBERS.get(text, 0)
            if 1 <= number <= largest:
                return find, number
    raise NotADeadline(expression)
