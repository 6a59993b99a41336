"""`diaodu interview` and `diaodu visit`: recording talks with units, and what was promised there."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diaodu.cli.office import KnownAt, SchemeCode, WrongInput, moment, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from diaodu.actions.meeting import Promise, Talk

interview = typer.Typer(help=_("约谈：登记、列出。"), no_args_is_help=True)
visit = typer.Typer(help=_("走访：登记、列出。"), no_args_is_help=True)
COLUMNS = {
    "id": _("编号"),
    "day": _("日期"),
    "unit_name": _("单位"),
    "hosts": _("主持人"),
    "guests": _("单位参加人"),
    "outcome": _("结果"),
    "warning_id": _("预警"),
    "promised": _("承诺"),
}
Unit = Annotated[str, typer.Argument(metavar=_("单位"), help=_("单位编码或名称。"))]
Day = Annotated[datetime, typer.Option("--day", formats=["%Y-%m-%d"], help=_("哪一天。"))]
Hosts = Annotated[str, typer.Option("--hosts", help=_("主持人，几人之间用顿号隔开。"))]
Guests = Annotated[str, typer.Option("--guests", help=_("单位参加人。"))]
Outcome = Annotated[str, typer.Option("--outcome", help=_("谈了什么、结果如何。"))]
About = Annotated[int | None, typer.Option("--warning", help=_("针对哪一件预警。"))]
Promises = Annotated[
    list[str] | None,
    typer.Option(
        "--promise", help=_("承诺：指标|事项|日期|计划累计值|责任人，如 投资|主体封顶|2023-12-20|70|王某；可写多次。")
    ),
]
Planned = Annotated[int | None, typer.Option("--planned", help=_("对应哪一件待办（list --due 的编号）；通常可省略。"))]
Due = Annotated[bool, typer.Option("--due", help=_("列出规则要求而尚未进行的，先到期的在前。"))]
Number = Annotated[int, typer.Argument(metavar=_("编号"), help=_("待办编号，即 list --due 的第一列。"))]
MeetAt = Annotated[
    datetime, typer.Option("--at", formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], help=_("时间，如 2023-12-20T09:00。"))
]
Place = Annotated[str, typer.Option("--place", help=_("地点。"))]
By = Annotated[str | None, typer.Option("--by", help=_("经办人；默认为设置中的 actor。"))]


@interview.command("add")
def interview_(
    unit: Unit,
    day: Day,
    hosts: Hosts,
    guests: Guests,
    outcome: Outcome,
    warning: About = None,
    promise: Promises = None,
    planned: Planned = None,
    by: By = None,
    scheme: SchemeCode = None,
) -> None:
    """登记一次约谈；承诺事项成为这个单位的节点。"""
    _add("interview", (unit, day, hosts, guests, outcome, warning, planned), promise, by, scheme)


@visit.command("add")
def visit_(
    unit: Unit,
    day: Day,
    hosts: Hosts,
    guests: Guests,
    outcome: Outcome,
    warning: About = None,
    promise: Promises = None,
    planned: Planned = None,
    by: By = None,
    scheme: SchemeCode = None,
) -> None:
    """登记一次走访；承诺事项成为这个单位的节点。"""
    _add("visit", (unit, day, hosts, guests, outcome, warning, planned), promise, by, scheme)


@interview.command("list")
def interviews(
    due: Due = False, known_at: KnownAt = None, scheme: SchemeCode = None, form: FormatOption = Format.TABLE
) -> None:
    """列出约谈和当场的承诺；--due 列出应约谈而未约谈的。"""
    _list("interview", due, known_at, scheme, form, _("约谈"))


@visit.command("list")
def visits(
    due: Due = False, known_at: KnownAt = None, scheme: SchemeCode = None, form: FormatOption = Format.TABLE
) -> None:
    """列出走访和当场的承诺；--due 列出应走访而未走访的。"""
    _list("visit", due, known_at, scheme, form, _("走访"))


@interview.command("set")
def interview_set(number: Number, at: MeetAt, place: Place, by: By = None, scheme: SchemeCode = None) -> None:
    """定下或改动一次约谈的时间、地点，并告知单位。"""
    _set("interview", number, at, place, by, scheme)


@visit.command("set")
def visit_set(number: Number, at: MeetAt, place: Place, by: By = None, scheme: SchemeCode = None) -> None:
    """定下或改动一次走访的时间、地点，并告知单位。"""
    _set("visit", number, at, place, by, scheme)


def _list(kind: str, due: bool, known_at: str | None, scheme: str | None, form: Format, name: str) -> None:
    if not due:
        show(_rows(kind, known_at, scheme), COLUMNS, form, name)
        return
    from diaodu.cli.meeting_view import DUE, awaiting

    at = moment(known_at)
    with office(scheme) as (_settings, session, scheme_id):
        found = awaiting(session, scheme_id, kind, at)
    show(found, DUE, form, name)


def _set(kind: str, number: int, at: datetime, place: str, by: str | None, scheme: str | None) -> None:
    from diaodu import clock
    from diaodu.actions.issuing import issuer_of
    from diaodu.actions.meeting_setting import NotSet, set_meeting
    from diaodu.rules.meeting import MeetingKind

    now = clock.now()
    with office(scheme) as (settings, session, scheme_id):
        issuer = issuer_of(session, settings, scheme_id, clock.office_day(now), now)
        meets_at = at.replace(tzinfo=clock.OFFICE_ZONE).astimezone(UTC)
        try:
            set_meeting(session, issuer, number, MeetingKind(kind), meets_at, place, by or settings.actor)
        except NotSet as wrong:
            raise WrongInput(str(wrong)) from None
    typer.echo(_("已定，并告知单位。"))


def _add(kind: str, said: tuple[Any, ...], promises: list[str] | None, by: str | None, scheme: str | None) -> None:
    from diaodu import clock
    from diaodu.actions.meeting import NotRecorded, record

    talk = _talk(kind, said, [promised(text) for text in promises or []])
    with office(scheme) as (settings, session, scheme_id):
        try:
            number = record(session, scheme_id, talk, by or settings.actor, clock.now()).id
        except NotRecorded as wrong:
            raise WrongInput(str(wrong)) from None
    typer.echo(_("已登记，编号 {id}。").format(id=number))


def _talk(kind: str, said: tuple[Any, ...], promises: "list[Promise]") -> "Talk":
    from diaodu.actions.meeting import Talk
    from diaodu.rules.meeting import MeetingKind

    unit, day, hosts, guests, outcome, warning, planned = said
    return Talk(MeetingKind(kind), unit, day.date(), hosts, guests, outcome, warning, promises, planned)


def promised(text: str) -> "Promise":
    from diaodu.actions.meeting import Promise
    from diaodu.cli.milestone_view import amount

    parts = [part.strip() for part in text.replace("｜", "|").split("|")]
    try:
        indicator, name, day, planned, owner = parts
        due = datetime.strptime(day, "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        raise WrongInput(_("承诺应写成 指标|事项|日期|计划累计值|责任人：") + text) from None
    return Promise(indicator, name, due, amount(planned), owner)


def _rows(kind: str, known_at: str | None, scheme: str | None) -> list[dict[str, Any]]:
    from diaodu.actions.directory import directory
    from diaodu.clock import office_day
    from diaodu.rules.meeting import MeetingKind
    from diaodu.rules.quantity import plain
    from diaodu.storage.meeting import meetings

    at = moment(known_at)
    with office(scheme) as (_settings, session, scheme_id):
        names = directory(session, scheme_id, office_day(at), at)
        return [
            meeting.model_dump()
            | {
                "unit_name": names.unit(meeting.unit_id),
                "promised": "；".join(f"{c.due} {c.name} {plain(c.planned)}（{c.owner}）" for c in commitments),
                "commitments": [c.model_dump() for c in commitments],
            }
            for meeting, commitments in meetings(session, scheme_id, MeetingKind(kind), at)
        ]
