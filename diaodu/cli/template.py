"""`diaodu template`: the Word templates of notices — which are in use, a copy to edit, checked, put to use."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diaodu.cli.office import WrongInput
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from diaodu.briefing.template_fault import TemplateFault
    from diaodu.rules.routing import NoticeKind

app = typer.Typer(help=_("模板：文书的 Word 模板，可用 WPS 改成自己的。"), no_args_is_help=True)
Name = Annotated[
    str, typer.Argument(help=_("文书：提醒函、预警通知单、督办单、约谈通知书、报送提醒函。"), metavar=_("文书"))
]
File = Annotated[Path, typer.Argument(help=_("Word 模板（.docx）。"), metavar=_("文件"))]


@app.command("list")
def list_(form: FormatOption = Format.TABLE) -> None:
    """列出各种文书用的模板，以及本单位的模板有无问题。"""
    from diaodu.briefing.notice_template import own
    from diaodu.briefing.template_confined import checked
    from diaodu.rules.notice import TITLES
    from diaodu.settings import Settings

    home, rows = Settings().home, []
    for kind, title in TITLES.items():
        path = own(home, kind)
        faults = [f for f in checked(path.read_bytes()) if f.grave] if path.is_file() else []
        rows.append(
            {
                "kind": kind,
                "title": title,
                "template": str(path) if path.is_file() else _("随系统提供"),
                "state": _("有 {n} 处问题").format(n=len(faults)) if faults else _("可用"),
            }
        )
    headings = {"kind": _("代码"), "title": _("文书"), "template": _("模板"), "state": _("状态")}
    show(rows, headings, form, _("模板"))


@app.command()
def export(
    name: Name,
    out: Annotated[Path, typer.Argument(help=_("写到这个文件（.docx）。"), metavar=_("文件"))],
    original: Annotated[bool, typer.Option("--original", help=_("要随系统提供的，不要本单位改过的。"))] = False,
) -> None:
    """导出一种文书正在用的模板，供在 WPS 里修改。"""
    from diaodu.briefing.notice_template import own, shipped
    from diaodu.settings import Settings

    kind = _kind(name)
    path = own(Settings().home, kind)
    out.write_bytes(path.read_bytes() if path.is_file() and not original else shipped(kind))
    typer.echo(str(out))


@app.command()
def check(file: File) -> None:
    """检查模板：字段、标签、全角括号、必需的字段、不允许的内容，一次列全。"""
    if not _report(_checked(file)):
        raise typer.Exit(1)
    typer.echo(_("可以使用。"))


@app.command()
def install(name: Name, file: File) -> None:
    """检查无误后，把模板用于一种文书；以后发出的文书都用它。"""
    from diaodu.briefing.notice_template import own
    from diaodu.settings import Settings

    kind = _kind(name)
    if not _report(_checked(file)):
        typer.echo(_("没有启用；请改好后再来。"), err=True)
        raise typer.Exit(1)
    target = own(Settings().home, kind)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.part")
    unfinished.write_bytes(file.read_bytes())
    unfinished.replace(target)
    typer.echo(_("已启用：{path}").format(path=target))


def _checked(file: Path) -> "list[TemplateFault]":
    from diaodu.briefing.template_confined import checked
    from diaodu.briefing.template_package import MOST_BYTES

    if not file.is_file():
        raise WrongInput(_("没有这个文件：{path}").format(path=file))
    with file.open("rb") as template:
        return checked(template.read(MOST_BYTES + 1))


def _report(faults: "list[TemplateFault]") -> bool:
    """Say everything; whether the template can be used."""
    for fault in faults:
        word = _("错误") if fault.grave else _("提示")
        typer.echo(f"{word}  {fault}", err=fault.grave)
    return not any(fault.grave for fault in faults)


def _kind(name: str) -> "NoticeKind":
    from diaodu.rules.notice import TITLES
    from diaodu.rules.routing import NoticeKind

    named = {title: kind for kind, title in TITLES.items()} | {kind.value: kind for kind in NoticeKind}
    if name not in named:
        raise WrongInput(_("没有“{name}”这种文书；可以写：{known}").format(name=name, known="、".join(named)))
    return named[name]
