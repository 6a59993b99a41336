"""`diaodu report`: what units reported, in from a file; and the forms they fill in."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from diaodu.cli.annotated import Annotate, annotate
from diaodu.cli.importing import RecordedAt, recorded, show_outcome, told
from diaodu.cli.office import AsOf, KnownAt, SchemeCode, WrongInput, moment, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.cli.report_form import template
from diaodu.language import _

app = typer.Typer(help=_("数据填报：导入、生成填报表。"), no_args_is_help=True)
app.command()(template)


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help=_("工作簿（.xlsx、.xls、.et）、CSV 文件，或放 CSV 文件的文件夹。"))],
    scheme: SchemeCode = None,
    recorded_at: RecordedAt = None,
    annotated: Annotate = None,
) -> None:
    """导入填报数据；全部入库或一行不入。有差错时一次列全，并在旁边写一份批注件，改好可直接交回。"""
    from diaodu import clock
    from diaodu.actions.import_report import import_report

    now = clock.now()
    with told(then=partial(annotate, path, annotated)), office(scheme) as (settings, session, scheme_id):
        outcome = import_report(session, scheme_id, path, settings.actor, recorded(recorded_at, now), now)
    show_outcome(outcome)


@app.command("list")
def list_(
    as_of: AsOf,
    known_at: KnownAt = None,
    scheme: SchemeCode = None,
    unit: Annotated[str | None, typer.Option("--unit", help=_("只列这个单位（编码）。"))] = None,
    indicator: Annotated[str | None, typer.Option("--indicator", help=_("只列这个指标（编码）。"))] = None,
    every: Annotated[bool, typer.Option("--revisions", help=_("连同截至日以前的历次填报和修订。"))] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """列出填报数据：数值、出处、来源、经办、入库时间、说明。"""
    from diaodu.cli.report_view import COLUMNS, rows

    day = as_of.date()
    with office(scheme) as (_settings, session, scheme_id):
        found = rows(session, scheme_id, day, moment(known_at), every)
    for key, code in (("unit", unit), ("indicator", indicator)):
        if code is not None and code not in {row[key] for row in found}:
            raise WrongInput(_("这一天没有这个编码的填报：") + code)
        found = [row for row in found if code in {None, row[key]}]
    show(found, COLUMNS, form, _("填报 截至 {day}").format(day=day.isoformat()))
