"""`diaodu discrepancy`: numbers on which two sources differ, and which of the two is to hold."""

from datetime import datetime
from typing import Annotated, Any

import typer

from diaodu.cli.office import KnownAt, SchemeCode, WrongInput, moment, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

app = typer.Typer(help=_("数据不一致：两个来源的数不同，列出、查看、定夺。"), no_args_is_help=True)
SETTLEMENTS = {"kept": _("维持原数"), "replaced": _("改用新数"), "withdrawn": _("来源已改数")}
COLUMNS = {
    "id": _("编号"),
    "unit_name": _("单位"),
    "indicator_name": _("指标"),
    "as_of": _("截至日"),
    "kept": _("原数"),
    "value": _("另报"),
    "source": _("数据源"),
    "result": _("结果"),
}
DETAILS = {
    "id": _("编号"),
    "unit_name": _("单位"),
    "indicator_name": _("指标"),
    "as_of": _("截至日"),
    "kept": _("原数"),
    "kept_source": _("原数来源"),
    "kept_origin": _("原数出处"),
    "kept_by": _("原数经办"),
    "value": _("另报"),
    "source": _("数据源"),
    "origin": _("出处"),
    "found_at": _("发现时间"),
    "told_at": _("告知单位"),
    "result": _("结果"),
    "settled_by": _("经办"),
    "settled_at": _("办理时间"),
    "reason": _("理由"),
}
TIMES = ("found_at", "told_at", "settled_at")


@app.command("list")
def list_(
    scheme: SchemeCode = None,
    known_at: KnownAt = None,
    every: Annotated[bool, typer.Option("--all", help=_("连同已有结果的。"))] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """列出待核实的数据不一致。"""
    at = moment(known_at)
    with office(scheme) as (_settings, session, scheme_id):
        found = _rows(session, scheme_id, at)
    show([row for row in found if every or row["settlement"] is None], COLUMNS, form, _("数据不一致"))


@app.command("show")
def show_(
    number: Annotated[int, typer.Argument(metavar=_("编号"), help=_("数据不一致的编号。"))],
    scheme: SchemeCode = None,
    known_at: KnownAt = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """显示一处数据不一致：两个数各是谁报的、出自哪里、结果如何。"""
    at = moment(known_at)
    with office(scheme) as (_settings, session, scheme_id):
        found = [row for row in _rows(session, scheme_id, at) if row["id"] == number]
    if not found:
        raise WrongInput(_("没有编号为 {id} 的数据不一致。").format(id=number))
    if form is not Format.TABLE:
        show(found, COLUMNS, form)
        return
    lines = [{"what": heading, "said": found[0][key]} for key, heading in DETAILS.items()]
    show(lines, {"what": "", "said": ""}, form, _("数据不一致"))


@app.command()
def settle(
    numbers: Annotated[list[int], typer.Argument(metavar=_("编号"), help=_("数据不一致的编号，可写几个。"))],
    replace: Annotated[
        bool, typer.Option("--replace/--keep", help=_("改用数据源另报的数，或维持原数。"), show_default=False)
    ],
    reason: Annotated[str, typer.Option("--reason", help=_("理由。"), show_default=False)],
    by: Annotated[str | None, typer.Option("--by", help=_("经办人；默认为设置中的 actor。"))] = None,
    scheme: SchemeCode = None,
) -> None:
    """定夺：维持原数，或改用另报的数；改用即记为新的一次填报。"""
    from diaodu import clock
    from diaodu.actions.discrepancy import Answer, Refused
    from diaodu.actions.discrepancy import settle as settled
    from diaodu.rules.discrepancy import Settlement

    how = Settlement.REPLACED if replace else Settlement.KEPT
    with office(scheme) as (settings, session, scheme_id):
        answer = Answer(how, settings.actor if by is None else by, reason)
        try:
            done = settled(session, scheme_id, numbers, answer, clock.now())
        except Refused as refused:
            typer.echo(str(refused), err=True)
            raise typer.Exit(1) from None
        ids = [row.id for row in done]
    for number in ids:
        typer.echo(_("编号 {id}：{result}").format(id=number, result=SETTLEMENTS[how]))


def _rows(session: Any, scheme_id: int, at: datetime) -> list[dict[str, Any]]:
    from decimal import Decimal

    from diaodu.clock import OFFICE_ZONE, office_day
    from diaodu.rules.quantity import plain
    from diaodu.storage.discrepancy_list import discrepancies

    rows = []
    for row in discrepancies(session, scheme_id, office_day(at), at):
        times = {name: f"{row[name].astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}" for name in TIMES if row[name]}
        numbers = {name: Decimal(plain(row[name])) for name in ("kept", "value")}
        rows.append(row | times | numbers | {"result": SETTLEMENTS.get(row["settlement"], _("待核实"))})
    return rows
