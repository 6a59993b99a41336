"""`diaodu verdict`: every target judged as of a day, worked out anew from the data and rules known at a moment."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diaodu.cli.office import AsOf, KnownAt, SchemeCode, WrongInput, moment, office
from diaodu.cli.output import Format, FormatOption, show
from diaodu.language import _

if TYPE_CHECKING:
    from diaodu.actions.assess import Assessment

app = typer.Typer(help=_("研判：每项目标任务的等级和理由。"), no_args_is_help=True)
STATES = {
    "not_reported": _("未报送"),
    "awaited": _("待报送"),
    "source_down": _("数据源未供数"),
    "no_target": _("不适用"),
    "not_started": _("未开始"),
}
COLUMNS = {
    "indicator_name": _("指标"),
    "unit_name": _("单位"),
    "value": _("完成"),
    "share": _("完成率"),
    "gap": _("差距（百分点）"),
    "verdict": _("研判"),
    "rank": _("位次"),
}
NO_UNIT_LEVELS = _('施行的规则里没有单位等级（scope = "unit"）。')
EXACT = ("completion", "expected", "gap_pp", "ratio")
AS_THEY_ARE = ("indicator", "indicator_name", "unit", "unit_name", "group", "ranked", "measure_unit", "decimals")


class Of(StrEnum):
    """What verdicts are listed of."""

    ITEM = "item"
    UNIT = "unit"


class Told(StrEnum):
    """How an explanation is given."""

    TEXT = "text"
    JSON = "json"


DECIDED = ("state", "level", "level_name", "severity", "reason", "explanation", "rank", "rank_change", "group_size")


@app.command("list")
def list_(
    as_of: AsOf,
    known_at: KnownAt = None,
    scheme: SchemeCode = None,
    unit: Annotated[str | None, typer.Option("--unit", help=_("只列这个单位（编码）。"))] = None,
    indicator: Annotated[str | None, typer.Option("--indicator", help=_("只列这个指标（编码）。"))] = None,
    scope: Annotated[Of, typer.Option("--scope", help=_("item 按目标任务列，unit 按单位列（单位等级）。"))] = Of.ITEM,
    form: FormatOption = Format.TABLE,
) -> None:
    """列出研判结果，按当时已知的数据和规则现算。"""
    from diaodu.actions.assess import assess

    with office(scheme) as (_settings, session, scheme_id), _in_force(as_of):
        assessment = assess(session, scheme_id, as_of.date(), moment(known_at))
    if scope is Of.UNIT:
        _show_units(_only(assessment, "unit", unit), as_of, form)
        return
    wanted = _only(_only(assessment, "unit", unit), "indicator", indicator)
    rows = [_told(row, wanted) for row in wanted.explained().iter_rows(named=True)]
    title = _("研判 截至 {day}").format(day=as_of.date().isoformat())
    if form is Format.TABLE:
        rows = [row | _printed(row) for row in rows]
    show(rows, COLUMNS if unit is None else COLUMNS | {"explanation": _("说明")}, form, title)


@app.command()
def explain(
    indicator: Annotated[
        str, typer.Argument(help=_("指标编码或名称；只写一个的，是单位，说明单位整体的研判。"), metavar=_("指标"))
    ],
    as_of: AsOf,
    unit: Annotated[str | None, typer.Argument(help=_("单位编码或名称。"), metavar=_("单位"))] = None,
    known_at: KnownAt = None,
    scheme: SchemeCode = None,
    form: Annotated[Told, typer.Option("--format", help=_("输出格式。"))] = Told.TEXT,
) -> None:
    """说明一项研判的来龙去脉：数字出处、各测度、每个等级符合与否、此前各期、依据的规则，以及为什么预警或不预警。"""
    from diaodu.actions.explaining import NoSuchTarget, explained
    from diaodu.actions.unit_explaining import NoUnitLevels, unit_explained
    from diaodu.cli import unit_verdict_view, verdict_view

    known = moment(known_at)
    with office(scheme) as (_settings, session, scheme_id), _in_force(as_of):
        about = (as_of.date(), known)
        try:
            if unit is None:
                whole = unit_explained(session, scheme_id, indicator, *about)
                data, lines = unit_verdict_view.as_data(whole, known), unit_verdict_view.lines(whole, known)
            else:
                found = explained(session, scheme_id, indicator, unit, *about)
                data, lines = verdict_view.as_data(found, known), verdict_view.lines(found, known)
        except NoSuchTarget as none:
            raise WrongInput(_("没有这个编码或名称：") + none.word + _("；现有：") + "、".join(none.known)) from None
        except NoUnitLevels:
            raise WrongInput(NO_UNIT_LEVELS) from None
        if form is Told.JSON:
            typer.echo(json.dumps(data, ensure_ascii=False, indent=1, default=str))
            return
        for line in lines:
            typer.echo(line)


@contextmanager
def _in_force(as_of: datetime) -> Iterator[None]:
    """Say so where no scheme is in force on the day, and end with exit code 2."""
    from diaodu.storage.scheme import SchemeNotInForce

    try:
        yield
    except SchemeNotInForce:
        raise WrongInput(_("这一天还没有生效的方案，或当时还不知道：") + as_of.date().isoformat()) from None


def _show_units(assessment: "Assessment", as_of: datetime, form: Format) -> None:
    """One row a unit; nothing where the policy has no levels for units."""
    policy = assessment.policy
    if policy is None or not policy.unit_levels:
        raise WrongInput(NO_UNIT_LEVELS)
    rows = [
        {
            "unit": each.standing.unit,
            "unit_name": each.standing.unit_name,
            "group": each.standing.group,
            "as_of": as_of.date(),
            "state": each.state,
            "level": each.level.code if each.level else None,
            "verdict": each.level.name if each.level else None,
            "severity": each.level.severity if each.level else None,
            "reason": each.reason,
            **{name: None if value is None else float(value) for name, value in each.values.items()},
            "explanation": each.explanation,
        }
        for each in assessment.units
    ]
    columns = {"unit_name": _("单位"), "group": _("分组"), "verdict": _("研判"), "explanation": _("说明")}
    show(rows, columns, form, _("单位研判 截至 {day}").format(day=as_of.date().isoformat()))


def _only(assessment: "Assessment", column: str, code: str | None) -> "Assessment":
    from dataclasses import replace

    if code is None:
        return assessment
    frame = assessment.frame
    found = frame.filter(frame[column] == code)
    if found.is_empty():
        known = "、".join(frame[column].unique(maintain_order=True)) or _("无")
        raise WrongInput(_("没有这个编码：") + code + _("；现有：") + known)
    units = tuple(each for each in assessment.units if column != "unit" or each.standing.unit == code)
    return replace(assessment, frame=found, units=units)


def _told(row: Mapping[str, Any], assessment: "Assessment") -> dict[str, Any]:
    """One verdict: quantities exactly, in measure units; shares and percentage points unrounded."""
    from diaodu.rules.measures import exact
    from diaodu.rules.standing import of_row

    standing, workdays = of_row(row), assessment.workdays
    shares = {name: exact(standing, name, workdays) for name in EXACT}
    return {
        **{name: row[name] for name in AS_THEY_ARE},
        "as_of": standing.as_of,
        "required_as_of": standing.required_as_of,
        "reported_as_of": standing.reported_as_of,
        "target": _quantity(standing.target),
        "planned": _quantity(exact(standing, "planned", workdays)),
        "actual": _quantity(standing.actual),
        **{name: None if value is None else float(value) for name, value in shares.items()},
        **{name: row[name] for name in DECIDED},
    }


def _printed(row: Mapping[str, Any]) -> dict[str, str]:
    """The numbers of a verdict as people read them."""
    from diaodu.rules.quantity import printed

    def points(name: str, factor: int, unit: str) -> str:
        return "—" if row[name] is None else printed(Fraction(row[name]) * factor, 1) + unit

    actual = row["actual"]
    return {
        "value": "—"
        if actual is None
        else printed(Fraction(actual), row["decimals"], grouped=True) + row["measure_unit"],
        "share": points("completion", 100, "%"),
        "gap": points("gap_pp", 1, ""),
        "verdict": row["level_name"] or STATES.get(row["state"], _("未设等级")),
    }


def _quantity(micro: Fraction | int | None) -> Decimal | float | None:
    """Millionths in measure units; what has no end as a decimal (a third of a year's target) as the nearest float."""
    from diaodu.rules.quantity import MICRO, plain

    if micro is None:
        return None
    exact = Fraction(micro)
    return Decimal(plain(exact.numerator)) if exact.denominator == 1 else float(exact / MICRO)
