"""`diaodu plan`: the year's plan in, out, and as an empty workbook to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from diaodu.cli.calendar_view import say_carried
from diaodu.cli.importing import RecordedAt, recorded, show_outcome, told, unwritten, unwritten_workbook
from diaodu.cli.office import KnownAt, SchemeCode, WrongInput, editor, moment, office, workspace
from diaodu.language import _

app = typer.Typer(help=_("考核计划：导入、导出、空白模板。"), no_args_is_help=True)


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help=_("工作簿（.xlsx、.xls、.et），或放 CSV 文件的文件夹。"))],
    scheme: SchemeCode = None,
    recorded_at: RecordedAt = None,
) -> None:
    """导入计划：方案、报送安排、单位、联系人、指标、目标、节点、填报；全部入库或一行不入，差错一次列全；单位日历有变的，未关闭期次的时限随之重算并通知。"""
    from diaodu.actions.plan_days import take_plan
    from diaodu.storage.session import transaction

    settings, engine = workspace()
    by = editor(settings)
    with told(), transaction(engine) as session:
        outcome, carried = take_plan(session, path, scheme, by, recorded(recorded_at, by.at))
    show_outcome(outcome)
    if carried.listed:
        say_carried(carried)


@app.command()
def export(
    path: Annotated[Path, typer.Argument(help=_("写成工作簿（以 .xlsx 结尾），或写进新文件夹（每表一个 CSV）。"))],
    scheme: SchemeCode = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help=_("截至日，如 2023-11-30；默认今天。"))] = None,
    known_at: KnownAt = None,
) -> None:
    """导出现行计划；原样再导入不会有任何变化。"""
    from diaodu import clock
    from diaodu.actions.export_plan import plan_sheets
    from diaodu.sources.writing import workbook_file, write_folder
    from diaodu.storage.scheme import SchemeNotInForce

    target = unwritten(path)
    day = clock.office_day(moment(as_of))
    with office(scheme) as (_settings, session, scheme_id):
        try:
            sheets = plan_sheets(session, scheme_id, day, moment(known_at))
        except SchemeNotInForce:
            raise WrongInput(_("这一天还没有生效的方案：") + day.isoformat()) from None
    if target.suffix.lower() == ".xlsx":
        target.write_bytes(workbook_file(sheets))
    else:
        write_folder(target, sheets)
    typer.echo(_("已写出：") + str(target))


@app.command()
def template(out: Annotated[Path, typer.Argument(help=_("要写出的 .xlsx 文件。"))]) -> None:
    """写出空白的计划工作簿，每一列都有说明，能选的都可以选。"""
    from diaodu.sources.columns import SHEETS
    from diaodu.sources.writing import workbook_file

    unwritten_workbook(out).write_bytes(workbook_file([(kind, []) for kind in SHEETS], is_template=True))
    typer.echo(_("已写出：") + str(out))
