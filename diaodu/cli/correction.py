"""`diaodu correction`: changing a number that was confirmed, and what that moves."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from diaodu.cli.office import AsOf, KnownAt, SchemeCode, WrongInput, moment, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from diaodu.actions.correction import Refused
    from diaodu.settings import Settings
    from models.correction import Correction

app = typer.Typer(help=_("更正：已审定的数须申请、批准才能改，并列明影响。"), no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar=_("编号"), help=_("更正编号。"))]
By = Annotated[str, typer.Option("--by", help=_("经办人姓名。"), show_default=False)]
RecordedAt = Annotated[str | None, typer.Option("--recorded-at", help=_("补录：实际办理的时间；默认此刻。"))]


@app.command("list")
def list_(
    state: Annotated[str | None, typer.Option("--state", help=_("只列这种状态：requested approved refused。"))] = None,
    known_at: KnownAt = None,
    scheme: SchemeCode = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """列出更正：谁申请改什么、批准与否。"""
    from diaodu.cli.correction_view import COLUMNS, rows
    from diaodu.rules.correction import CorrectionState

    if state is not None and state not in set(CorrectionState):
        known = "、".join(CorrectionState)
        raise WrongInput(_("没有“{word}”这种状态；可以写：{known}").format(word=state, known=known))
    with office(scheme) as (_settings, session, scheme_id):
        found = rows(session, scheme_id, moment(known_at))
    chosen = [row for row in found if state is None or row["state"] == state]
    show([{key: row[key] for key in row if key != "effects"} for row in chosen], COLUMNS, form, _("更正事项"))


@app.command("show")
def show_(
    number: Number, known_at: KnownAt = None, scheme: SchemeCode = None, form: FormatOption = Format.TABLE
) -> None:
    """显示一件更正及其影响：研判、位次、预警有何变动，哪些已印发的文件不再改动。"""
    import json

    from diaodu.cli import correction_view
    from diaodu.cli.correction_view import CHANGES, COLUMNS, UNITS, UNTOUCHED, WARNINGS, changes, rows

    with office(scheme) as (_settings, session, scheme_id):
        found = [row for row in rows(session, scheme_id, moment(known_at)) if row["id"] == number]
    if not found:
        raise WrongInput(_("没有编号为 {id} 的更正。").format(id=number))
    effects = found[0]["effects"]
    if form is Format.JSON:
        typer.echo(json.dumps(found[0], ensure_ascii=False, indent=1, default=str))
    elif form is Format.CSV:
        show(changes(effects) if effects else [], CHANGES, form)
    else:
        show(found, COLUMNS, form, _("更正事项"))
        if effects:
            show(changes(effects), CHANGES, form, _("研判和位次的变动"))
            show(correction_view.units(effects), UNITS, form, _("单位整体研判的变动"))
            show(correction_view.warnings(effects), WARNINGS, form, _("下次运行时变动的预警"))
            show(correction_view.untouched(effects), UNTOUCHED, form, _("已印发、不再改动的文件"))


@app.command("request")
def request_(
    unit: Annotated[str, typer.Option("--unit", help=_("单位编码。"), show_default=False)],
    indicator: Annotated[str, typer.Option("--indicator", help=_("指标编码。"), show_default=False)],
    as_of: AsOf,
    value: Annotated[str, typer.Option("--value", help=_("正确的数值。"), show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help=_("为什么要改。"), show_default=False)],
    by: By,
    evidence: Annotated[str | None, typer.Option("--evidence", help=_("佐证：文件名、文号或网址。"))] = None,
    justification: Annotated[
        str | None, typer.Option("--justification", help=_("核实说明：数看着反常而属实的，写明核实了什么。"))
    ] = None,
    role: Annotated[str, typer.Option("--role", help=_("以什么角色申请：office lead reporter reviewer。"))] = "office",
    by_unit: Annotated[str | None, typer.Option("--by-unit", help=_("申请人所在单位（编码）。"))] = None,
    recorded_at: RecordedAt = None,
    scheme: SchemeCode = None,
) -> None:
    """申请更正一个已审定的数；批准之前什么也不变。"""
    from diaodu.actions.correction import Refused, Wish, ask
    from diaodu.rules.access import Actor, Role
    from diaodu.storage.target import target_ids

    if role not in set(Role):
        raise WrongInput(_("没有“{word}”这种角色；可以写：{known}").format(word=role, known="、".join(Role)))
    micro, actor = _micro(value), Actor(by, Role(role), by_unit)
    with office(scheme) as (_settings, session, scheme_id):
        target_id = target_ids(session, scheme_id).get((indicator, unit))
        if target_id is None:
            raise WrongInput(_("目标表里没有这个单位的这项指标：") + f"{indicator} {unit}")
        wish = Wish(target_id, as_of.date(), micro, reason, evidence, actor, justification)
        try:
            asked = ask(session, scheme_id, wish, moment(recorded_at))
        except Refused as refused:
            _refuse(refused)
    typer.echo(_("更正 {id}：{state}").format(id=asked.id, state=_state(asked)))


@app.command()
def approve(
    number: Number,
    by: By,
    reason: Annotated[str, typer.Option("--reason", help=_("为什么批准。"), show_default=False)],
    recorded_at: RecordedAt = None,
    scheme: SchemeCode = None,
) -> None:
    """批准更正：记下新的数，并算出它改变了什么；须由申请人以外的人批准；结果告知申请人和有关单位。"""
    with office(scheme) as (settings, session, scheme_id):
        done = _decide(settings, session, scheme_id, number, Decision(True, by, reason, moment(recorded_at)))
    typer.echo(_("更正 {id}：{state}").format(id=done.id, state=_state(done)))
    typer.echo(_("影响见：diaodu correction show {id}").format(id=done.id))


@app.command()
def refuse(
    number: Number,
    by: By,
    reason: Annotated[str, typer.Option("--reason", help=_("为什么不批准。"), show_default=False)],
    recorded_at: RecordedAt = None,
    scheme: SchemeCode = None,
) -> None:
    """不批准更正；数不变，理由告知申请人和该单位。"""
    with office(scheme) as (settings, session, scheme_id):
        done = _decide(settings, session, scheme_id, number, Decision(False, by, reason, moment(recorded_at)))
    typer.echo(_("更正 {id}：{state}").format(id=done.id, state=_state(done)))


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on a correction, by whom, why and when."""

    approved: bool
    by: str
    reason: str
    at: datetime


