"""`diaodu request ask` and `withdraw`: numbers wanted outside the calendar, and numbers no longer wanted."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diaodu.cli.office import AsOf, SchemeCode, WrongInput, office, workspace
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from diaodu.actions.asking import Answer, Asked
    from diaodu.actions.notice import Issuer
    from diaodu.settings import Settings

COLUMNS = {"indicator": _("指标"), "unit": _("单位"), "asked_named": _("布置"), "words": _("说明")}


def ask(
    as_of: AsOf,
    indicator: Annotated[
        list[str], typer.Option("--indicator", help=_("要哪个指标（编码或名称），可写多次。"), show_default=False)
    ],
    reason: Annotated[str, typer.Option("--reason", help=_("为何要数，会告诉单位。"), show_default=False)],
    unit: Annotated[
        list[str] | None, typer.Option("--unit", help=_("向哪个单位要（编码或名称），可写多次；默认有该指标的全部。"))
    ] = None,
    due: Annotated[
        datetime | None,
        typer.Option("--due", formats=["%Y-%m-%d"], help=_("时限；默认方案规定的提前量，没有规定则3个工作日。")),
    ] = None,
    scheme: SchemeCode = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """临时布置：日历之外要数。已有的、数据源会供的、已布置的都不再要，并说明从哪里来。"""
    from diaodu.actions.asking import ask as put
    from diaodu.actions.survey import Unknown, Wanted
    from diaodu.rules.reminder import NotALadder

    wanted = Wanted(indicator, unit or [], as_of.date(), due.date() if due else None, reason)
    with office(scheme) as (settings, session, scheme_id):
        issuer = _issuer(session, settings, scheme_id)
        try:
            done = put(session, issuer, settings.actor, wanted)
        except Unknown as unknown:
            raise WrongInput(str(unknown)) from None
        except NotALadder as wrong:
            raise WrongInput(_("催报步骤写法有误：") + str(wrong)) from None
    _send(settings)
    _say(done, form)
    if done.period_id is None:
        raise typer.Exit(1)


def withdraw(
    numbers: Annotated[str, typer.Argument(metavar=_("编号"), help=_("报送事项编号，用逗号隔开。"))],
    reason: Annotated[str, typer.Option("--reason", help=_("为何不再要，会告诉单位。"), show_default=False)],
    scheme: SchemeCode = None,
) -> None:
    """撤销布置：还没有报来的数不再要，并告诉单位；一项不能撤销，就都不撤销。"""
    from diaodu.actions.request_words import STATES
    from diaodu.actions.withdrawal import CannotWithdraw
    from diaodu.actions.withdrawal import withdraw as take_back

    if not reason.strip():
        raise WrongInput(_("请用 --reason 写明理由。"))
    with office(scheme) as (settings, session, scheme_id):
        issuer = _issuer(session, settings, scheme_id)
        try:
            count = take_back(session, issuer, settings.actor, _ids(numbers), reason)
        except CannotWithdraw as refused:
            for one in refused.kept:
                state = _("没有这个编号") if one.state is None else STATES[one.state]
                typer.echo(_("报送事项 {id} 不能撤销：{state}").format(id=one.id, state=state), err=True)
            raise typer.Exit(1) from None
    typer.echo(_("已撤销 {n} 项。").format(n=count))
    _send(settings)


def _issuer(session: "Session", settings: "Settings", scheme_id: int) -> "Issuer":
    from diaodu import clock
    from diaodu.actions.issuing import issuer_of
    from diaodu.storage.scheme import SchemeNotInForce

    now = clock.now()
    today = clock.office_day(now)
    try:
        return issuer_of(session, settings, scheme_id, today, now)
    except SchemeNotInForce:
        raise WrongInput(_("这一天还没有生效的方案，或当时还不知道：") + today.isoformat()) from None


def _send(settings: "Settings") -> None:
    from diaodu import clock
    from flows.warn import drain

    drain(workspace()[1], settings, clock.now)


def _say(done: "Asked", form: Format) -> None:
    for reason in done.general:
        typer.echo(_("不予布置：") + reason, err=True)
    show([_row(one) for one in done.answers], COLUMNS, form, _("临时布置，时限 {due}").format(due=done.due))


def _row(one: "Answer") -> dict[str, Any]:
    from diaodu.rules.quantity import plain

    number = one.number
    return {
        "indicator": one.indicator,
        "unit": one.unit,
        "asked": one.asked,
        "asked_named": _("已布置") if one.asked else _("不布置"),
        "reasons": list(one.reasons),
        "words": one.words or None,
        "due": number.due,
        "known_value": None if number.known is None else plain(number.known.value),
    }


def _ids(numbers: str) -> list[int]:
    parts = numbers.replace("，", ",").split(",")
    if not all(part.strip().isdecimal() for part in parts):
        raise WrongInput(_("报送事项编号应为数字，几项之间用逗号隔开：") + numbers)
    return list(dict.fromkeys(int(part) for part in parts))
