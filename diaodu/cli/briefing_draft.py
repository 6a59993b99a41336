"""`diaodu briefing draft …`: from the draft to the issue and what may follow, each step by a named person."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diaodu.cli.briefing import Kind, Serial, Year, issued
from diaodu.cli.office import AsOf, KnownAt, SchemeCode, WrongInput, moment, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlmodel import Session

    from diaodu.actions.briefing_draft import Subject
    from diaodu.settings import Settings

Number = Annotated[int, typer.Argument(help=_("简报编号，见 diaodu briefing drafts。"), metavar=_("编号"))]
By = Annotated[str | None, typer.Option("--by", help=_("经办人；默认为设置中的 actor。"))]
Reason = Annotated[str, typer.Option("--reason", help=_("理由或意见。"))]
RecordedAt = Annotated[str | None, typer.Option("--recorded-at", help=_("补录：实际办理的时间；默认此刻。"))]


def drafts_(scheme: SchemeCode = None, form: FormatOption = Format.TABLE) -> None:
    """列出待审核、待签发的草稿。"""
    from diaodu.cli.briefing_view import DRAFT_COLUMNS, waiting

    with office(scheme) as (_settings, session, scheme_id):
        rows = waiting(session, scheme_id)
    show(rows, DRAFT_COLUMNS, form, _("草稿"))


def draft(
    as_of: AsOf,
    known_at: KnownAt = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help=_("简报种类，如 weekly、special:民生实事；默认随方案周期。"))
    ] = None,
    by: By = None,
    recorded_at: RecordedAt = None,
    scheme: SchemeCode = None,
) -> None:
    """拟一份草稿：冻结截至日的数据，等人审核、签发。"""
    from diaodu.actions.briefing_draft import draft as write

    with _desk(scheme, by, recorded_at) as (settings, session, scheme_id, who, at):
        subject = _subject(
            settings.home, session, scheme_id, as_of.date(), moment(known_at) if known_at else at, at, who, kind
        )
        written = write(session, subject, by_hand=True)
        found = written.briefing
    if not written.is_new and found.number is not None:
        raise WrongInput(_("{number}已印发，数据没有变化。").format(number=found.number))
    said = _("草稿编号 {id}。") if written.is_new else _("已有待办的草稿，编号 {id}。")
    typer.echo(said.format(id=found.id))


def text(number: Number, scheme: SchemeCode = None) -> None:
    """显示草稿正文，可修改的段落带段号，没有依据的数字逐个指出。"""
    from diaodu.actions.briefing_text import reading

    with _desk(scheme, None, None) as (_settings, session, scheme_id, _who, _at):
        lines = reading(session, scheme_id, number)
    for line in lines:
        typer.echo(line)


def edit(
    number: Number,
    paragraph: Annotated[int, typer.Argument(help=_("段号，见 diaodu briefing text。"), metavar=_("段号"))],
    reason: Reason,
    words: Annotated[str | None, typer.Option("--text", help=_("改成什么。"))] = None,
    file: Annotated[Path | None, typer.Option("--file", help=_("改成这个文本文件（UTF-8）里的话。"))] = None,
    by: By = None,
    recorded_at: RecordedAt = None,
    scheme: SchemeCode = None,
) -> None:
    """修改草稿的一段；每次修改都留痕，数字与冻结的数据核对，已审核的要重新审核。"""
    from diaodu.actions.briefing import edit as change

    if (words is None) == (file is None):
        raise WrongInput(_("请用 --text 或 --file 之一写明改成什么。"))
    said = words if file is None else _words(file)
    with _desk(scheme, by, recorded_at) as (_settings, session, scheme_id, who, at):
        faults = change(session, scheme_id, number, paragraph, said or "", who, reason, at)
    typer.echo(_("已修改第 {number} 段。").format(number=paragraph))
    for fault in faults:
        typer.echo(_("审核前须改正：") + fault, err=True)


def review(
    number: Number, by: By = None, reason: Reason = "", recorded_at: RecordedAt = None, scheme: SchemeCode = None
) -> None:
    """审核草稿；拟稿、修改的人不能审核。"""
    _act("review", number, by, reason, recorded_at, scheme)


def return_(
    number: Number, reason: Reason, by: By = None, recorded_at: RecordedAt = None, scheme: SchemeCode = None
) -> None:
    """把已审核的草稿退回修改。"""
    _act("return", number, by, reason, recorded_at, scheme)


def discard(
    number: Number, reason: Reason, by: By = None, recorded_at: RecordedAt = None, scheme: SchemeCode = None
) -> None:
    """作废一份草稿；不占期号。"""
    _act("discard", number, by, reason, recorded_at, scheme)


def issue(number: Number, by: By = None, reason: Reason = "", scheme: SchemeCode = None) -> None:
    """签发：编号、写出 Word、PDF、HTML，存档，按分发名单发出。"""
    from diaodu.actions.briefing_issue import issue as sign
    from diaodu.actions.circulation import circulate
    from diaodu.actions.issuing import issuer_of

    with _desk(scheme, by, None) as (settings, session, scheme_id, who, at):
        found, files = sign(session, settings.home, scheme_id, number, who, reason, at)
        copies = circulate(session, issuer_of(session, settings, scheme_id, found.as_of, at), found)
    typer.echo(_("已印发{number}，分发 {count} 份。").format(number=found.number, count=len(copies)))
    for file in files:
        typer.echo(f"  {settings.home / file.path}")


def correct(
    serial: Serial,
    reason: Reason,
    known_at: KnownAt = None,
    by: By = None,
    recorded_at: RecordedAt = None,
    scheme: SchemeCode = None,
    year: Year = None,
    kind: Kind = None,
) -> None:
    """更正一期：另拟一期，列出变化的数字和原因；原件不动。"""
    from diaodu.actions.briefing_draft import correct as write

    with _desk(scheme, by, recorded_at) as (settings, session, scheme_id, who, at):
        original = issued(session, scheme_id, serial, year, kind)
        known = moment(known_at) if known_at else at
        subject = _subject(settings.home, session, scheme_id, original.as_of, known, at, who, original.kind)
        found = write(session, subject, original, reason)
    typer.echo(_("更正稿编号 {id}，请审核、签发。").format(id=found.id))


def withdraw(
    serial: Serial,
    reason: Reason,
    by: By = None,
    recorded_at: RecordedAt = None,
    scheme: SchemeCode = None,
    year: Year = None,
    kind: Kind = None,
) -> None:
    """撤回一期：写明理由，未发出的不再发，已收到的逐人告知；期号不再用。"""
    from diaodu.actions.briefing import act
    from diaodu.actions.circulation import recall
    from diaodu.actions.issuing import issuer_of
    from diaodu.rules.briefing import BriefingAct

    with _desk(scheme, by, recorded_at) as (settings, session, scheme_id, who, at):
        found = issued(session, scheme_id, serial, year, kind)
        act(session, scheme_id, found.id or 0, BriefingAct.WITHDRAW, who, reason, at)
        told = recall(session, issuer_of(session, settings, scheme_id, found.as_of, at), found, reason)
    typer.echo(_("已撤回{number}，告知 {count} 人。").format(number=found.number, count=told))


def history(number: Number, scheme: SchemeCode = None, form: FormatOption = Format.TABLE) -> None:
    """显示一份草稿或简报经过的每一步：谁、何时、为什么，改了哪些话。"""
    from diaodu.actions.briefing import found
    from diaodu.cli.briefing_view import EVENT_COLUMNS, lived

    with _desk(scheme, None, None) as (_settings, session, scheme_id, _who, _at):
        rows = lived(session, found(session, scheme_id, number))
    show(rows, EVENT_COLUMNS, form, _("经过"))


STEPS: dict[str, Callable[..., None]] = {
    "drafts": drafts_,
    "draft": draft,
    "text": text,
    "edit": edit,
    "review": review,
    "return": return_,
    "discard": discard,
    "issue": issue,
    "correct": correct,
    "withdraw": withdraw,
    "history": history,
}
"""The commands by name, in the order of a briefing's life."""


