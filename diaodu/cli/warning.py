"""`diaodu warning`: which obligations stand open, the whole life of one, and what people decide on them."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from diaodu.cli.office import KnownAt, SchemeCode, WrongInput, moment, office, workspace
from diaodu.cli.output import Format, FormatOption, show
from diaodu.cli.warning_option import (
    Approver,
    By,
    DecidedAt,
    Ground,
    MeetAt,
    NewLevel,
    Place,
    Reason,
    Signer,
    To,
    ToUnit,
    Until,
)
from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from diaodu.rules.act import Asked
    from diaodu.rules.exemption import Exemption
    from diaodu.rules.warning import Act
    from diaodu.settings import Settings

app = typer.Typer(help=_("预警：未销号的预警、每件预警的始末、人工办理。"), no_args_is_help=True)


@app.command("list")
def list_(
    scheme: SchemeCode = None,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help=_("截至日；默认已知时点当天。"))
    ] = None,
    known_at: KnownAt = None,
    every: Annotated[bool, typer.Option("--all", help=_("连同已销号、已撤回的。"))] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """列出未销号的预警。"""
    from diaodu.cli.warning_view import COLUMNS, rows

    with office(scheme) as (_settings, session, scheme_id):
        found = rows(session, scheme_id, moment(known_at), as_of.date() if as_of else None, every)
    show(found, COLUMNS, form, _("预警"))


@app.command()
def queue(
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help=_("到哪一天为止的暂缓也列出；默认已知时点当天。")),
    ] = None,
    known_at: KnownAt = None,
    postponed: Annotated[bool, typer.Option("--postponed", help=_("连同暂缓的。"))] = False,
    scheme: SchemeCode = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """列出待审核的预警：拟定等级、依据、原等级、审核时限。"""
    from diaodu.cli.warning_view import QUEUE, proposals
    from diaodu.clock import office_day

    at = moment(known_at)
    with office(scheme) as (_settings, session, scheme_id):
        found = proposals(session, scheme_id, at, on.date() if on else office_day(at), postponed)
    show(found, QUEUE, form, _("待审核"))


@app.command("show")
def show_(
    number: Annotated[int, typer.Argument(metavar=_("编号"), help=_("预警编号。"))],
    known_at: KnownAt = None,
    scheme: SchemeCode = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """显示一件预警的始末：每一步、每份通知书、每次送达。"""
    import json

    from diaodu.actions.warning_life import life, post
    from diaodu.cli.warning_view import COLUMNS, LIFE, POST, rows

    at = moment(known_at)
    with office(scheme) as (_settings, session, scheme_id):
        found = [row for row in rows(session, scheme_id, at, None, every=True) if row["id"] == number]
        if not found:
            raise WrongInput(_("没有编号为 {id} 的预警。").format(id=number))
        steps, letters = life(session, scheme_id, number, at), post(session, number, at)
    if form is Format.JSON:
        typer.echo(
            json.dumps(found[0] | {"life": steps, "deliveries": letters}, ensure_ascii=False, indent=1, default=str)
        )
        return
    if form is Format.TABLE:
        show(found, COLUMNS, form, _("预警"))
    show(steps, LIFE, form, _("始末"))
    if form is Format.TABLE and letters:
        show(letters, POST, form, _("送达"))


@app.command()
def points(
    scheme: SchemeCode = None,
    unit: Annotated[str | None, typer.Option("--unit", help=_("只列这个单位的每一笔：编码或名称。"))] = None,
    detail: Annotated[bool, typer.Option("--detail", help=_("逐笔列出；默认每个单位一行。"))] = False,
    known_at: KnownAt = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """列出各单位因预警扣的分：每笔由哪件预警、哪个等级而来，撤回的返还。"""
    from diaodu.cli.points_view import EACH, TOTALS, each, totals

    with office(scheme) as (_settings, session, scheme_id):
        found = each(session, scheme_id, moment(known_at), unit)
    if detail or unit:
        show(found, EACH, form, _("扣分"))
    else:
        show(totals(found), TOTALS, form, _("扣分"))


@app.command()
def decide(
    numbers: Annotated[
        str, typer.Argument(metavar=_("编号"), help=_("预警编号；几件一并办理时用逗号隔开，如 3,5,8。"))
    ],
    act: Annotated[
        str,
        typer.Argument(
            metavar=_("办理"),
            help=_(
                "issue change_level postpone decline acknowledge plan evidence apply verify return close exempt "
                "withdraw hand_over，或相应的中文。"
            ),
        ),
    ],
    by: By = None,
    reason: Reason = None,
    until: Until = None,
    level: NewLevel = None,
    ground: Ground = None,
    approver: Approver = None,
    to: To = None,
    to_unit: ToUnit = None,
    signer: Signer = None,
    meet_at: MeetAt = None,
    place: Place = None,
    recorded_at: DecidedAt = None,
    scheme: SchemeCode = None,
) -> None:
    """人工办理：审核发出、改级、暂缓、签收、整改、核验、销号、移交、豁免、撤回。"""
    from diaodu import clock
    from diaodu.rules.act import Asked
    from diaodu.storage.scheme import UnknownScheme, scheme_id
    from diaodu.storage.session import transaction
    from flows.warn import drain

    settings, engine = workspace()
    day = until.date() if until else None
    chosen_act, why = _act(act), _ground(ground) if ground else None
    talk = None if meet_at is None else meet_at.replace(tzinfo=clock.OFFICE_ZONE).astimezone(UTC)
    named = (day, level, why, approver, to, to_unit, signer, talk, place)
    asked = Asked(chosen_act, by or settings.actor, reason, *named)
    with transaction(engine) as session:
        try:
            chosen = scheme_id(session, scheme)
        except UnknownScheme as wrong:
            raise WrongInput(_("没有这个考核方案；现有：") + ("、".join(wrong.known) or _("无"))) from None
        _do(session, settings, chosen, _ids(numbers), asked, moment(recorded_at))
    drain(engine, settings, clock.now)


def _do(session: "Session", settings: "Settings", scheme_id: int, ids: list[int], asked: "Asked", at: datetime) -> None:
    """Do it, and say where each warning stands now; a refusal ends the command with 1."""
    from diaodu.actions.warning import Refused, act
    from diaodu.actions.wording import STATES
    from diaodu.briefing.fonts import of_workspace
    from diaodu.templating import environment
    from notifications.registry import open_channels

    ways = [(name, channel.reach) for name, channel in open_channels(settings).items()]
    try:
        fonts = of_workspace(settings.home)
        done = act(session, scheme_id, ids, asked, ways, environment(settings.home), at, fonts)
    except Refused as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None
    for warning in done:
        typer.echo(_("预警 {id}：{state}").format(id=warning.id, state=STATES[warning.state]))


def _act(word: str) -> "Act":
    from diaodu.actions.wording import ACTS
    from diaodu.rules.warning import Act

    named = {act.value: act for act in Act} | {name: act for act, name in ACTS.items()}
    if word not in named:
        raise WrongInput(_("没有“{word}”这种办理；可以写：{known}").format(word=word, known="、".join(named)))
    return named[word]


def _ground(word: str) -> "Exemption":
    from diaodu.actions.wording import EXEMPTIONS
    from diaodu.rules.exemption import Exemption

    named = {ground.value: ground for ground in Exemption} | {name: ground for ground, name in EXEMPTIONS.items()}
    if word not in named:
        raise WrongInput(_("没有“{word}”这种豁免；可以写：{known}").format(word=word, known="、".join(named)))
    return named[word]


def _ids(numbers: str) -> list[int]:
    parts = numbers.replace("，", ",").split(",")
    if not all(part.strip().isdecimal() for part in parts):
        raise WrongInput(_("预警编号应为数字，几件之间用逗号隔开：") + numbers)
    return [int(part) for part in parts]
