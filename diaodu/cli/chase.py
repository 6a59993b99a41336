"""`diaodu chase`: who still owes numbers, and the reminders that are due, sent by one command."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from diaodu.cli.office import SchemeCode, UpTo, WrongInput, office, workspace
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from diaodu.actions.chase_list import Chased
    from diaodu.actions.notice import Issuer
    from diaodu.rules.reminder import Rung
    from diaodu.settings import Settings

app = typer.Typer(help=_("催报：谁还欠报什么、催过几次、下一步是什么；到了的提醒一次发出。"), no_args_is_help=True)
Units = Annotated[list[str] | None, typer.Option("--unit", help=_("只办这个单位（编码），可写多次。"))]
COLUMNS = {
    "calendar": _("报送安排"),
    "as_of": _("截至日"),
    "unit_name": _("单位"),
    "leg_name": _("环节"),
    "owed": _("项数"),
    "indicators_named": _("指标"),
    "since": _("布置日"),
    "due": _("时限"),
    "lateness": _("逾期"),
    "reminders": _("已催"),
    "next_named": _("下一步"),
    "contact": _("联系人"),
}


@app.command("list")
def list_(
    as_of: UpTo = None,
    unit: Units = None,
    scheme: SchemeCode = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """列出未关闭期次中谁还欠报（或欠核）什么，最久的在前。"""
    from diaodu.actions.chase_list import chase_list
    from diaodu.actions.directory import directory
    from diaodu.clock import office_day

    with office(scheme) as (settings, session, scheme_id):
        issuer, ladder = _desk(session, settings, scheme_id)
        _ids(session, scheme_id, unit)
        names = directory(session, scheme_id, office_day(issuer.at), issuer.at)
        found = chase_list(session, issuer, names, ladder, as_of.date() if as_of else None)
        rows = [_row(one, issuer.scheme.name) for one in found if not unit or one.unit in unit]
    show(rows, COLUMNS, form, _("催报名单"))


@app.command()
def send(unit: Units = None, scheme: SchemeCode = None) -> None:
    """发出今天已到的提醒；发过的不再发，休息日不发，本周消息已满的顺延。"""
    from diaodu import clock
    from diaodu.actions.reminding import remind
    from diaodu.storage import audit, fire
    from flows.warn import drain

    with office(scheme) as (settings, session, scheme_id):
        fire.lock(session, scheme_id)
        issuer, ladder = _desk(session, settings, scheme_id)
        told = remind(session, issuer, ladder, _ids(session, scheme_id, unit))
        counts = {"sent": told.sent, "letters": told.letters, "escalated": told.escalated, "deferred": told.deferred}
        if any(counts.values()):
            audit.record(session, settings.actor, "chase.send", f"scheme {scheme_id}", counts, issuer.at)
    if any(counts.values()):
        said = _("已提醒 {sent}，催报函 {letters}，已报上级 {escalated}，顺延 {deferred}。")
        typer.echo(said.format(**counts))
    else:
        typer.echo(_("今天没有要发的提醒。"))
    drain(workspace()[1], settings, clock.now)


def _desk(session: "Session", settings: "Settings", scheme_id: int) -> "tuple[Issuer, tuple[Rung, ...]]":
    """In whose name reminders go out now, and the ladder in force."""
    from diaodu import clock
    from diaodu.actions.issuing import issuer_of, ladder_of
    from diaodu.rules.reminder import NotALadder
    from diaodu.storage.scheme import SchemeNotInForce

    now = clock.now()
    today = clock.office_day(now)
    try:
        issuer = issuer_of(session, settings, scheme_id, today, now)
        return issuer, ladder_of(issuer.scheme)
    except SchemeNotInForce:
        raise WrongInput(_("这一天还没有生效的方案，或当时还不知道：") + today.isoformat()) from None
    except NotALadder as wrong:
        raise WrongInput(_("催报步骤写法有误：") + str(wrong)) from None


def _ids(session: "Session", scheme_id: int, units: list[str] | None) -> set[int] | None:
    from diaodu.storage.unit import unit_ids

    if not units:
        return None
    known = unit_ids(session, scheme_id)
    wrong = [code for code in units if code not in known]
    if wrong:
        raise WrongInput(
            _("没有这些单位：{wrong}；现有：{known}").format(wrong="、".join(wrong), known="、".join(sorted(known)))
        )
    return {known[code] for code in units}


def _row(one: "Chased", scheme: str) -> dict[str, Any]:
    from diaodu.actions.chase_words import LEGS, contact, lateness, next_named

    step = one.step
    return {
        "calendar": one.calendar or scheme,
        "as_of": one.period.as_of,
        "unit": one.unit,
        "unit_name": one.unit_name,
        "leg": one.leg,
        "leg_name": LEGS[one.leg],
        "owed": one.owed,
        "indicators": list(one.indicators),
        "indicators_named": "、".join(one.indicators),
        "since": one.since,
        "due": one.due,
        "late_workdays": one.late,
        "lateness": lateness(one),
        "reminders": one.told.times,
        "last_reminded": one.told.last_on,
        "told_above": list(one.told.above),
        "next_on": step.planned_on if step else None,
        "next_to": step.rung.to if step else None,
        "is_due": one.is_due,
        "next_named": next_named(one),
        "contact": contact(one.contacts),
    }