def _decide(settings: "Settings", session: "Session", scheme_id: int, number: int, decision: Decision) -> "Correction":
    from diaodu.actions.correction import Refused, decide
    from diaodu.actions.issuing import issuer_of
    from diaodu.clock import office_day
    from diaodu.rules.access import Actor, Role
    from diaodu.storage.correction import find

    found = find(session, scheme_id, number)
    if found is None:
        raise WrongInput(_("没有编号为 {id} 的更正。").format(id=number))
    issuer = issuer_of(session, settings, scheme_id, office_day(decision.at), decision.at)
    try:
        return decide(session, issuer, found, decision.approved, Actor(decision.by, Role.OFFICE), decision.reason)
    except Refused as refused:
        _refuse(refused)


def _refuse(refused: "Refused") -> NoReturn:
    """Say why, and end with 1."""
    from diaodu.actions.correction_words import REFUSALS

    typer.echo("\n".join([REFUSALS[refused.why], *(f"  {word}" for word in refused.words)]), err=True)
    raise typer.Exit(1) from None


def _state(correction: "Correction") -> str:
    from diaodu.actions.correction_words import STATES

    return STATES[correction.state]


def _micro(value: str) -> int:
    from diaodu.rules.quantity import NotAQuantity, to_micro

    try:
        return to_micro(value.replace(",", "").replace("，", ""))
    except NotAQuantity:
        raise WrongInput(_("数值应为最多六位小数的数字，如 1234.5：") + value) from None
