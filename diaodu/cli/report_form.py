"""`diaodu report template`: the forms that units fill in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diaodu.cli.importing import unwritten, unwritten_workbook
from diaodu.cli.office import AsOf, KnownAt, SchemeCode, WrongInput, moment, office
from diaodu.language import _

if TYPE_CHECKING:
    from datetime import date, datetime


def template(
    as_of: AsOf,
    out: Annotated[Path | None, typer.Argument(help=_("要写出的 .xlsx 文件。"))] = None,
    unit: Annotated[str | None, typer.Option("--unit", help=_("单位编码或名称。"))] = None,
    folder: Annotated[Path | None, typer.Option("--all", help=_("给所有待报单位各写一份，放进这个文件夹。"))] = None,
    scheme: SchemeCode = None,
    known_at: KnownAt = None,
) -> None:
    """为一个单位（或用 --all 为所有单位）生成填报表：只列当期待报的指标，目标值、上期累计和序时目标已经填好。"""
    if (folder is None) == (out is None) or (out is None) == (unit is not None):
        raise WrongInput(_("写 --unit 单位 和文件名，或写 --all 文件夹。"))
    day, known = as_of.date(), moment(known_at)
    if folder is not None:
        _write_all(unwritten(folder), day, known, scheme)
    elif out is not None and unit is not None:
        _write_one(unwritten_workbook(out), unit, day, known, scheme)


def _write_one(target: Path, unit: str, day: "date", known: "datetime", scheme: str | None) -> None:
    from diaodu.actions.report_form import UnknownUnit, unit_forms, unit_meant
    from diaodu.sources.form_page import form_file

    with office(scheme) as (_settings, session, scheme_id), _in_force():
        try:
            code = unit_meant(session, scheme_id, unit, day, known)
        except UnknownUnit as wrong:
            raise WrongInput(f"{unit}：{wrong}") from None
        forms = list(unit_forms(session, scheme_id, day, known, code))
    if not forms:
        raise WrongInput(_("这个单位在这一天没有待报的指标：") + unit)
    target.write_bytes(form_file(forms[0]))
    typer.echo(_("已写出：") + str(target))


def _write_all(folder: Path, day: "date", known: "datetime", scheme: str | None) -> None:
    from rich.console import Console
    from rich.progress import track

    from diaodu.actions.report_form import unit_forms
    from diaodu.sources.form import form_name
    from diaodu.sources.form_page import form_file

    with office(scheme) as (_settings, session, scheme_id), _in_force():
        forms = list(unit_forms(session, scheme_id, day, known))
    if not forms:
        raise WrongInput(_("这一天没有任何单位有待报的指标。"))
    folder.mkdir(exist_ok=True)
    for form in track(forms, _("生成填报表"), console=Console(stderr=True), transient=True):
        (folder / form_name(form)).write_bytes(form_file(form))
    typer.echo(_("已写出 {n} 份：{folder}").format(n=len(forms), folder=folder))


@contextmanager
def _in_force() -> Iterator[None]:
    from diaodu.storage.scheme import SchemeNotInForce

    try:
        yield
    except SchemeNotInForce:
        raise WrongInput(_("这一天考核方案尚未生效，或在已知时点尚未入库。")) from None
