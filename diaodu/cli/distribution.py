"""`diaodu briefing distribution`: who gets which edition of a briefing, and who was sent it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from diaodu.cli.briefing import Kind, Serial, Year, issued
from diaodu.cli.office import SchemeCode, WrongInput, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from diaodu.rules.access import Role
    from diaodu.rules.distribution import Edition

app = typer.Typer(help=_("分发名单：谁收哪一版，发给了谁。"), no_args_is_help=True)
EditionName = Annotated[
    str, typer.Argument(metavar=_("版本"), help=_("全本、领导专页 或 单位反馈（full leader unit）。"))
]
RoleName = Annotated[
    str | None, typer.Option("--role", help=_("发给这个角色的所有人：考核办 牵头单位 填报人 审核人 领导 审计 管理员。"))
]
PersonName = Annotated[str | None, typer.Option("--person", help=_("只发给这个联系人（姓名）。"))]
By = Annotated[str | None, typer.Option("--by", help=_("经办人；默认为设置中的 actor。"))]
LINES = {
    "id": _("编号"),
    "edition_name": _("版本"),
    "to": _("发给"),
    "kind": _("简报种类"),
    "added_by": _("经办人"),
    "added_at": _("时间"),
}
READERS = {
    "name": _("联系人"),
    "role": _("角色"),
    "unit": _("单位"),
    "edition_name": _("版本"),
    "why_not": _("不发的原因"),
}
COPIES = {
    "name": _("联系人"),
    "unit": _("单位"),
    "edition": _("版本"),
    "channel": _("渠道"),
    "state_name": _("送达"),
    "at": _("时间"),
}


@app.command("list")
def list_(scheme: SchemeCode = None, form: FormatOption = Format.TABLE) -> None:
    """列出分发名单。"""
    from diaodu.actions.briefing_words import EDITIONS
    from diaodu.cli.briefing_view import said
    from diaodu.sources.wording import written
    from diaodu.storage.distribution import lines, readers

    with office(scheme) as (_settings, session, scheme_id):
        names = {known.reader.person_id: known.person.name for known in readers(session, scheme_id)}
        rows = [
            {
                "id": line.id,
                "edition": line.edition,
                "edition_name": EDITIONS[line.edition],
                "role": line.role,
                "person": names.get(line.person_id or 0),
                "to": written(line.role) if line.role else names.get(line.person_id or 0),
                "kind": line.kind,
                "added_by": line.added_by,
                "added_at": said(line.added_at),
            }
            for line in lines(session, scheme_id)
        ]
    show(rows, LINES, form, _("分发名单"))


@app.command()
def add(
    edition: EditionName,
    role: RoleName = None,
    person: PersonName = None,
    kind: Annotated[str | None, typer.Option("--kind", help=_("只发这一种简报；默认每一种。"))] = None,
    by: By = None,
    scheme: SchemeCode = None,
) -> None:
    """加一行：哪一版发给哪个角色或哪个人。单位的人只会收到本单位的反馈和公开的全本。"""
    from diaodu import clock
    from diaodu.actions.distribution import NotListed
    from diaodu.actions.distribution import add as put

    with office(scheme) as (settings, session, scheme_id):
        try:
            line = put(
                session, scheme_id, _edition(edition), _role(role), person, kind, by or settings.actor, clock.now()
            )
        except NotListed as why:
            raise WrongInput(str(why)) from None
    typer.echo(_("已加入，编号 {id}。").format(id=line.id))


@app.command()
def remove(
    number: Annotated[int, typer.Argument(metavar=_("编号"), help=_("名单里的编号。"))],
    by: By = None,
    scheme: SchemeCode = None,
) -> None:
    """去掉一行；还没发出的也不再发。"""
    from diaodu import clock
    from diaodu.actions.distribution import NotListed
    from diaodu.actions.distribution import remove as take_off

    with office(scheme) as (settings, session, scheme_id):
        try:
            take_off(session, scheme_id, number, by or settings.actor, clock.now())
        except NotListed as why:
            raise WrongInput(str(why)) from None
    typer.echo(_("已去掉编号 {id}。").format(id=number))


@app.command()
def preview(
    serial: Serial,
    scheme: SchemeCode = None,
    year: Year = None,
    kind: Kind = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """按现在的名单和权限，名单上每个人能不能收这一期、为什么不能。"""
    with office(scheme) as (_settings, session, scheme_id):
        rows = _entitled(session, scheme_id, issued(session, scheme_id, serial, year, kind))
    show(rows, READERS, form, _("分发范围"))


@app.command()
def copies(
    serial: Serial,
    scheme: SchemeCode = None,
    year: Year = None,
    kind: Kind = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """这一期发给了谁、哪一版、送到没有。"""
    from diaodu.actions.wording import DELIVERIES
    from diaodu.cli.briefing_view import said
    from diaodu.storage import distribution as store

    with office(scheme) as (_settings, session, scheme_id):
        found = issued(session, scheme_id, serial, year, kind)
        units = {known.reader.person_id: known.reader.unit for known in store.readers(session, scheme_id)}
        rows = [
            {
                "name": person.name,
                "unit": units.get(copy.person_id),
                "edition": copy.edition,
                "channel": delivery.channel if delivery else None,
                "state": delivery.state if delivery else None,
                "state_name": DELIVERIES[delivery.state] if delivery else _("无处可达"),
                "at": said(delivery.sent_at) if delivery and delivery.sent_at else None,
                "error": delivery.error if delivery else None,
            }
            for copy, person, delivery in store.copies(session, found.id or 0)
        ]
    show(rows, COPIES, form, _("分发件"))


def _entitled(session: Any, scheme_id: int, briefing: Any) -> list[dict[str, Any]]:
    from diaodu.actions.briefing_words import EDITIONS, WITHHELD
    from diaodu.rules.distribution import called
    from diaodu.sources.wording import written
    from diaodu.storage import distribution as store

    listed = store.entries(session, scheme_id)
    rows = []
    for known in store.readers(session, scheme_id):
        named = [entry.edition for entry in listed if entry.names(known.reader, briefing.kind)]
        for edition in dict.fromkeys(named):
            why = store.judged(called(edition, known.reader.unit), known.reader, listed, briefing)
            rows.append(
                {
                    "name": known.person.name,
                    "role": written(known.reader.role),
                    "unit": known.reader.unit,
                    "edition": edition,
                    "edition_name": EDITIONS[edition],
                    "why_not": WITHHELD[why] if why else None,
                }
            )
    return rows


def _edition(name: str) -> "Edition":
    from diaodu.actions.briefing_words import EDITIONS
    from diaodu.rules.distribution import Edition

    found = {word: edition for edition in Edition for word in (edition.value, EDITIONS[edition])}
    if name not in found:
        raise WrongInput(_("没有这个版本；可写：") + "、".join(EDITIONS.values()))
    return found[name]


def _role(name: str | None) -> "Role | None":
    from diaodu.rules.access import Role
    from diaodu.sources.wording import accepted

    if name is None:
        return None
    found = accepted(Role).get(name)
    if found is None:
        raise WrongInput(_("没有这个角色；可写：") + "、".join(dict.fromkeys(accepted(Role))))
    return Role(found)
