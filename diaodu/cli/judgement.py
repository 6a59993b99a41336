"""`diaodu judgement`: what people say of a target besides its numbers, as an input of the rules."""

from datetime import datetime
from typing import Annotated

import typer

from diaodu.cli.office import KnownAt, SchemeCode, WrongInput, moment, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _
from diaodu.rules.judgement import JudgementKind

app = typer.Typer(help=_("人工研判和外部情形：登记、列出。"), no_args_is_help=True)
DAY = ["%Y-%m-%d"]
Until = Annotated[datetime | None, typer.Option("--until", formats=DAY, help=_("算到哪一天为止；不写则一直有效。"))]


@app.command()
def add(
    indicator: Annotated[str, typer.Argument(help=_("指标编码。"), metavar=_("指标"))],
    unit: Annotated[str, typer.Argument(help=_("单位编码。"), metavar=_("单位"))],
    weight: Annotated[int, typer.Option("--weight", help=_("轻重，规则里的 judgement 与它比较；0 为解除。"))],
    reason: Annotated[str, typer.Option("--reason", help=_("理由。"))],
    author: Annotated[str, typer.Option("--author", help=_("由谁研判，或由谁通报、曝光。"))],
    since: Annotated[datetime, typer.Option("--since", formats=DAY, help=_("从哪一天起算。"), show_default=False)],
    until: Until = None,
    kind: Annotated[
        JudgementKind, typer.Option("--kind", help=_("judgement 人工研判，以最新一次为准；flag 外部情形，逐条计数。"))
    ] = JudgementKind.JUDGEMENT,
    scheme: SchemeCode = None,
) -> None:
    """登记一次人工研判或一条外部情形；只增不改，新的研判代替旧的。"""
    from diaodu import clock
    from diaodu.actions.judgement import Refused, Said, add_judgement

    said = Said(indicator, unit, kind, weight, reason, author, since.date(), until.date() if until else None)
    with office(scheme) as (settings, session, scheme_id):
        try:
            entry = add_judgement(session, scheme_id, said, settings.actor, clock.now())
        except Refused as refused:
            raise WrongInput(str(refused)) from None
        typer.echo(_("已登记，编号 {id}。").format(id=entry.id))


@app.command("list")
def list_(scheme: SchemeCode = None, known_at: KnownAt = None, form: FormatOption = Format.TABLE) -> None:
    """列出登记过的人工研判和外部情形，最新的在前。"""
    from diaodu.actions.wording import JUDGEMENTS
    from diaodu.storage.judgement import judgements

    with office(scheme) as (_settings, session, scheme_id):
        rows = [
            {
                "id": entry.id,
                "indicator": indicator,
                "unit": unit,
                "kind": entry.kind,
                "kind_name": JUDGEMENTS[JudgementKind(entry.kind)],
                **entry.model_dump(include={"weight", "reason", "author", "since", "until", "recorded_by"}),
                "recorded_at": entry.recorded_at,
            }
            for entry, indicator, unit in judgements(session, scheme_id, moment(known_at))
        ]
    headings = {"id": _("编号"), "indicator": _("指标"), "unit": _("单位"), "kind_name": _("类别"), "weight": _("轻重")}
    more = {"reason": _("理由"), "author": _("由谁"), "since": _("自"), "until": _("至")}
    show(rows, headings | more, form, _("人工研判和外部情形"))
