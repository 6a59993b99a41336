"""`diaodu policy`: the office's rules, from a preset to check to force."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diaodu.cli.importing import RecordedAt, recorded
from diaodu.cli.office import KnownAt, SchemeCode, WrongInput, moment, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from diaodu.actions.policy_trial import Trial
    from diaodu.rules.policy import Policy

app = typer.Typer(help=_("预警规则：样例、核对、施行。"), no_args_is_help=True)
File = Annotated[Path, typer.Argument(help=_("规则文件（TOML 文本，UTF-8）。"), metavar=_("文件"))]
Code = Annotated[
    str | None,
    typer.Option(
        "--code", help=_("规则编码；默认沿用施行中的，第一份取文件名。另写一个即另立规则，未销号的预警不随之。")
    ),
]


@app.command("list")
def list_(scheme: SchemeCode = None, known_at: KnownAt = None, form: FormatOption = Format.TABLE) -> None:
    """列出施行过的规则，最新的在前。"""
    from diaodu.clock import OFFICE_ZONE
    from diaodu.rules.policy import read_policy
    from diaodu.storage.policy import policies

    with office(scheme) as (_settings, session, scheme_id):
        rows = [
            {
                "revision": version.revision,
                "code": version.code,
                "name": read_policy(version.document, version.code).name,
                "effective_from": version.effective_from,
                "recorded_at": version.recorded_at.astimezone(OFFICE_ZONE).isoformat(timespec="seconds"),
                "recorded_by": version.recorded_by,
                "document": version.document,
            }
            for version in policies(session, scheme_id, moment(known_at))
        ]
    headings = {"revision": _("版次"), "code": _("编码"), "name": _("名称"), "effective_from": _("生效日")}
    show(rows, headings | {"recorded_at": _("入库时点"), "recorded_by": _("施行人")}, form, _("预警规则"))


@app.command()
def preset(
    name: Annotated[str | None, typer.Argument(help=_("样例编码，如 yinchuan；不写则列出全部。"))] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help=_("写成文件；默认显示在屏幕上。"))] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """给出一份公开发布过的规则，改成本地的再施行。"""
    from diaodu.actions.policy import preset_policies, presets

    if name is None:
        rows = [{"code": p.code, "name": p.name, "source": p.source} for p in preset_policies()]
        show(rows, {"code": _("编码"), "name": _("名称"), "source": _("出处")}, form, _("样例"))
        return
    texts = presets()
    if name not in texts:
        raise WrongInput(_("没有这个样例：") + name + _("；现有：") + "、".join(texts))
    if output is None:
        typer.echo(texts[name], nl=False)
    elif output.exists():
        raise WrongInput(_("已经有这个文件，请换一个名称：") + str(output))
    else:
        output.write_text(texts[name], encoding="utf-8")
        typer.echo(_("已写出：") + str(output))


@app.command()
def check(
    file: File,
    code: Code = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help=_("用这一天的数据试算，并与施行中的规则对比；不入库。")),
    ] = None,
    known_at: KnownAt = None,
    scheme: SchemeCode = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """核对规则文件：差错一次列全；没有差错则列出等级，指出空档、重叠和判不到的等级，各举一例。"""
    import json

    from diaodu.cli import policy_trial_view, policy_view
    from diaodu.rules.coverage import remarks

    with _told(file):
        policy = _read(file, code)[0]
    trial, differences = _tried(policy, as_of.date(), known_at, scheme) if as_of else (None, [])
    if form is Format.JSON and trial is not None:
        said = {"levels": policy_view.rows(policy), "remarks": [remark.words for remark in remarks(policy)]}
        said |= {"trial": policy_trial_view.as_data(trial), "changes": differences}
        typer.echo(json.dumps(said, ensure_ascii=False, indent=1, default=str))
        return
    if form is not Format.TABLE:
        show(policy_trial_view.moved(trial) if trial else policy_view.rows(policy), {}, form)
        return
    for line in policy_view.lines(policy):
        typer.echo(line)
    for remark in remarks(policy):
        typer.echo(_("提示：") + remark.words)
    for line in policy_trial_view.lines(trial) if trial else ():
        typer.echo(line)
    for change in differences:
        typer.echo(_("变动：") + change)


@app.command()
def diff(old: File, new: File, form: FormatOption = Format.TABLE) -> None:
    """用文字说明两份规则的不同。"""
    from diaodu.rules.policy_change import changes

    with _told(old):
        before = _read(old, None)[0]
    with _told(new):
        after = _read(new, None)[0]
    rows = [{"change": change} for change in changes(before, after)]
    if form is Format.TABLE and not rows:
        typer.echo(_("两份规则没有不同。"))
        return
    show(rows, {"change": _("变动")}, form, f"{before.name} → {after.name}")


def _tried(policy: "Policy", as_of: date, known_at: str | None, scheme: str | None) -> "tuple[Trial, list[str]]":
    """The rules tried on a day, and in words how they differ from those in force."""
    from diaodu.actions.policy_trial import tried
    from diaodu.rules.policy import read_policy
    from diaodu.rules.policy_change import changes
    from diaodu.storage.policy import policy_in_force
    from diaodu.storage.scheme import SchemeNotInForce

    with office(scheme) as (_settings, session, scheme_id):
        try:
            trial = tried(session, scheme_id, policy, as_of, moment(known_at))
        except SchemeNotInForce:
            raise WrongInput(_("这一天还没有生效的方案，或当时还不知道：") + as_of.isoformat()) from None
        version = policy_in_force(session, scheme_id, as_of, moment(known_at))
    return trial, changes(read_policy(version.document, version.code), policy) if version else []


@app.command()
def apply(
    file: File,
    code: Code = None,
    scheme: SchemeCode = None,
    effective_from: Annotated[
        str | None,
        typer.Option("--effective-from", help=_("生效日，如 2023-11-01；方案的第一份规则默认自方案起始日。")),
    ] = None,
    recorded_at: RecordedAt = None,
) -> None:
    """施行规则文件：此前的研判不变，此后按新规则。"""
    from diaodu import clock
    from diaodu.actions.policy import apply_policy

    now = clock.now()
    known_from = recorded(recorded_at, now)
    with _told(file):
        policy, text = _read(file, code)
    with office(scheme) as (settings, session, scheme_id):
        kept = code or _code_in_force(session, scheme_id, known_from) or policy.code
        since = _effective_from(session, scheme_id, effective_from)
        version = apply_policy(session, scheme_id, kept, text, since, settings.actor, now, known_from)
    if version is None:
        typer.echo(_("这份规则已经施行，没有变化。"))
    else:
        said = _("已施行：{name}，第{revision}版，自 {day} 起。")
        typer.echo(said.format(name=policy.name, revision=version.revision, day=since.isoformat()))


def _code_in_force(session: "Session", scheme_id: int, at: datetime) -> str | None:
    """Of the rules applied last: a file saved under another name revises them, and open warnings go on."""
    from diaodu.storage.policy import policies

    return next((version.code for version in policies(session, scheme_id, at)), None)


def _effective_from(session: "Session", scheme_id: int, text: str | None) -> date:
    """The day given; for a scheme's first rules its first day."""
    from diaodu.storage.policy import policies
    from diaodu.storage.scheme import SchemeNotInForce, scheme_in_force

    if text is not None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise WrongInput(_("生效日应写成 2023-11-01：") + text) from None
    now = moment(None)
    if policies(session, scheme_id, now):
        raise WrongInput(_("已经有规则在施行，请写明新规则的生效日，如 --effective-from 2023-11-01"))
    try:
        return scheme_in_force(session, scheme_id, date.max, now).starts
    except SchemeNotInForce:
        raise WrongInput(_("这个方案还没有内容，请先导入计划")) from None


def _read(file: Path, code: str | None) -> "tuple[Policy, str]":
    from diaodu.rules.policy import read_policy

    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise WrongInput(_("没有这个文件：") + str(file)) from None
    except (UnicodeDecodeError, OSError):
        raise WrongInput(_("读不出这个文件，请存成 UTF-8 的文本：") + str(file)) from None
    return read_policy(text, code or file.stem), text


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Say every fault on a line of its own, and end with exit code 2."""
    from diaodu.rules.policy import PolicyFaults

    try:
        yield
    except PolicyFaults as wrong:
        for fault in wrong.faults:
            typer.echo(f"{file} {fault}", err=True)
        raise WrongInput(_("共 {n} 处差错，规则没有施行。").format(n=len(wrong.faults))) from None
