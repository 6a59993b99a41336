"""`diaodu schedule`: when the clock starts what, shown and changed."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from diaodu.cli.office import SchemeCode, WrongInput, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _
from diaodu.rules.schedule import CatchUp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlmodel import Session

    from models.schedule import Schedule

app = typer.Typer(help=_("调度计划：什么时候自动做什么。"), no_args_is_help=True)
CATCH_UPS = {CatchUp.SKIP: _("不补"), CatchUp.ONCE: _("补一次"), CatchUp.EACH: _("逐期补")}


@app.command("list")
def list_(scheme: SchemeCode = None, form: FormatOption = Format.TABLE) -> None:
    """列出什么时候自动做什么，下一次是什么时候。"""
    from diaodu import clock
    from diaodu.storage.schedule import lines
    from flows.timetable import TIMETABLE
    from models.schedule import Schedule

    now = clock.now()
    with office(scheme) as (_settings, session, scheme_id):
        found = lines(session, scheme_id)
        known = {line.job for line in found}
        usual = [
            Schedule(scheme_id=scheme_id, job=job, trigger=trigger, catch_up=catch_up, since=now)
            for job, trigger, catch_up in TIMETABLE
            if job not in known
        ]
        rows = [_row(session, line, now) for line in (*found, *usual)]
    columns = {"job": _("任务"), "name": _("名称"), "trigger": _("时间"), "said": _("含义"), "catch_up": _("错过的")}
    columns |= {"paused": _("暂停"), "next": _("下一次")}
    table = form is Format.TABLE
    show([_in_words(row) for row in rows] if table else rows, columns, form)


@app.command()
def change(
    job: Annotated[str, typer.Argument(help=_("任务，如 collect、cycle。"), show_default=False)],
    trigger: Annotated[
        str | None,
        typer.Option("--trigger", help=_("时间，如 workdays 08:30、due 17:30、due +1 08:30、period +2 09:00。")),
    ] = None,
    catch_up: Annotated[
        CatchUp | None, typer.Option("--catch-up", help=_("错过的怎么办：skip 不补，once 补一次，each 逐期补。"))
    ] = None,
    paused: Annotated[bool | None, typer.Option("--pause/--resume", help=_("暂停，或恢复。"))] = None,
    scheme: SchemeCode = None,
) -> None:
    """改一项任务的时间、补跑办法，或暂停、恢复；记入审计，一分钟内生效。"""
    from diaodu import clock
    from diaodu.actions.schedule import Change, UnknownJob, change_schedule
    from diaodu.rules.occasion import NotATrigger
    from flows.timetable import TIMETABLE

    wanted = Change(" ".join(trigger.split()) if trigger else None, catch_up, paused)
    if wanted == Change():
        raise WrongInput(_("没有写要改什么：--trigger、--catch-up、--pause 或 --resume"))
    with office(scheme) as (settings, session, scheme_id):
        try:
            changed = change_schedule(session, scheme_id, TIMETABLE, job, wanted, settings.actor, clock.now())
        except NotATrigger:
            right = _("时间应写成 workdays 08:30、due 17:30、due +1 08:30 或 period +2 09:00，读到：")
            raise WrongInput(right + str(trigger)) from None
        except UnknownJob as unknown:
            raise WrongInput(_("没有这项任务；现有：") + "、".join(unknown.known)) from None
    typer.echo(_("已改：") + job if changed else _("原来就是这样，没有变化。"))


def _row(session: "Session", line: "Schedule", now: "datetime") -> dict[str, Any]:
    from flows.wording import called

    upcoming = None if line.paused else next((time for time in _times(session, line, now) if time > now), None)
    return {
        "job": line.job,
        "name": called(line.job),
        "trigger": line.trigger,
        "said": _said(line.trigger),
        "catch_up": line.catch_up,
        "paused": line.paused,
        "next": None if upcoming is None else upcoming.strftime("%Y-%m-%d %H:%M"),
    }


def _times(session: "Session", line: "Schedule", now: "datetime") -> "Sequence[datetime]":
    """Every time of the line by the scheme in force today; none before it is, or of what is written wrongly."""
    from datetime import datetime

    from diaodu.clock import OFFICE_ZONE, office_day
    from diaodu.rules.occasion import NotATrigger, goes_on_until, occasions
    from diaodu.storage.collection import rhythms
    from diaodu.storage.holiday import workdays
    from diaodu.storage.scheme import SchemeNotInForce

    calendar = workdays(session)
    try:
        known = rhythms(session, line.scheme_id, office_day(now), now)
        found = occasions(line.trigger, known[None], calendar, goes_on_until(known.values(), calendar))
    except (SchemeNotInForce, NotATrigger):
        return []
    return [datetime.combine(one.day, one.at, OFFICE_ZONE) for one in found]


def _said(trigger: str) -> str | None:
    """The expression in words."""
    from diaodu.rules.occasion import Anchor, NotATrigger, read_trigger

    try:
        read = read_trigger(trigger)
    except NotATrigger:
        return None
    if read.anchor is Anchor.WORKDAYS:
        return _("每个工作日 {at:%H:%M}").format(at=read.at)
    anchor = _("单位时限") if read.anchor is Anchor.DUE else _("期末")
    if read.later:
        return _("{anchor}后第 {n} 个工作日 {at:%H:%M}").format(anchor=anchor, n=read.later, at=read.at)
    return _("{anchor}当日 {at:%H:%M}").format(anchor=anchor, at=read.at)


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"catch_up": CATCH_UPS[row["catch_up"]], "paused": _("已暂停") if row["paused"] else None}
