"""What `diaodu verdict explain` shows: one verdict laid open, for people in 80 columns and for programs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from diaodu.language import _

if TYPE_CHECKING:
    from datetime import datetime

    from diaodu.actions.explaining import Explained
    from diaodu.rules.level import Level
    from diaodu.rules.trace import Term, Tried
    from models.lag_warning import LagWarning
    from models.policy_version import PolicyVersion

ANSWERS = {True: _("是"), False: _("否"), None: _("不详")}
INDENT = "    "
LATEST = 12
"""Earlier periods shown."""


def lines(found: "Explained", known_at: "datetime") -> Iterator[str]:
    """The whole explanation, a line at a time."""
    row = found.row
    title = _("{indicator}　{unit}　截至 {day}（已知至 {known}）")
    named = {"indicator": row["indicator_name"], "unit": row["unit_name"], "day": row["as_of"]}
    yield title.format(**named, known=minute(known_at))
    yield row["explanation"]
    for heading, part in (
        (_("数字来源"), _origin(found)),
        (_("应完成多少"), _plan(found)),
        (_("测度"), _measures(found)),
        (_("各等级"), _levels(found)),
        (_("此前各期"), earlier(found.past, found.policy.levels if found.policy else ())),
        (_("依据的规则"), rules(found.version)),
        (_("预警"), _warning(found)),
    ):
        yield ""
        yield f"【{heading}】"
        yield from part


def as_data(found: "Explained", known_at: "datetime") -> dict[str, Any]:
    """The same for programs; numbers as exact texts."""
    row, report, version = found.row, found.report, found.version
    keys = ("indicator", "indicator_name", "unit", "unit_name", "as_of", "state", "reason", "level", "level_name")
    return {
        **{name: row[name] for name in (*keys, "severity", "dimension", "explanation")},
        "known_at": known_at,
        "report": report and report.model_dump(exclude={"id", "target_id"}),
        "values": {name: None if value is None else str(value) for name, value in found.values.items()},
        "tried": [tried_data(each) for each in found.tried],
        "release": found.release and tried_data(found.release),
        "past": found.past,
        "policy": version and version.model_dump(exclude={"id", "scheme_id", "document"}),
        "cause": found.cause,
        "warning": found.warning and {"id": found.warning.id, "state": found.warning.state},
    }


def tried_data(each: "Tried") -> dict[str, Any]:
    terms = [{"words": term.words, "values": dict(term.values), "holds": term.holds} for term in each.terms]
    said = {"level": each.level.code, "name": each.level.name, "dimension": each.dimension or None}
    return said | {"condition": each.condition, "words": each.words, "holds": each.holds, "terms": terms}


def _origin(found: "Explained") -> Iterator[str]:
    from diaodu.rules import phrase

    report, standing = found.report, found.standing
    if report is None or standing.actual is None:
        yield INDENT + _("没有数据")
        return
    value = phrase.amount(standing, standing.actual)
    yield INDENT + _("{value}，截至 {day}").format(value=value, day=report.as_of)
    said = _("{person} 于 {when} 报入").format(person=report.recorded_by, when=minute(report.recorded_at))
    yield INDENT + said
    yield INDENT + _("出处：") + report.origin
    for label, text in ((_("进展："), report.note), (_("难题："), report.blocker), (_("佐证："), report.evidence)):
        if text:
            yield INDENT + label + text


def _plan(found: "Explained") -> Iterator[str]:
    from diaodu.actions.wording import TRAJECTORIES
    from diaodu.rules import phrase

    standing, planned = found.standing, found.values.get("planned")
    if standing.target is None or planned is None:
        yield INDENT + _("没有下达目标")
        return
    named = {"way": TRAJECTORIES[standing.trajectory], "start": standing.start, "due": standing.due}
    yield INDENT + _("{way}，{start} 至 {due}").format(**named)
    target = phrase.amount(standing, standing.target)
    due = phrase.amount(standing, planned * 1_000_000)
    base = _("，基数 {value}").format(value=phrase.amount(standing, standing.baseline)) if standing.baseline else ""
    yield INDENT + _("目标 {target}{base}，截至日应完成 {due}").format(target=target, base=base, due=due)


def _measures(found: "Explained") -> Iterator[str]:
    from rich.cells import set_cell_size

    from diaodu.rules.measure_family import measure_of
    from diaodu.rules.trace import shown

    none = [measure_of(name).chinese for name, value in found.values.items() if value is None]
    for name, value in found.values.items():
        if value is not None:
            yield f"{INDENT}{set_cell_size(measure_of(name).chinese, 22)}{set_cell_size(shown(name, value), 26)}{name}"
    if none:
        yield INDENT + _("无值：") + "、".join(none)


def _levels(found: "Explained") -> Iterator[str]:
    """Each level with its comparisons; the first that holds decides, side by side the gravest."""
    if not found.tried:
        yield INDENT + _("没有施行的规则")
    if found.row["state"] != "reported":
        yield INDENT + _("本期没有数据，各等级都不判")
    for each in found.tried:
        side = f"{each.dimension}·" if each.dimension else ""
        decides = _("　← 据此研判") if _decides(found, each) else ""
        yield from level_lines(each, side, decides)
    if found.release is not None:
        yield release_line(found.release, is_held=found.row["reason"] == "held")


def level_lines(each: "Tried", side: str, decides: str) -> Iterator[str]:
    """One level, and each comparison of its condition under it."""
    yield f"{INDENT}{side}{each.level.name}：{ANSWERS[each.holds]}　{each.words}{decides}"
    for term in each.terms:
        yield f"{INDENT * 2}{ANSWERS[term.holds]}　{term.words}　{_filled(term)}"


def release_line(release: "Tried", is_held: bool) -> str:
    """What releases the level of the period before; `is_held`: it stays because of that."""
    said = _("上期{level}的解除条件：{answer}　{words}")
    named = {"level": release.level.name, "answer": ANSWERS[release.holds], "words": release.words}
    return INDENT + said.format(**named) + (_("　← 据此研判") if is_held else "")


def _decides(found: "Explained", each: "Tried") -> bool:
    row, dimension = found.row, found.policy.dimension(found.row["dimension"]) if found.policy else None
    is_side = each.dimension == (dimension.name if dimension else "")
    return bool(each.holds and row["reason"] == "level_matched" and each.level.code == row["level"] and is_side)


def _filled(term: "Term") -> str:
    """（实为 -9.1%）, or each measure by name where there are several."""
    if len(term.values) == 1:
        return _("（实为 {value}）").format(value=term.values[0][1])
    return "（" + "、".join(f"{name} {value}" for name, value in term.values) + "）"


def earlier(past: "Sequence[Mapping[str, Any]]", levels: "Iterable[Level]") -> Iterator[str]:
    """The periods before, the newest first."""
    from diaodu.rules.verdict import Reason
    from flows.wording import called

    if not past:
        yield INDENT + _("没有更早的研判")
    names = {level.code: level.name for level in levels}
    for each in past[:LATEST]:
        level = names.get(each["level"], each["level"]) or called(Reason(each["reason"]))
        yield f"{INDENT}{each['period']}　{level}"


def rules(version: "PolicyVersion | None") -> Iterator[str]:
    """The revision of the rules that is in force."""
    if version is None:
        yield INDENT + _("没有施行的规则")
        return
    named = {"code": version.code, "n": version.revision, "day": version.effective_from}
    yield INDENT + _("{code} 第{n}版，{day} 起施行").format(**named)
    recorded = {"person": version.recorded_by, "when": minute(version.recorded_at)}
    yield INDENT + _("{person} 于 {when} 入库").format(**recorded)


def _warning(found: "Explained") -> Iterator[str]:
    from diaodu.actions.wording import CAUSES

    if found.cause is None:
        yield INDENT + _("没有施行的规则，不预警")
        return
    yield INDENT + _("按现有数据：{cause}").format(cause=CAUSES[found.cause])
    yield INDENT + (standing(found.warning) if found.warning else _("这项任务从未预警"))


def standing(warning: "LagWarning") -> str:
    """Where a warning stands, and where its life is told."""
    from diaodu.actions.wording import STATES

    named = {"n": warning.id, "state": STATES[warning.state], "day": warning.opened_as_of}
    return _("预警 {n} 始于 {day}，现为“{state}”；经过见 diaodu warning show {n}").format(**named)


def minute(at: "datetime") -> str:
    """A moment on the office's clock."""
    from diaodu.clock import OFFICE_ZONE

    return f"{at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
