"""`diaodu milestone`: the plan as it was and as it stands, and requests to move its steps."""

from datetime import datetime
from typing import Annotated

import typer

from diaodu.cli.office import KnownAt, SchemeCode, WrongInput, moment, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

app = typer.Typer(help=_("节点：原计划与现计划、延期的申请与审批。"), no_args_is_help=True)
extend = typer.Typer(help=_("节点延期：申请、批准、不予批准、列出。"), no_args_is_help=True)
app.add_typer(extend, name="extend")
Indicator = Annotated[str, typer.Argument(metavar=_("指标"), help=_("指标编码或名称。"))]
Unit = Annotated[str, typer.Argument(metavar=_("单位"), help=_("单位编码或名称。"))]
Number = Annotated[int, typer.Argument(metavar=_("编号"), help=_("延期申请的编号。"))]
By = Annotated[str | None, typer.Option("--by", help=_("经办人；默认为设置中的 actor。"))]
Reason = Annotated[str, typer.Option("--reason", help=_("理由。"))]


@app.command("list")
def list_(
    indicator: Indicator,
    unit: Unit,
    known_at: KnownAt = None,
    scheme: SchemeCode = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """列出一项目标的节点：原时限、现时限、延期次数。"""
    from diaodu.cli.milestone_view import MILESTONES, milestones

    at = moment(known_at)
    with office(scheme) as (_settings, session, scheme_id):
        found = milestones(session, scheme_id, indicator, unit, at)
    show(found, MILESTONES, form, _("节点"))


@extend.command("list")
def extensions_(known_at: KnownAt = None, scheme: SchemeCode = None, form: FormatOption = Format.TABLE) -> None:
    """列出延期申请和决定。"""
    from diaodu.cli.milestone_view import EXTENSIONS, extensions

    at = moment(known_at)
    with office(scheme) as (_settings, session, scheme_id):
        found = extensions(session, scheme_id, at)
    show(found, EXTENSIONS, form, _("节点延期"))


@extend.command()
def request(
    indicator: Indicator,
    unit: Unit,
    name: Annotated[str, typer.Argument(metavar=_("节点"), help=_("节点名称。"))],
    due: Annotated[datetime, typer.Option("--due", formats=["%Y-%m-%d"], help=_("新的时限。"))],
    reason: Reason,
    planned: Annotated[str | None, typer.Option("--planned", help=_("新的计划累计值；默认不变。"))] = None,
    by: By = None,
    scheme: SchemeCode = None,
) -> None:
    """申请把一个节点延期；批准以前什么也不变。"""
    from diaodu import clock
    from diaodu.actions.extension import NotExtended, Wish
    from diaodu.actions.extension import request as ask
    from diaodu.actions.target_meant import NotMeant
    from diaodu.cli.milestone_view import amount

    wish = Wish(indicator, unit, name, due.date(), None if planned is None else amount(planned), reason)
    with office(scheme) as (settings, session, scheme_id):
        try:
            asked = ask(session, scheme_id, wish, by or settings.actor, clock.now())
        except NotMeant as wrong:
            raise WrongInput(str(wrong)) from None
        except NotExtended as refused:
            typer.echo(str(refused), err=True)
            raise typer.Exit(1) from None
        number = asked.id
    typer.echo(_("已提出延期申请 {id}，待批。").format(id=number))


@extend.command()
def approve(number: Number, reason: Reason, by: By = None, scheme: SchemeCode = None) -> None:
    """批准一项延期申请：节点改为新的时限，原计划保留可查。"""
    _decide(number, True, reason, by, scheme)
    typer.echo(_("延期申请 {id}：已批准").format(id=number))


@extend.command()
def refuse(number: Number, reason: Reason, by: By = None, scheme: SchemeCode = None) -> None:
    """不予批准一项延期申请。"""
    _decide(number, False, reason, by, scheme)
    typer.echo(_("延期申请 {id}：未批准").format(id=number))


def _decide(number: int, approves: bool, reason: str, by: str | None, scheme: str | None) -> None:
    from diaodu import clock
    from diaodu.actions.extension import NotExtended, decide

    with office(scheme) as (settings, session, scheme_id):
        try:
            decide(session, scheme_id, number, approves, by or settings.actor, reason, clock.now())
        except NotExtended as refused:
            typer.echo(str(refused), err=True)
            raise typer.Exit(1) from None
