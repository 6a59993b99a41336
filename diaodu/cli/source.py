"""`diaodu source`: where numbers come from by themselves; registering, trying, pausing, and asking units instead."""

import tomllib
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diaodu.cli.importing import told
from diaodu.cli.office import SchemeCode, UpTo, WrongInput, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.cli.source_view import show_handovers, try_out
from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.source import Source

app = typer.Typer(help=_("数据源：登记、列出、试读、停用，或改由单位报。"), no_args_is_help=True)
app.command("test")(try_out)
Name = Annotated[str, typer.Argument(help=_("数据源名称。"), show_default=False)]
Options = Annotated[
    list[str] | None, typer.Option("--option", help=_("选项，如 items=data.rows；可写多次。"), show_default=False)
]
OptionFile = Annotated[
    Path | None, typer.Option("--options", help=_("写着选项的 TOML 文件；对照表只能写在这里。"), show_default=False)
]
Supplies = Annotated[
    list[str] | None,
    typer.Option("--supplies", help=_("由它供数、不再问单位的指标编码；可写多次。"), show_default=False),
]
Precedence = Annotated[
    int | None, typer.Option("--precedence", min=1, help=_("数不一致时谁优先，1 最先；不写则让着别人。"))
]
Secret = Annotated[str | None, typer.Option("--secret", help=_("密钥的名称；密钥放在环境变量或 secrets.toml。"))]
Reason = Annotated[str, typer.Option("--reason", help=_("缘由，记入审计。"), show_default=False)]


@app.command()
def add(
    name: Name,
    kind: Annotated[str, typer.Argument(help=_("类型：folder、http、sql、mailbox。"), show_default=False)],
    location: Annotated[str, typer.Argument(help=_("位置：文件夹、网址、数据库或邮箱的地址。"), show_default=False)],
    option: Options = None,
    options: OptionFile = None,
    supplies: Supplies = None,
    precedence: Precedence = None,
    secret: Secret = None,
    scheme: SchemeCode = None,
) -> None:
    """登记一个数据源，以后每次“数据报送”都会读取；写法见 docs/sources.md。"""
    from diaodu import clock
    from diaodu.actions.source import Told, register
    from diaodu.sources.registry import SOURCES
    from diaodu.storage.source import NameTaken

    if kind not in SOURCES:
        raise WrongInput(_("没有这种数据源；现有：") + "、".join(SOURCES))
    what = Told(location, _said(option, options, secret), supplies or (), precedence)
    with _refused(), office(scheme) as (settings, session, scheme_id):
        try:
            register(session, scheme_id, name, kind, what, settings.actor, clock.now())
        except NameTaken:
            raise WrongInput(_("已有同名数据源：") + name) from None
    typer.echo(_("已登记数据源：") + name)


@app.command()
def change(
    name: Name,
    location: Annotated[str | None, typer.Option("--location", help=_("新的位置；不写则不变。"))] = None,
    option: Options = None,
    options: OptionFile = None,
    supplies: Supplies = None,
    precedence: Precedence = None,
    secret: Secret = None,
    scheme: SchemeCode = None,
) -> None:
    """修改一个数据源；没写的保持原样，--option 名称= 取消一个选项，--supplies "" 不再供数。"""
    from diaodu import clock
    from diaodu.actions.source import Told, change, told_of

    with _refused(), office(scheme) as (settings, session, scheme_id):
        source = _named(session, scheme_id, name)
        before = told_of(session, source)
        said = {**before.options, **_said(option, options, secret)}
        what = Told(
            location or before.location,
            {key: value for key, value in said.items() if value != ""},
            before.supplies if supplies is None else [code for code in supplies if code],
            before.precedence if precedence is None else precedence,
        )
        handed = change(session, source, what, settings.actor, clock.now())
    typer.echo(_("已修改数据源：") + name)
    show_handovers(handed)


@app.command()
def pause(name: Name, reason: Reason, scheme: SchemeCode = None) -> None:
    """停用一个数据源；当期它欠的数改由单位报。"""
    from diaodu import clock
    from diaodu.actions.source import pause

    with office(scheme) as (settings, session, scheme_id):
        handed = pause(session, _named(session, scheme_id, name), settings.actor, reason, clock.now())
    typer.echo(_("已停用数据源：") + name)
    show_handovers(handed)


@app.command()
def resume(name: Name, reason: Reason, scheme: SchemeCode = None) -> None:
    """恢复一个停用的数据源，从下一期起不再问单位。"""
    from diaodu import clock
    from diaodu.actions.source import resume

    with office(scheme) as (settings, session, scheme_id):
        resume(session, _named(session, scheme_id, name), settings.actor, reason, clock.now())
    typer.echo(_("已恢复数据源：") + name)


@app.command("ask-units")
def ask_units(name: Name, reason: Reason, as_of: UpTo = None, scheme: SchemeCode = None) -> None:
    """数据源迟迟不供数时，把它欠的数改由单位报；时限至少留三个工作日。"""
    from diaodu import clock
    from diaodu.actions.handover import ask_units

    day = None if as_of is None else as_of.date()
    with office(scheme) as (settings, session, scheme_id):
        source = _named(session, scheme_id, name)
        handed = ask_units(session, source, settings.actor, reason, clock.now(), day)
    if not handed:
        raise WrongInput(_("没有可改由单位报的数：它不欠数，或期次已经关闭。"))
    show_handovers(handed)


@app.command("list")
def list_(scheme: SchemeCode = None, form: FormatOption = Format.TABLE) -> None:
    """列出数据源：选项（不含密钥）、供哪些指标、最近一次读得怎样。"""
    from diaodu.cli.source_view import listed

    with office(scheme) as (_settings, session, scheme_id):
        rows = listed(session, scheme_id)
    columns = {
        "name": _("名称"),
        "kind": _("类型"),
        "location": _("位置"),
        "told": _("选项"),
        "supplied": _("供数指标"),
        "precedence": _("优先"),
        "active": _("启用"),
        "read": _("最近读取"),
    }
    if form is not Format.TABLE:
        rows = [{key: value for key, value in row.items() if key not in {"told", "supplied", "read"}} for row in rows]
    show(rows, columns, form)


def _named(session: "Session", scheme_id: int, name: str) -> "Source":
    from diaodu.storage.source import named

    source = named(session, scheme_id, name)
    if source is None:
        raise WrongInput(_("没有这个数据源：") + name)
    return source


def _said(pairs: list[str] | None, file: Path | None, secret: str | None) -> dict[str, Any]:
    """Options from the file, then those of the command line."""
    said: dict[str, Any] = {}
    if file is not None:
        try:
            said = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
            raise WrongInput(f"{file}：{wrong}") from None
    for pair in pairs or ():
        key, equals, value = pair.partition("=")
        if not equals:
            raise WrongInput(_("选项应写成 名称=内容：") + pair)
        said[key.strip()] = value
    return said | ({"secret": secret} if secret is not None else {})


def _refused() -> AbstractContextManager[None]:
    return told(_("共 {n} 处差错，没有登记。"))