@contextmanager
def _desk(
    scheme: str | None, by: str | None, recorded_at: str | None
) -> "Iterator[tuple[Settings, Session, int, str, datetime]]":
    """Settings, session, scheme, who acts and when; a step refused ends the command with its reason."""
    from diaodu.actions.briefing_words import NotTaken
    from diaodu.briefing.compose import UnsupportedText
    from diaodu.briefing.narrowing import NotTold
    from diaodu.briefing.template_fault import TemplateRefused
    from diaodu.briefing.writers import MissingGlyphs

    try:
        with office(scheme) as (settings, session, scheme_id):
            yield settings, session, scheme_id, settings.actor if by is None else by, moment(recorded_at)
    except (NotTaken, NotTold, TemplateRefused, MissingGlyphs, UnsupportedText) as why:
        raise WrongInput(str(why)) from None


def _act(what: str, number: int, by: str | None, reason: str, recorded_at: str | None, scheme: str | None) -> None:
    from diaodu.actions.briefing import act
    from diaodu.actions.briefing_words import STATES
    from diaodu.rules.briefing import BriefingAct

    with _desk(scheme, by, recorded_at) as (_settings, session, scheme_id, who, at):
        found = act(session, scheme_id, number, BriefingAct(what), who, reason, at)
    typer.echo(_("编号 {id}：{state}").format(id=number, state=STATES[found.state]))


def _subject(
    home: Path,
    session: "Session",
    scheme_id: int,
    as_of: "date",
    known_at: "datetime",
    now: "datetime",
    actor: str,
    kind: str | None = None,
) -> "Subject":
    from diaodu.actions.briefing_draft import Subject
    from diaodu.briefing.kind_folder import KindRefused, UnknownKind, kinds
    from diaodu.briefing.layout import chosen
    from diaodu.storage.scheme import SchemeNotInForce, scheme_in_force
    from flows.brief import kind_of

    try:
        scheme = scheme_in_force(session, scheme_id, as_of, known_at)
    except SchemeNotInForce:
        raise WrongInput(_("这一天考核方案尚未生效，或在已知时点尚未入库。")) from None
    try:
        layouts = chosen(kinds(home), kind or kind_of(scheme.cadence))
    except (UnknownKind, KindRefused) as wrong:
        raise WrongInput(str(wrong)) from None
    return Subject(scheme_id, layouts, as_of, known_at, None, now, actor)


def _words(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise WrongInput(_("读不了 {file}：{why}").format(file=file, why=wrong)) from None
