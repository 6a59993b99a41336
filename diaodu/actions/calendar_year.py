"""导入放假安排: a year's days as announced, all of them or none, with everything that speaks against them at once."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from diaodu.actions.calendar import Carried, Entry, carry_out
from diaodu.actions.rescheduling import Editor
from diaodu.language import _
from diaodu.rules.arrangement import ArrangedDay, Doubt, Objection, objections, year_meant
from diaodu.sources.arrangement import ArrangementFile, read_arrangement
from diaodu.sources.fault import Fault, Faults
from diaodu.storage import holiday
from models.holiday import Holiday


@dataclass(frozen=True, slots=True)
class Imported:
    """The year taken in, how many days off and make-up working days it names, and what followed.

    `kept` are days a person had set, of which the file says nothing: they stay.
    """

    year: int
    rest: int
    worked: int
    kept: tuple[date, ...]
    carried: Carried


def import_year(session: Session, path: Path, editor: Editor) -> Imported:
    """Take the arrangement at `path` as announced. Raises Faults; then nothing was taken."""
    file = read_arrangement(path)
    year = year_meant(file.days)
    assert year is not None
    wrong = objections(year, file.days, holiday.statutory(year))
    if wrong:
        raise Faults(_fault(file, year, objection) for objection in wrong)
    days = [_row(entry, file) for entry in file.days if not entry.is_ordinary]
    named = {day.day for day in days}
    recorded = holiday.days_of(session, year)
    kept = tuple(d.day for d in recorded if d.origin.startswith(holiday.BY_HAND) and d.day not in named)
    rest, worked = (sum(day.workday is works for day in days) for works in (False, True))
    carried = (
        Carried(changed=False)
        if _says_nothing_new(session, recorded, kept, days)
        else _take(session, year, days, file, editor)
    )
    return Imported(year, rest, worked, kept, carried)


def _take(session: Session, year: int, days: list[Holiday], file: ArrangementFile, editor: Editor) -> Carried:
    def alter() -> None:
        holiday.replace(session, year, days)

    before = [(day.day.isoformat(), day.workday, day.name) for day in holiday.days_of(session, year)]
    now = [(day.day.isoformat(), day.workday, day.name) for day in days]
    detail = {"file": file.name, "digest": file.digest, "before": before, "days": now}
    return carry_out(session, editor, Entry("calendar.import", str(year), f"{year}年放假安排已公布", detail), alter)


def _says_nothing_new(session: Session, recorded: list[Holiday], kept: tuple[date, ...], days: list[Holiday]) -> bool:
    """Whether every day stands like this already, and no other."""
    known = {day.day: (day.workday, day.name, day.provisional) for day in recorded if day.day not in kept}
    for day in days:
        if day.day not in known and (earlier := holiday.day_named(session, day.day)) is not None:
            known[day.day] = (earlier.workday, earlier.name, earlier.provisional)
    return known == {day.day: (day.workday, day.name, False) for day in days}


def _row(entry: ArrangedDay, file: ArrangementFile) -> Holiday:
    origin = f"{file.name} 第 {entry.place} 行"
    return Holiday(day=entry.day, workday=entry.workday, name=entry.name, provisional=False, origin=origin)


def _fault(file: ArrangementFile, year: int, objection: Objection) -> Fault:
    """The objection, where it stands in the file, and what would be right."""
    column, right = _right(year, objection)
    if objection.about is None:
        return Fault(file.name, "", None, None, "", right)
    return file.rows[file.days.index(objection.about)].fault(column, right)


def _right(year: int, objection: Objection) -> tuple[str, str]:
    match objection.doubt:
        case Doubt.OUTSIDE:
            return "date", _("文件说的是 {year} 年；这一天请另行导入或用 calendar set 设置").format(year=year)
        case Doubt.TWICE:
            return "date", _("这一天写了两次；只留一行")
        case Doubt.NAMELESS:
            return "name", _("请写明是哪个节日的放假或调休")
        case Doubt.WEEKDAY_WORKED:
            return "workday", _("这一天是星期一至星期五，本来就上班；调休上班只会在周末")
        case Doubt.HOLIDAY_MISSING:
            words = _("缺{name}：{day} 是法定节假日，应放假；请把全年的安排写全")
            return "", words.format(name=objection.name, day=objection.day)
        case Doubt.IMPLAUSIBLE_SUM:
            words = _("全年平日放假天数减去周末上班天数是 {found}，应在 {expected} 左右；请核对有无漏写的调休上班日")
            return "", words.format(found=objection.found, expected=objection.expected)
