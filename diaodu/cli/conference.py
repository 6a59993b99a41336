"""`diaodu conference`: meetings on progress, the days on which their papers are due, and what was promised there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from diaodu.cli.meeting import By, Promises, promised
from diaodu.cli.office import AsOf, SchemeCode, WrongInput, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

app = typer.Typer(help=_("调度会：召开、会前时间表、取消、会上的承诺。"), no_args_is_help=True)
MeetingDay = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], metavar=_("日期"), help=_("哪一天开会。"))]
Number = Annotated[int, typer.Argument(metavar=_("编号"), help=_("调度会编号，见 diaodu conference list。"))]
COLUMNS = {
    "id": _("编号"),
    "day": _("日期"),
    "name": _("名称"),
    "place": _("地点"),
    "as_of": _("截至日"),
    "state": _("状态"),
    "next_step": _("下一步"),
    "due": _("时限"),
    "person": _("责任人"),
}
TIMETABLE = {
    "step_name": _("环节"),
    "due": _("时限"),
    "stands_name": _("进展"),
    "person": _("责任人"),
    "provisional": _("暂定"),
}


@app.command()
def add(
    day: MeetingDay,
    as_of: AsOf,
    drafter: Annotated[str, typer.Option("--drafter", help=_("拟稿人。"))],
    reviewer: Annotated[str, typer.Option("--reviewer", help=_("审核人，不能是拟稿人。"))],
    signer: Annotated[str, typer.Option("--signer", help=_("签发人，不能是拟稿人。"))],
    lead: Annotated[int, typer.Option("--lead", help=_("简报在会前几个工作日印发。"))] = 1,
    name: Annotated[str, typer.Option("--name", help=_("会议名称；默认“调度会”。"))] = "",
    place: Annotated[str, typer.Option("--place", help=_("地点。"))] = "",
    by: By = None,
    scheme: SchemeCode = None,
) -> None:
    """定一次调度会，倒排会前各环节的时限，到时逐日提醒责任人。"""
    from diaodu.actions.conference import call
    from diaodu.rules.conference import Call

    wanted = Call(day.date(), as_of.date(), lead, drafter, reviewer, signer)
    with _desk(scheme, by) as (session, scheme_id, who, now):
        number = call(session, scheme_id, name, place, wanted, who, now).id or 0
        rows = _timetable(session, scheme_id, number, now)
    typer.echo(_("已定，编号 {id}。").format(id=number))
    show(rows, TIMETABLE, Format.TABLE, _("会前时间表"))


@app.command("list")
def list_(scheme: SchemeCode = None, form: FormatOption = Format.TABLE) -> None:
    """列出调度会和各自的下一步。"""
    from diaodu.actions.conference import lines
    from diaodu.actions.conference_words import STEPS
    from diaodu.clock import office_day
    from diaodu.rules.conference import Readiness
    from diaodu.storage.conference import conferences
    from diaodu.storage.holiday import workdays

    with _desk(scheme, None) as (session, scheme_id, _who, now):
        rows = []
        for one in conferences(session, scheme_id):
            stand = lines(session, one, office_day(now), workdays(session))
            ahead = next((line for line in stand if line.stands is not Readiness.DONE), None)
            off = one.called_off_at is not None
            move = None if off else ahead
            rows.append(
                one.model_dump(include={"id", "day", "name", "place", "as_of", "lead", "reason"})
                | {
                    "state": _("已取消") if off else _("已开") if ahead is None else _("筹备中"),
                    "next_step": STEPS[move.step] if move else None,
                    "due": move.due if move else None,
                    "person": move.person if move else None,
                }
            )
    show(rows, COLUMNS, form, _("调度会"))


@app.command("show")
def show_(number: Number, scheme: SchemeCode = None, form: FormatOption = Format.TABLE) -> None:
    """显示一次调度会的会前时间表。"""
    with _desk(scheme, None) as (session, scheme_id, _who, now):
        rows = _timetable(session, scheme_id, number, now)
    show(rows, TIMETABLE, form, _("会前时间表"))


@app.command()
def cancel(
    number: Number,
    reason: Annotated[str, typer.Option("--reason", help=_("理由。"))],
    by: By = None,
    scheme: SchemeCode = None,
) -> None:
    """取消一次调度会；不再提醒。改期请取消后另定。"""
    from diaodu.actions.conference import call_off

    with _desk(scheme, by) as (session, scheme_id, who, now):
        call_off(session, scheme_id, number, who, reason, now)
    typer.echo(_("已取消编号 {id}。").format(id=number))


@app.command()
def minute(
    number: Number,
    unit: Annotated[str, typer.Argument(metavar=_("单位"), help=_("单位编码或名称。"))],
    hosts: Annotated[str, typer.Option("--hosts", help=_("主持人，几人之间用顿号隔开。"))],
    guests: Annotated[str, typer.Option("--guests", help=_("单位参加人。"))],
    outcome: Annotated[str, typer.Option("--outcome", help=_("单位说了什么、会上怎么定。"))],
    promise: Promises = None,
    by: By = None,
    scheme: SchemeCode = None,
) -> None:
    """记下会上一个单位的发言和承诺；承诺事项成为这个单位的节点。"""
    from diaodu.actions.conference import minute as record
    from diaodu.actions.meeting import NotRecorded, Talk
    from diaodu.rules.meeting import MeetingKind

    with _desk(scheme, by) as (session, scheme_id, who, now):
        promises = [promised(text) for text in promise or []]
        talk = Talk(MeetingKind.CONFERENCE, unit, now.date(), hosts, guests, outcome, None, promises)
        try:
            meeting = record(session, scheme_id, number, talk, who, now)
        except NotRecorded as wrong:
            raise WrongInput(str(wrong)) from None
    typer.echo(_("已登记，编号 {id}。").format(id=meeting.id))


@contextmanager
def _desk(scheme: str | None, by: str | None) -> "Iterator[tuple[Session, int, str, datetime]]":
    """Session, scheme, who acts and when; what is refused ends the command with its reason."""
    from diaodu import clock
    from diaodu.actions.conference_words import NotCalled

    try:
        with office(scheme) as (settings, session, scheme_id):
            yield session, scheme_id, settings.actor if by is None else by, clock.now()
    except NotCalled as why:
        raise WrongInput(str(why)) from None


def _timetable(session: "Session", scheme_id: int, number: int, now: datetime) -> list[dict[str, object]]:
    from diaodu.actions.conference import lines
    from diaodu.actions.conference_words import READINESS, STEPS
    from diaodu.clock import office_day
    from diaodu.storage.conference import conference
    from diaodu.storage.holiday import workdays

    found = conference(session, scheme_id, number)
    if found is None:
        raise WrongInput(_("没有编号为 {id} 的调度会。").format(id=number))
    return [
        {
            "step": line.step,
            "step_name": STEPS[line.step],
            "due": line.due,
            "stands": line.stands,
            "stands_name": READINESS[line.stands],
            "person": line.person,
            "provisional": _("暂定") if line.is_provisional else None,
        }
        for line in lines(session, found, office_day(now), workdays(session))
    ]
