"""`diaodu request`: what units are asked for, the life of each number, and its review."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diaodu.cli.office import KnownAt, SchemeCode, WrongInput, moment, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

app = typer.Typer(help=_("报送事项：向单位要的数、每个数的始末、逐级审核。"), no_args_is_help=True)

Day = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help=_("哪一天的数；默认未关闭期次的全部。"))
]
UnitCode = Annotated[str | None, typer.Option("--unit", help=_("只列这个单位（编码）。"))]
IndicatorCode = Annotated[str | None, typer.Option("--indicator", help=_("只列这个指标（编码）。"))]


@app.command("list")
def list_(
    as_of: Day = None,
    unit: UnitCode = None,
    indicator: IndicatorCode = None,
    state: Annotated[str | None, typer.Option("--state", help=_("只列这种状态，如 submitted 或 已报。"))] = None,
    known_at: KnownAt = None,
    scheme: SchemeCode = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """列出报送事项：谁该报什么、报到哪一步、是否按时。"""
    from diaodu.cli.request_view import COLUMNS, rows

    with office(scheme) as (_settings, session, scheme_id):
        found = rows(session, scheme_id, moment(known_at), as_of.date() if as_of else None)
    wanted = None if state is None else _state(state)
    chosen = [row for row in _only(found, unit, indicator) if wanted is None or row["state"] == wanted]
    show(chosen, COLUMNS, form, _("报送事项"))


@app.command("show")
def show_(
    number: Annotated[int, typer.Argument(metavar=_("编号"), help=_("报送事项编号。"))],
    known_at: KnownAt = None,
    scheme: SchemeCode = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """显示一个数的始末：每一步是谁、何时、为何办的，每次的数值从哪里来。"""
    import json

    from diaodu.cli.request_view import COLUMNS, LIFE, NUMBERS, life, numbers, rows

    at = moment(known_at)
    with office(scheme) as (_settings, session, scheme_id):
        found = rows(session, scheme_id, at, None, number)
        if not found:
            raise WrongInput(_("没有编号为 {id} 的报送事项。").format(id=number))
        steps = life(session, number, at, found[0]["lead_unit_id"] is not None)
        reported = numbers(session, scheme_id, number, at)
    if form is Format.JSON:
        whole = found[0] | {"life": steps, "numbers": reported}
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=1, default=str))
        return
    if form is Format.TABLE:
        show(found, COLUMNS, form, _("报送事项"))
    show(steps, LIFE, form, _("始末"))
    if form is Format.TABLE:
        show(reported, NUMBERS, form, _("数值"))


def _state(word: str) -> str:
    from diaodu.actions.request_words import STATES

    named = {state.value: state.value for state in STATES} | {name: state.value for state, name in STATES.items()}
    if word not in named:
        raise WrongInput(_("没有“{word}”这种状态；可以写：{known}").format(word=word, known="、".join(named)))
    return named[word]


def _only(rows: list[Any], unit: str | None, indicator: str | None) -> list[Any]:
    chosen = {"unit": unit, "indicator": indicator}
    return [row for row in rows if all(word is None or row[key] == word for key, word in chosen.items())]


def _reviewing(act: str, role: str, doc: str) -> Callable[..., None]:
    """One command for one act of review; all take the same words."""

    def command(
        numbers: Annotated[
            str | None,
            typer.Argument(metavar=_("编号"), help=_("报送事项编号，用逗号隔开；不写时按下列条件全部办理。")),
        ] = None,
        by: Annotated[str, typer.Option("--by", help=_("经办人姓名。"))] = "",
        role: Annotated[str, typer.Option("--role", help=_("以什么角色办理：reviewer lead office。"))] = role,
        by_unit: Annotated[
            str | None, typer.Option("--by-unit", help=_("经办人所在单位（编码）；单位审核人默认同 --unit。"))
        ] = None,
        reason: Annotated[str | None, typer.Option("--reason", help=_("理由；退回必须写。"))] = None,
        as_of: Day = None,
        unit: UnitCode = None,
        indicator: IndicatorCode = None,
        recorded_at: Annotated[
            str | None, typer.Option("--recorded-at", help=_("补录：实际办理的时间；默认此刻。"))
        ] = None,
        scheme: SchemeCode = None,
    ) -> None:
        from diaodu.rules.request import RequestAct
        from diaodu.rules.review import Asked

        at = moment(recorded_at)
        asked = Asked(RequestAct(act), _actor(by, role, by_unit, unit), at, reason)
        with office(scheme) as (settings, session, scheme_id):
            day = as_of.date() if as_of else None
            chosen = _ids(numbers) if numbers else _matching(session, scheme_id, asked, day, unit, indicator)
            _do(settings, session, scheme_id, chosen, asked)
        if asked.act is RequestAct.RETURN:
            _send(settings)

    command.__doc__ = doc
    return command


for _name, _role, _doc in (
    ("approve", "reviewer", _("单位审核：数据由单位审核人审核通过。")),
    ("check", "lead", _("牵头核对：数据由指标的牵头单位核对通过。")),
    ("confirm", "office", _("审定：数据由考核办审定；此后只能申请更正。")),
    ("return", "office", _("退回：写明理由，退给能改的人；数据不再有效，重新报送。")),
):
    app.command(_name)(_reviewing(_name, _role, _doc))


def _actor(by: str, role: str, by_unit: str | None, unit: str | None) -> Any:
    from diaodu.rules.access import Actor, Role

    if role not in set(Role):
        raise WrongInput(_("没有“{word}”这种角色；可以写：{known}").format(word=role, known="、".join(Role)))
    own = by_unit or (unit if role == Role.REVIEWER else None)
    return Actor(by.strip(), Role(role), own)


def _matching(session: "Session", scheme_id: int, asked: Any, as_of: Any, unit: Any, indicator: Any) -> list[int]:
    """Every number that the conditions name and that stands where the act can be done."""
    from diaodu.cli.request_view import rows
    from diaodu.rules.request import TRANSITIONS

    if as_of is None and unit is None and indicator is None:
        raise WrongInput(_("请写编号，或用 --as-of、--unit、--indicator 说明办理哪些。"))
    found = _only(rows(session, scheme_id, asked.at, as_of), unit, indicator)
    chosen = [row["id"] for row in found if (row["state"], asked.act) in TRANSITIONS]
    if not chosen:
        typer.echo(_("没有可以这样办理的数据。"), err=True)
        raise typer.Exit(1)
    return chosen


def _do(settings: Any, session: "Session", scheme_id: int, chosen: list[int], asked: Any) -> None:
    """Do it, and say how each stands now; refusals end the command with 1 and nothing is done."""
    from diaodu.actions.notice import Issuer
    from diaodu.actions.request_words import STATES
    from diaodu.actions.review import Refused, review
    from diaodu.clock import office_day
    from diaodu.storage.holiday import workdays
    from diaodu.storage.scheme import SchemeNotInForce, scheme_in_force
    from diaodu.templating import environment
    from notifications.registry import open_channels

    today = office_day(asked.at)
    try:
        rules = scheme_in_force(session, scheme_id, today, asked.at)
    except SchemeNotInForce:
        raise WrongInput(_("这一天还没有生效的方案，或当时还不知道：") + today.isoformat()) from None
    ways = [(name, channel.reach) for name, channel in open_channels(settings).items()]
    about = (workdays(session), ways, environment(settings.home), today, asked.at, None)
    try:
        done = review(session, Issuer(scheme_id, rules, *about), chosen, asked)
    except Refused as refused:
        for reason in refused.reasons:
            typer.echo(reason, err=True)
        raise typer.Exit(1) from None
    for request in done:
        typer.echo(_("报送事项 {id}：{state}").format(id=request.id, state=STATES[request.state]))


def _send(settings: Any) -> None:
    from diaodu import clock
    from diaodu.cli.office import workspace
    from flows.warn import drain

    drain(workspace()[1], settings, clock.now)


def _ids(numbers: str) -> list[int]:
    parts = numbers.replace("，", ",").split(",")
    if not all(part.strip().isdecimal() for part in parts):
        raise WrongInput(_("报送事项编号应为数字，几项之间用逗号隔开：") + numbers)
    return [int(part) for part in parts]
