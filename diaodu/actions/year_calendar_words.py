"""How a published calendar says what it says: days with their weekdays, and what a day of a round is for."""

from datetime import date

from diaodu.rules import phrase
from diaodu.rules.workday import Workdays
from diaodu.rules.year_calendar import Mark, Turn, YearCalendar

TURNS = {Turn.OPENS: "开始报送", Turn.UNIT: "单位报送", Turn.LEAD: "牵头单位核对", Turn.OFFICE: "考核办审定"}
SIGNS = {Turn.UNIT: "报", Turn.LEAD: "核", Turn.OFFICE: "定"}
"""Deadlines in one character, for a day's small cell; always beside a legend."""
WEEKDAYS = "一二三四五六日"
PROVISIONAL = "暂定"


def on(day: date, year: int) -> str:
    """1月8日（周四）, with its year where that is another."""
    return f"{phrase.day(day, date(year, 1, 1))}（周{WEEKDAYS[day.weekday()]}）"


def due(day: date | None, year: int, workdays: Workdays) -> str:
    """The same of a deadline: 暂定 where its year is not announced, a dash where there is none."""
    if day is None:
        return "—"
    return on(day, year) + (PROVISIONAL if workdays.is_provisional(day) else "")


def title(calendar: YearCalendar) -> str:
    """What the calendar is headed."""
    whose = f"（{calendar.unit[1]}）" if calendar.unit else ""
    return f"{calendar.scheme} · {calendar.year}年报送日历{whose}"


def task(mark: Mark, year: int) -> str:
    """单位报送：全部指标，截至10月31日."""
    return f"{TURNS[mark.turn]}：{mark.strand.name}，截至{phrase.day(mark.as_of, date(year, 1, 1))}"


def warning(calendar: YearCalendar) -> str | None:
    """What is to be known of the years that are not announced; None when all are."""
    years = "、".join(map(str, calendar.guessed_years))
    if not years:
        return None
    return f"{years}年放假安排尚未公布，标“{PROVISIONAL}”的日期按法定节假日推算，公布后重新计算并逐一通知。"


def short(name: str) -> str:
    """春节 of 春节（补假）."""
    return name.partition("（")[0].partition(";")[0].strip()
