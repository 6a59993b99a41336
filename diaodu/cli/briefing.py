"""`diaodu briefing`: what was issued, what it said, and its files written again from the facts kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diaodu.cli.office import KnownAt, SchemeCode, UpTo, WrongInput, moment, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.briefing import Briefing

app = typer.Typer(help=_("简报：拟稿、审核、印发、更正、分发，已印发的期次、内容和文件。"), no_args_is_help=True)
Serial = Annotated[int, typer.Argument(help=_("期号，如 12。"), metavar=_("期号"))]
Year = Annotated[int | None, typer.Option("--year", help=_("年度；默认最近一年有这一期的。"))]
Kind = Annotated[str | None, typer.Option("--kind", help=_("简报种类，如 weekly、monthly；不同种类期号相同时写明。"))]


@app.command("list")
def list_(
    as_of: UpTo = None, known_at: KnownAt = None, scheme: SchemeCode = None, form: FormatOption = Format.TABLE
) -> None:
    """列出已印发的简报，最新的在前。"""
    from diaodu.actions.briefing_words import STATES
    from diaodu.clock import OFFICE_ZONE
    from diaodu.storage.briefing import briefings

    at = moment(known_at)
    with office(scheme) as (_settings, session, scheme_id):
        rows = [
            {
                "id": b.id,
                "year": b.year,
                "number": b.number,
                "as_of": b.as_of,
                "known_at": b.known_at.astimezone(OFFICE_ZONE).isoformat(timespec="seconds"),
                "issued_at": b.issued_at.astimezone(OFFICE_ZONE).isoformat(timespec="seconds") if b.issued_at else None,
                "issued_by": b.issued_by,
                "kind": b.kind,
                "state": b.state,
                "state_name": STATES[b.state],
                "corrects": b.corrects_id,
                "digest": b.digest,
            }
            for b in briefings(session, scheme_id)
            if b.known_at <= at and (as_of is None or b.as_of <= as_of.date())
        ]
    headings = {"year": _("年度"), "number": _("期号"), "as_of": _("截至日"), "known_at": _("已知时点")}
    show(
        rows,
        headings | {"issued_at": _("印发时间"), "issued_by": _("印发人"), "state_name": _("状态")},
        form,
        _("简报"),
    )


@app.command("show")
def show_(
    serial: Serial,
    scheme: SchemeCode = None,
    year: Year = None,
    kind: Kind = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """显示一期简报的正文；--format json 给出冻结的全部事实。"""
    from diaodu.actions.briefing import as_printed
    from diaodu.briefing.document import texts
    from diaodu.briefing.issue import document

    with office(scheme) as (_settings, session, scheme_id):
        found = issued(session, scheme_id, serial, year, kind)
        printed = as_printed(session, found)
    if form is Format.JSON:
        typer.echo(found.facts)
        return
    for text in texts(document(printed)):
        typer.echo(text)


@app.command()
def archive(
    serial: Serial,
    scheme: SchemeCode = None,
    year: Year = None,
    kind: Kind = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """显示一期简报的存档：每个文件、事实、规则和数据的版本及其哈希，经过哪些人。"""
    from diaodu.cli.briefing_view import COLUMNS, archived

    with office(scheme) as (_settings, session, scheme_id):
        rows = archived(session, issued(session, scheme_id, serial, year, kind))
    show(rows, COLUMNS, form, _("存档"))


@app.command()
def export(
    serial: Serial,
    folder: Annotated[Path | None, typer.Argument(help=_("写到这个文件夹；默认写回工作区。"))] = None,
    scheme: SchemeCode = None,
    year: Year = None,
    kind: Kind = None,
) -> None:
    """由冻结的事实重写一期简报的文件，并与印发时逐字节核对。"""
    from diaodu.actions.briefing import as_printed
    from diaodu.briefing import fonts, issue
    from diaodu.storage.briefing import files_of

    with office(scheme) as (settings, session, scheme_id):
        found = issued(session, scheme_id, serial, year, kind)
        kept = {file.path: file.digest for file in files_of(session, found.id or 0)}
        printed = as_printed(session, found)
    at_hand = fonts.of_workspace(settings.home)
    differing = False
    for file in issue.printed_again(printed, at_hand, settings.home, kept):
        same = kept.get(file.path) == file.digest
        differing |= not same
        said = _("与印发时一致") if same else _("与印发时不同（字体、模板或程序版本有变）")
        typer.echo(f"{issue.place(file, folder or settings.home)}  {said}")
    if differing:
        raise typer.Exit(1)


def issued(
    session: "Session", scheme_id: int, serial: int, year: int | None = None, kind: str | None = None
) -> "Briefing":
    """The newest issue of this number; ends the command when there is none."""
    from diaodu.storage.briefing import briefings

    for briefing in briefings(session, scheme_id):
        if briefing.serial == serial and year in (None, briefing.year) and kind in (None, briefing.kind):
            return briefing
    raise WrongInput(_("没有这一期简报：") + str(serial))
