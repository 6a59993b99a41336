"""`diaodu burden`: what every unit was asked for and sent in a week, beside what the scheme allows."""

from datetime import datetime
from typing import Annotated

import typer

from diaodu.cli.office import SchemeCode, WrongInput, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

COLUMNS = {
    "week": _("周一"),
    "unit_name": _("单位"),
    "requests": _("报送事项"),
    "fields": _("填报栏"),
    "messages": _("消息"),
    "deliveries": _("送达人次"),
    "over": _("超上限"),
}


def burden(
    week: Annotated[
        datetime | None,
        typer.Option("--week", formats=["%Y-%m-%d"], help=_("这一天所在的一周（周一至周日）；默认本周。")),
    ] = None,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=60, help=_("连同以前共几周。"))] = 1,
    unit: Annotated[str | None, typer.Option("--unit", help=_("只列这个单位（编码）。"))] = None,
    scheme: SchemeCode = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """基层负担：每个单位每周被布置多少数、填多少栏、收多少消息，哪些超过方案上限。"""
    from dataclasses import asdict
    from datetime import timedelta

    from diaodu import clock
    from diaodu.actions import burden as meter
    from diaodu.actions.directory import directory
    from diaodu.rules.burden import monday
    from diaodu.storage.scheme import SchemeNotInForce, scheme_in_force

    now = clock.now()
    today = week.date() if week else clock.office_day(now)
    first = monday(today) - timedelta(weeks=weeks - 1)
    with office(scheme) as (_settings, session, scheme_id):
        try:
            rules = scheme_in_force(session, scheme_id, today, now)
        except SchemeNotInForce:
            raise WrongInput(_("这一天还没有生效的方案，或当时还不知道：") + today.isoformat()) from None
        names = directory(session, scheme_id, today, now)
        if unit is not None and unit not in names.codes.values():
            raise WrongInput(_("没有这个单位：") + unit)
        caps = meter.caps_of(rules)
        found = meter.burden(session, scheme_id, names, caps, first, weeks)
    rows = [
        {"week": one.week, "unit": one.unit, "unit_name": one.unit_name}
        | asdict(one.count)
        | {"over_requests": one.over_requests, "over_messages": one.over_messages, "over": _over(one)}
        for one in found
        if unit is None or one.unit == unit
    ]
    limits = [
        _("{what}每周上限{most}").format(what=what, most=most)
        for what, most in ((_("报送事项"), caps.requests), (_("消息"), caps.messages))
        if most is not None
    ]
    show(rows, COLUMNS, form, "，".join([_("基层负担"), *limits]))


def _over(one: object) -> str | None:
    which = ((_("报送事项"), "over_requests"), (_("消息"), "over_messages"))
    return "、".join(name for name, key in which if getattr(one, key)) or None
