"""`diaodu period`: the rounds of collection, and what every unit did in one."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diaodu.cli.office import SchemeCode, UpTo, WrongInput, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from diaodu.actions.rounds import RoundResponse
    from diaodu.rules.response import Response

app = typer.Typer(help=_("期次：每一轮报送的起止、各单位报到哪一步、按时与迟报。"), no_args_is_help=True)
COUNTS = {
    "asked": _("应报"),
    "reported": _("已报"),
    "awaited": _("待报"),
    "overdue": _("逾期"),
    "returned": _("退回"),
    "missing": _("缺报"),
    "spared": _("免报"),
}
LISTED = {
    "id": _("编号"),
    "calendar": _("报送安排"),
    "as_of": _("截至日"),
    "unit_due": _("单位时限"),
    "response": _("报送情况"),
    "closed_on": _("关闭"),
}
UNITS = {"unit_name": _("单位"), **COUNTS, "on_time": _("按时"), "late_named": _("迟报")}


@app.command("list")
def list_(as_of: UpTo = None, scheme: SchemeCode = None, form: FormatOption = Format.TABLE) -> None:
    """列出期次，最新的在前。"""
    _show([_listed(one) for one in _found(scheme, as_of.date() if as_of else None, None)], form)


@app.command("show")
def show_(
    number: Annotated[int, typer.Argument(metavar=_("编号"), help=_("期次编号，见 diaodu period list。"))],
    scheme: SchemeCode = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """显示一个期次中各单位的报送情况：按时几项、迟报几项最多迟几个工作日、缺报几项。"""
    import json

    found = _found(scheme, None, number)
    if not found:
        raise WrongInput(_("没有编号为 {id} 的期次。").format(id=number))
    (one,) = found
    units = [{"unit": u.unit, "unit_name": u.name} | _counts(u.count) for u in one.units]
    if form is Format.JSON:
        typer.echo(json.dumps(_listed(one) | {"units": units}, ensure_ascii=False, indent=1, default=str))
        return
    if form is Format.TABLE:
        _show([_listed(one)], form)
    show(units, UNITS, form, _("各单位"))


def _show(rounds: list[dict[str, Any]], form: Format) -> None:
    """A table says in one column what is not nothing, so that it fits a narrow screen."""
    if form is Format.TABLE:
        rounds = [one | {"response": _in_words(one)} for one in rounds]
    show(rounds, LISTED, form, _("期次"))


def _in_words(one: dict[str, Any]) -> str:
    return " ".join(f"{name}{one[key]}" for key, name in COUNTS.items() if one[key] or key in {"asked", "reported"})


def _found(scheme: str | None, as_of: date | None, number: int | None) -> "list[RoundResponse]":
    from diaodu import clock
    from diaodu.actions.directory import directory
    from diaodu.actions.rounds import responses
    from diaodu.storage.period import periods

    now = clock.now()
    today = clock.office_day(now)
    with office(scheme) as (_settings, session, scheme_id):
        chosen = [
            period
            for period in periods(session, scheme_id)
            if number in {None, period.id} and (as_of is None or period.as_of <= as_of)
        ]
        return responses(session, scheme_id, chosen, directory(session, scheme_id, today, now), today)


def _listed(one: "RoundResponse") -> dict[str, Any]:
    from diaodu.clock import office_day

    period = one.period
    return {
        "id": period.id,
        "calendar": one.calendar or _("全部指标"),
        "as_of": period.as_of,
        "opens": period.opens,
        "unit_due": period.unit_due,
        "lead_due": period.lead_due,
        "office_due": period.office_due,
        "provisional": period.provisional,
        "closed_on": office_day(period.closed_at) if period.closed_at else None,
    } | _counts(one.total)


def _counts(count: "Response") -> dict[str, Any]:
    late = _("{n}项，最多迟{days}个工作日").format(n=count.late, days=count.worst) if count.late else None
    return {"asked": count.asked} | asdict(count) | {"late_named": late}
