"""Where reports come from: registering sources, and trying them out."""

from typing import Annotated

import typer

from diaodu.cli.office import SchemeCode, WrongInput, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

app = typer.Typer(help=_("数据源：登记、列出、试读。"), no_args_is_help=True)
Name = Annotated[str, typer.Argument(help=_("数据源名称。"), show_default=False)]


@app.command()
def add(
    name: Name,
    kind: Annotated[str, typer.Argument(help=_("类型，见 diaodu source list 的说明。"), show_default=False)],
    location: Annotated[str, typer.Argument(help=_("位置：文件或文件夹。"), show_default=False)],
    scheme: SchemeCode = None,
) -> None:
    """登记一个数据源，以后每次“数据报送”都会读取。"""
    from diaodu import clock
    from diaodu.actions.source import register
    from diaodu.sources.registry import SOURCES
    from diaodu.storage.source import NameTaken
    from models.source import Source

    with office(scheme) as (settings, session, scheme_id):
        if kind not in SOURCES:
            raise WrongInput(_("没有这种数据源；现有：") + "、".join(SOURCES))
        try:
            source = Source(scheme_id=scheme_id, name=name, kind=kind, location=location)
            register(session, source, settings.actor, clock.now())
        except NameTaken:
            raise WrongInput(_("已有同名数据源：") + name) from None
    typer.echo(_("已登记数据源：") + name)


@app.command("list")
def list_(scheme: SchemeCode = None, form: FormatOption = Format.TABLE) -> None:
    """列出数据源。"""
    from diaodu.storage.source import sources

    with office(scheme) as (_settings, session, scheme_id):
        found = sources(session, scheme_id)
    columns = {"name": _("名称"), "kind": _("类型"), "location": _("位置"), "active": _("启用")}
    show([{key: getattr(source, key) for key in columns} for source in found], columns, form)


@app.command("test")
def try_out(name: Name, scheme: SchemeCode = None) -> None:
    """试读一个数据源，不入库；列出全部差错。"""
    from diaodu.sources.fault import Faults
    from diaodu.sources.registry import SOURCES, Place, SourceDown
    from diaodu.storage.source import named

    with office(scheme) as (_settings, session, scheme_id):
        source = named(session, scheme_id, name)
    if source is None:
        raise WrongInput(_("没有这个数据源：") + name)
    try:
        files = SOURCES[source.kind](Place(source.location))
    except SourceDown as down:
        typer.echo(_("读不到：") + str(down), err=True)
        raise typer.Exit(1) from None
    except Faults as faults:
        raise WrongInput(str(faults)) from None
    typer.echo(_("可以读取，共 {n} 个文件。").format(n=len(files)))
