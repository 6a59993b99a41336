"""Sources as people look at them: what each is told and how it fared, and what a reading would bring."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diaodu.cli.office import SchemeCode, WrongInput, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from diaodu.actions.handover import Handover
    from diaodu.actions.preview import Preview
    from diaodu.sources.fault import Fault
    from diaodu.sources.kind import Found
    from diaodu.sources.place import Place
    from models.source import Source

EFFECTS = {
    "new": _("新增"),
    "changed": _("变更"),
    "same": _("未变"),
    "blank": _("未填"),
    "gives_way": _("不采用，以现有数为准"),
    "fault": _("有差错"),
    "held_back": _("同一份有差错，不入库"),
}
AskedDay = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help=_("问哪一天的数；默认最近一期。")),
]


def listed(session: "Session", scheme_id: int) -> list[dict[str, Any]]:
    """Every source with its options, secrets by name only, and its last reading."""
    from diaodu.clock import OFFICE_ZONE
    from diaodu.storage.source import last_reads, sources
    from diaodu.storage.supply import supplied
    from flows.wording import called

    reads, rows = last_reads(session, scheme_id, "collect"), []
    for source in sources(session, scheme_id):
        read, options, codes = reads.get(source.name), json.loads(source.options), supplied(session, source.id or 0)
        at = read.at.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M") if read else None
        rows.append(
            {
                "name": source.name,
                "kind": source.kind,
                "location": source.location,
                "options": options,
                "supplies": list(codes),
                "precedence": source.precedence,
                "active": source.active,
                "last_read": at,
                "last_outcome": read.outcome if read else None,
                "last_detail": read.detail if read else None,
                "told": "\n".join(f"{key}={_short(value)}" for key, value in options.items()) or None,
                "supplied": "、".join(codes) or None,
                "read": f"{at}\n{called(read.outcome)}\n{_short(read.detail or '')}".rstrip() if read else None,
            }
        )
    return rows


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"


def show_handovers(handed: "Sequence[Handover]") -> None:
    """A line a round: how many numbers units are asked for, and by when."""
    for one in handed:
        words = _("截至 {as_of} 的 {n} 项已改由单位报，时限 {due}。")
        typer.echo(words.format(as_of=one.as_of, n=one.asked, due=one.due))


def try_out(
    name: Annotated[str, typer.Argument(help=_("数据源名称。"), show_default=False)],
    as_of: AskedDay = None,
    scheme: SchemeCode = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """试读一个数据源，不入库：每条数据从哪里来、入库会怎样，差错一次列全。"""
    from diaodu import clock
    from diaodu.actions.preview import preview
    from diaodu.actions.source_place import places
    from diaodu.storage.source import named

    now = clock.now()
    with office(scheme) as (settings, session, scheme_id):
        source = named(session, scheme_id, name)
        if source is None:
            raise WrongInput(_("没有这个数据源：") + name)
        today = clock.office_day(now)
        asked = places(session, source, settings.home, today, now)
    place = replace(asked[-1], as_of=as_of.date() if as_of else asked[-1].as_of, taken=frozenset())
    found = _read(source, place)
    rows: list[Preview] = []
    faults: list[Fault] = []
    with office(scheme) as (settings, session, _scheme_id):
        for file in found.files:
            seen, wrong = preview(session, source, file, settings.actor, now)
            rows, faults = rows + seen, faults + wrong
    _show(rows, form)
    for left in (*found.left, *found.passed):
        typer.echo(f"{left.name}：{left.why}", err=True)
    faults = [fault for row in rows for fault in row.faults] + faults
    for fault in faults:
        typer.echo(str(fault), err=True)
    if faults:
        raise WrongInput(_("共 {n} 处差错；有差错的整份不会入库。").format(n=len(faults)))


def _read(source: "Source", place: "Place") -> "Found":
    from diaodu.cli.importing import told
    from diaodu.sources.fault import SourceDown
    from diaodu.sources.registry import read

    try:
        with told():
            return read(source.kind, place)
    except SourceDown as down:
        typer.echo(_("读不到：") + str(down), err=True)
        raise typer.Exit(1) from None


def _show(rows: "Sequence[Preview]", form: Format) -> None:
    columns = {
        "indicator": _("指标"),
        "unit": _("单位"),
        "as_of": _("截至日"),
        "value": _("累计完成"),
        "origin": _("来源"),
        "effect": _("入库会怎样"),
    }
    plain = [{key: str(getattr(row, key)) for key in columns} for row in rows]
    if form is Format.TABLE:
        plain = [row | {"effect": EFFECTS[row["effect"]]} for row in plain]
    show(plain, columns, form)
