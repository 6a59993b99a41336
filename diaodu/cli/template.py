"""`diaodu template`: templates of notices and briefings — which are in use, a copy to edit, checked, put to use."""

from pathlib import Path
from typing import Annotated

import typer

from diaodu.cli.office import WrongInput
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

app = typer.Typer(
    help=_("模板：文书和简报的 Word 模板，可用 WPS 改成自己的；简报的种类文件（.toml）。"), no_args_is_help=True
)
Name = Annotated[
    str, typer.Argument(help=_("文书或简报的名称或代码：提醒函、督办单、调度简报、weekly 等。"), metavar=_("名称"))
]
File = Annotated[Path, typer.Argument(help=_("Word 模板（.docx），或种类文件（.toml）。"), metavar=_("文件"))]
MOST_BYTES = 5_000_000
WHAT = {"notice": _("文书模板"), "briefing": _("简报模板"), "kind": _("简报种类")}


@app.command("list")
def list_(form: FormatOption = Format.TABLE) -> None:
    """列出各种文书和简报用的模板、简报的种类，以及本单位的有无问题。"""
    from diaodu.cli.template_target import targets
    from diaodu.settings import Settings

    rows = []
    for target in targets(Settings().home):
        is_own = target.path.is_file()
        faults = target.faults(target.path.read_bytes()) if is_own else []
        rows.append(
            {
                "kind": target.code,
                "title": target.title,
                "what": WHAT[target.words],
                "template": str(target.path) if is_own else _("随系统提供"),
                "state": _("有 {n} 处问题").format(n=len(faults)) if faults else _("可用"),
            }
        )
    headings = {"kind": _("代码"), "title": _("名称"), "what": _("用途"), "template": _("模板"), "state": _("状态")}
    show(rows, headings, form, _("模板"))


@app.command()
def export(
    name: Name,
    out: Annotated[Path, typer.Argument(help=_("写到这个文件（.docx 或 .toml）。"), metavar=_("文件"))],
    original: Annotated[bool, typer.Option("--original", help=_("要随系统提供的，不要本单位改过的。"))] = False,
) -> None:
    """导出正在用的模板（.docx）或简报的种类文件（.toml），供修改。"""
    from diaodu.briefing.kind_folder import KindRefused
    from diaodu.cli.template_target import KIND, named
    from diaodu.settings import Settings

    target = named(Settings().home, name, out.suffix)
    is_own = target.path.is_file()
    if out.suffix == KIND and not is_own and target.title == target.code:
        raise WrongInput(_("没有“{name}”这种简报").format(name=name))
    try:
        out.write_bytes(target.path.read_bytes() if is_own and not original else target.original())
    except KindRefused as refused:
        raise WrongInput(str(refused)) from None
    typer.echo(str(out))


@app.command()
def check(file: File) -> None:
    """检查模板或种类文件：字段、标签、全角括号、必需的内容、不允许的内容，一次列全。"""
    from diaodu.cli.template_target import KIND, fewest, tell

    data = _read(file)
    if not _report(tell(data, "kind", file.stem) if file.suffix == KIND else fewest(data)):
        raise typer.Exit(1)
    typer.echo(_("可以使用。"))


@app.command()
def install(name: Name, file: File) -> None:
    """检查无误后启用：Word 模板用于以后发出的文书和简报；种类文件按代码增加或替换一种简报。"""
    from diaodu.cli.template_target import named, tell
    from diaodu.settings import Settings

    target = named(Settings().home, name, file.suffix)
    data = _read(file)
    told = tell(data, target.words, target.code) + _advice(target.words, target.code, data)
    if not _report(told):
        typer.echo(_("没有启用；请改好后再来。"), err=True)
        raise typer.Exit(1)
    target.path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.path.with_name(f".{target.path.name}.part")
    unfinished.write_bytes(data)
    unfinished.replace(target.path)
    typer.echo(_("已启用：{path}").format(path=target.path))


def _advice(words: str, code: str, data: bytes) -> list[tuple[str, bool]]:
    """What the kind has and a briefing's template does not print."""
    from diaodu.briefing.briefing_template import left_out
    from diaodu.briefing.kind_folder import KindRefused, kinds
    from diaodu.settings import Settings

    if words != "briefing":
        return []
    try:
        kind = kinds(Settings().home)[code]
    except KindRefused as refused:
        raise WrongInput(str(refused)) from None
    return [(str(fault), fault.grave) for fault in left_out(kind, data)]


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise WrongInput(_("没有这个文件：{path}").format(path=file))
    with file.open("rb") as template:
        return template.read(MOST_BYTES + 1)


def _report(told: list[tuple[str, bool]]) -> bool:
    """Say everything; whether the template can be used."""
    for words, grave in told:
        typer.echo(f"{_('错误') if grave else _('提示')}  {words}", err=grave)
    return not any(grave for _words, grave in told)
