"""How the calendar's commands show days, and tell what a change of them did."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

import typer

from diaodu.cli.output import Format, show
from diaodu.language import _

if TYPE_CHECKING:
    from diaodu.actions.calendar import Carried, Listed
    from diaodu.rules.workday import Workdays

Row = Mapping[str, Any]
WHOSE = {"unit": _("单位报送"), "lead": _("牵头单位核对"), "office": _("考核办审定")}
SHIFTS = {
    "later": _("顺延"),
    "earlier": _("提前"),
    "today": _("提前至当天"),
    "confirmed": _("日期不变，不再暂定"),
}


def shown_days(year: int, calendar: "Workdays", names: Mapping[date, str]) -> list[dict[str, Any]]:
    """A row for every day of a year."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    return [
        {
            "date": day.isoformat(),
            "workday": calendar.is_workday(day),
            "name": names.get(day, ""),
            "provisional": calendar.is_provisional(day),
        }
        for day in days
    ]


def compact(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """A row for every month: how many working days, which holidays, which make-up working days."""
    months = groupby(rows, key=lambda row: row["date"][:7])
    return [_month(month, list(days)) for month, days in months]


def _month(month: str, days: Sequence[Row]) -> dict[str, Any]:
    return {
        "month": month,
        "workdays": sum(day["workday"] for day in days),
        "rest": _runs([day for day in days if day["name"] and not day["workday"]]),
        "worked": _runs([day for day in days if day["name"] and day["workday"]]),
    }


def _runs(days: Sequence[Row]) -> str:
    """国庆节 1—7日: days that follow one another under one name."""
    said = []
    for name, group in groupby(days, key=lambda day: day["name"]):
        numbers = [int(day["date"][8:]) for day in group]
        runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
        spans = [[number for _place, number in run] for _start, run in runs]
        words = "、".join(f"{span[0]}—{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans)
        said.append(_("{name} {days}日").format(name=name, days=words))
    return "；".join(said)


def say_carried(done: "Carried") -> None:
    """Every deadline that a change of days moved or settled, and how many units hear of it."""
    if not done.changed:
        typer.echo(_("日历已经是这样，没有变化。"))
        return
    for words in done.warnings:
        typer.echo(words)
    rows = [_row(one) for one in done.listed]
    if not rows:
        typer.echo(_("已修改工作日历；没有期次的时限因此变动。"))
    if not rows and not done.told:
        return
    columns = {"scheme": _("方案"), "as_of": _("期次"), "who": _("谁的时限"), "old": _("原时限"), "new": _("现时限")}
    if rows:
        show(rows, columns | {"shift": _("变动")}, Format.TABLE, _("随之重算的时限"))
    typer.echo(_("已通知 {n} 个单位。").format(n=done.told))


def _row(one: "Listed") -> dict[str, Any]:
    return {
        "scheme": one.scheme,
        "as_of": f"{one.calendar or ''} {one.as_of}".strip(),
        "who": WHOSE[one.who] + (f"（{one.unit}）" if one.unit else ""),
        "old": str(one.what.old),
        "new": str(one.what.new),
        "shift": SHIFTS[one.what.shift],
    }
