"""`diaodu notice`: the ledger of documents to units: words, grounds, recipients, delivered, read, signed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diaodu.cli.office import KnownAt, SchemeCode, WrongInput, moment, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.notice import Notice

app = typer.Typer(help=_("文书：发给各单位的通知书台账、签收和文件。"), no_args_is_help=True)
Number = Annotated[int, typer.Argument(help=_("文书编号，即 notice list 的第一列。"), metavar=_("编号"))]
By = Annotated[str, typer.Option("--by", help=_("谁阅读或签收的。"))]
At = Annotated[str | None, typer.Option("--recorded-at", help=_("补录：实际的时间；默认此刻。"))]


@app.command("list")
def list_(
    scheme: SchemeCode = None,
    unit: Annotated[str | None, typer.Option("--unit", help=_("只列这个单位的：编码或名称。"))] = None,
    known_at: KnownAt = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """列出发出的文书，最新的在前：送达、阅读、签收到哪一步。"""
    from diaodu.cli.notice_view import COLUMNS, rows

    with office(scheme) as (_settings, session, scheme_id):
        found = rows(session, scheme_id, moment(known_at))
    shown = [row for row in found if unit in (None, row["unit"], row["unit_name"])]
    show(shown, COLUMNS, form, _("文书"))


@app.command("show")
def show_(
    number: Number, scheme: SchemeCode = None, known_at: KnownAt = None, form: FormatOption = Format.TABLE
) -> None:
    """显示一份文书：原文、依据的规则版本和研判、收件人、送达、阅读和签收。"""
    import json

    from diaodu.cli.notice_view import COLUMNS, LETTERS, RECEIPTS, details, rows

    at = moment(known_at)
    with office(scheme) as (_settings, session, scheme_id):
        found = next((row for row in rows(session, scheme_id, at) if row["id"] == number), None)
        if found is None:
            raise WrongInput(_("没有编号为 {id} 的文书。").format(id=number))
        more = details(session, number, at)
    if form is Format.JSON:
        typer.echo(json.dumps(found | more, ensure_ascii=False, indent=1, default=str))
        return
    show([found], COLUMNS, form, _("文书"))
    if form is Format.TABLE:
        for line in more["lines"]:
            typer.echo(line)
        show(more["deliveries"], LETTERS, form, _("送达"))
        show(more["receipts"], RECEIPTS, form, _("签收"))


@app.command()
def export(
    number: Number,
    folder: Annotated[Path | None, typer.Argument(help=_("写到这个文件夹；默认写回工作区。"))] = None,
    scheme: SchemeCode = None,
) -> None:
    """由冻结的原文重写一份文书的 Word 和 PDF，并与发出时核对。"""
    from diaodu.actions.notice_file import again
    from diaodu.briefing.issue import place
    from diaodu.briefing.template_fault import TemplateRefused
    from diaodu.briefing.writers import MissingGlyphs
    from diaodu.storage.scheme import schemes

    with office(scheme) as (settings, session, scheme_id):
        notice = _notice(session, scheme_id, number)
        issued, code = notice.digest, next(s.code for s in schemes(session) if s.id == scheme_id)
        try:
            files = again(notice, code, settings.home)
        except (TemplateRefused, MissingGlyphs) as wrong:
            typer.echo(str(wrong), err=True)
            raise typer.Exit(1) from None
    for file in files:
        placed = place(file, folder or settings.home)
        same = "" if file.format != "docx" or issued is None else _said(file.digest == issued)
        typer.echo(f"{placed}  {same}".rstrip())
    if issued is not None and files[0].digest != issued:
        raise typer.Exit(1)


def _said(same: bool) -> str:
    return _("与发出时一致") if same else _("与发出时不同（模板或程序版本有变）")


@app.command()
def read(number: Number, by: By, scheme: SchemeCode = None, recorded_at: At = None) -> None:
    """登记有人阅读了一份文书。"""
    from diaodu.actions.receipt import read as put_down
    from diaodu.actions.warning import Refused

    with office(scheme) as (_settings, session, scheme_id):
        notice = _notice(session, scheme_id, number)
        try:
            new = put_down(session, notice, by, moment(recorded_at))
        except Refused as refused:
            typer.echo(str(refused), err=True)
            raise typer.Exit(1) from None
    typer.echo(_("已登记。") if new else _("此前已登记，未重复。"))


@app.command()
def sign(number: Number, by: By, scheme: SchemeCode = None, recorded_at: At = None) -> None:
    """登记签收一份文书；所列待签收的预警一并签收。"""
    from diaodu.actions.receipt import sign as put_down
    from diaodu.actions.warning import Refused
    from diaodu.templating import environment
    from notifications.registry import open_channels

    with office(scheme) as (settings, session, scheme_id):
        ways = [(name, channel.reach) for name, channel in open_channels(settings).items()]
        notice = _notice(session, scheme_id, number)
        try:
            new = put_down(session, notice, by, ways, environment(settings.home), moment(recorded_at))
        except Refused as refused:
            typer.echo(str(refused), err=True)
            raise typer.Exit(1) from None
    typer.echo(_("已登记。") if new else _("此前已登记，未重复。"))


def _notice(session: "Session", scheme_id: int, number: int) -> "Notice":
    from models.notice import Notice

    found = session.get(Notice, number)
    if found is None or found.scheme_id != scheme_id:
        raise WrongInput(_("没有编号为 {id} 的文书。").format(id=number))
    return found
