"""`diaodu report`: what units reported, in from a file; and the forms they fill in."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from diaodu.cli.annotated import Annotate, annotate
from diaodu.cli.importing import RecordedAt, recorded, show_outcome, told
from diaodu.cli.office import SchemeCode, office
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
