"""`diaodu calendar`: the working days looked at, set and taken in, and the year's deadlines published."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diaodu.cli.calendar_view import compact, say_carried, shown_days
from diaodu.cli.importing import told, unwritten
from diaodu.cli.office import KnownAt, SchemeCode, WrongInput, editor, moment, office, workspace
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

app = typer.Typer(help=_("工作日历：查看、修改、导入放假安排，公布全年报送日历。"), no_args_is_help=True)
FIRST, LAST = 1990, 2100


class Kind(StrEnum):
    """What a day is made."""

    REST = "休"
    WORK = "班"


class FileFormat(StrEnum):
    """In which forms a year is published."""

    ICS = "ics"
    XLSX = "xlsx"
    HTML = "html"


Year = Annotated[int, typer.Argument(help=_("年份，如 2026。"), min=FIRST, max=LAST, show_default=False)]
Day = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help=_("哪一天，如 2026-10-09。"), show_default=False)]
UnitWord = Annotated[str, typer.Argument(help=_("单位编码或名称。"), show_default=False)]
KindWord = Annotated[Kind, typer.Argument(help=_("休：放假；班：上班。"), show_default=False)]
DayName = Annotated[str, typer.Argument(help=_("名称，如 国庆节、停电检修。"), show_default=False)]


@app.command("show")
def show_(
    year: Year,
    unit: Annotated[str | None, typer.Option("--unit", help=_("单位编码或名称：看这个单位自己的日历。"))] = None,
    scheme: SchemeCode = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """列出一年的工作日和休息日；CSV 和 JSON 每天一行，表格每月一行。"""
    from diaodu.storage import holiday
    from diaodu.storage.session import transaction

    unit_id = None
    if unit is not None:
        with office(scheme) as (_settings, session, scheme_id):
            unit_id = unit_id_of(session, scheme_id, unit)
    _settings, engine = workspace()
    with transaction(engine) as session:
        calendar = holiday.workdays(session, unit_id)
        recorded = holiday.days_of(session, year)
        names = {day.day: day.name for day in recorded}
        if unit_id is not None:
            names |= {day.day: day.name for day in holiday.closures(session, unit_id)}
    rows = shown_days(year, calendar, names)
    if not recorded:
        typer.echo(_("{year} 年不在日历上，只按周末推算；请导入放假安排").format(year=year), err=True)
    elif any(row["provisional"] for row in rows):
        typer.echo(_("{year} 年放假安排尚未公布，以下为推算，暂定").format(year=year), err=True)
    if form is not Format.TABLE:
        show(rows, {}, form)
        return
    columns = {"month": _("月份"), "workdays": _("工作日"), "rest": _("放假"), "worked": _("调休上班")}
    show(compact(rows), columns, form, _("{year} 年工作日历").format(year=year))


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help=_("工作簿或 CSV 文件，列为：日期、是否工作日（班或休）、名称。"))],
) -> None:
    """导入新公布的全年放假安排：全部入库或一行不入；未关闭期次的时限随之重算，并通知有关单位。"""
    from diaodu.actions.calendar_year import import_year
    from diaodu.storage.session import transaction

    settings, engine = workspace()
    with told(), transaction(engine) as session:
        done = import_year(session, path, editor(settings))
    if not done.carried.changed:
        typer.echo(_("{year} 年的日历已经是这样，没有变化。").format(year=done.year))
        return
    words = _("已导入 {year} 年放假安排：放假 {rest} 天，调休上班 {worked} 天。")
    typer.echo(words.format(year=done.year, rest=done.rest, worked=done.worked))
    if done.kept:
        typer.echo(_("人工设置的日子保留：") + "、".join(map(str, done.kept)))
    say_carried(done.carried)


@app.command("set")
def set_(day: Day, kind: KindWord, name: DayName) -> None:
    """把一天改为放假或上班；未关闭期次的时限随之重算，并通知有关单位。"""
    from diaodu.actions.calendar import set_day
    from diaodu.storage.session import transaction

    settings, engine = workspace()
    with transaction(engine) as session:
        say_carried(set_day(session, editor(settings), day.date(), kind is Kind.WORK, name.strip()))


@app.command()
def closure(
    unit: UnitWord,
    day: Day,
    kind: Annotated[Kind | None, typer.Argument(help=_("休：放假；班：上班。"))] = None,
    name: Annotated[str | None, typer.Argument(help=_("名称，如 国庆节、停电检修。"))] = None,
    remove: Annotated[bool, typer.Option("--remove", help=_("取消，恢复按统一的工作日历。"))] = False,
    scheme: SchemeCode = None,
) -> None:
    """为一个单位单独设置放假或上班的一天，或用 --remove 取消；这个单位的时限随之重算，并通知它。"""
    from diaodu.actions.calendar import remove_closure, set_closure

    if remove == (kind is not None or name is not None) or (not remove and (kind is None or not name)):
        raise WrongInput(_("请写 休 或 班 和名称，或只写 --remove"))
    with office(scheme) as (settings, session, scheme_id):
        unit_id = unit_id_of(session, scheme_id, unit)
        if remove:
            say_carried(remove_closure(session, editor(settings), unit_id, unit, day.date()))
        else:
            by = editor(settings)
            say_carried(set_closure(session, by, unit_id, unit, day.date(), kind is Kind.WORK, (name or "").strip()))


@app.command()
def publish(
    out: Annotated[Path, typer.Argument(help=_("要写出的文件：.ics、.xlsx 或 .html。"))],
    year: Annotated[
        int | None, typer.Option("--year", min=FIRST, max=LAST, help=_("年份；默认今年，方案已经结束时为其最后一年。"))
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help=_("单位编码或名称：只列它的时限，按它自己的日历。"))
    ] = None,
    form: Annotated[FileFormat | None, typer.Option("--format", help=_("格式；默认看文件的后缀。"))] = None,
    scheme: SchemeCode = None,
    known_at: KnownAt = None,
) -> None:
    """公布全年的期次和时限：日历文件（可订阅）、工作簿（可打印）或网页。"""
    from diaodu import clock
    from diaodu.actions.year_calendar import usual_year, year_calendar
    from diaodu.actions.year_calendar_ics import ics_file
    from diaodu.actions.year_calendar_words import warning
    from diaodu.actions.year_calendar_workbook import workbook_file
    from diaodu.storage.scheme import SchemeNotInForce
    from diaodu.web.calendar import as_file

    target, known, chosen = unwritten(out), moment(known_at), _chosen(out, form)
    with office(scheme) as (_settings, session, scheme_id):
        wanted = year or usual_year(session, scheme_id, known)
        unit_id = None if unit is None else unit_id_of(session, scheme_id, unit)
        try:
            calendar = year_calendar(session, scheme_id, wanted, known, unit_id)
        except SchemeNotInForce:
            raise WrongInput(_("这个考核方案在 {year} 年还没有生效").format(year=wanted)) from None
    if not any(strand.rounds for strand in calendar.strands):
        raise WrongInput(_("{year} 年没有任何期次").format(year=wanted))
    writers = {
        FileFormat.ICS: lambda: ics_file(calendar, known),
        FileFormat.XLSX: lambda: workbook_file(calendar, known),
        FileFormat.HTML: lambda: as_file(calendar, clock.office_day(known)),
    }
    target.write_bytes(writers[chosen]())
    if said := warning(calendar):
        typer.echo(said, err=True)
    rounds = sum(len(strand.rounds) for strand in calendar.strands)
    typer.echo(_("已写出 {n} 期：{path}").format(n=rounds, path=target))


def _chosen(out: Path, form: FileFormat | None) -> FileFormat:
    suffix = out.suffix.lower().removeprefix(".")
    if form is None and suffix not in list(FileFormat):
        raise WrongInput(_("文件名应以 .ics、.xlsx 或 .html 结尾，或用 --format 指定格式"))
    return form or FileFormat(suffix)


def unit_id_of(session: "Session", scheme_id: int, word: str) -> int:
    """The unit meant; ends the command when none is."""
    from diaodu import clock
    from diaodu.actions.report_form import UnknownUnit, unit_meant
    from diaodu.storage.unit import unit_ids

    now = clock.now()
    try:
        return unit_ids(session, scheme_id)[unit_meant(session, scheme_id, word, clock.office_day(now), now)]
    except UnknownUnit as wrong:
        raise WrongInput(f"{word}：{wrong}") from None
