"""What `diaodu verdict explain UNIT` shows: the verdict on a whole unit laid open, for people and for programs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from diaodu.cli.verdict_view import INDENT, earlier, level_lines, minute, release_line, rules, standing, tried_data
from diaodu.language import _

if TYPE_CHECKING:
    from datetime import datetime

    from diaodu.actions.unit_explaining import UnitExplained
    from diaodu.rules.unit_standing import Item
    from diaodu.rules.unit_verdict import Supposed


def lines(found: "UnitExplained", known_at: "datetime") -> Iterator[str]:
    """The whole explanation, a line at a time."""
    unit = found.verdict.standing
    title = _("{unit}　单位整体　截至 {day}（已知至 {known}）")
    yield title.format(unit=unit.unit_name, day=unit.as_of, known=minute(known_at))
    yield found.verdict.explanation
    for heading, part in (
        (_("各项任务"), _items(found)),
        (_("测度"), _measures(found)),
        (_("各等级"), _levels(found)),
        (_("数据未齐"), _supposed(found)),
        (_("此前各期"), earlier(found.past, found.policy.unit_levels)),
        (_("依据的规则"), rules(found.version)),
        (_("预警"), _warning(found)),
    ):
        yield ""
        yield f"【{heading}】"
        yield from part


def as_data(found: "UnitExplained", known_at: "datetime") -> dict[str, Any]:
    """The same for programs; numbers as exact texts."""
    from dataclasses import asdict

    verdict, unit, version = found.verdict, found.verdict.standing, found.version
    return {
        "unit": unit.unit,
        "unit_name": unit.unit_name,
        "as_of": unit.as_of,
        "period": unit.period,
        "state": verdict.state,
        "reason": verdict.reason,
        "level": verdict.level.code if verdict.level else None,
        "level_name": verdict.level.name if verdict.level else None,
        "severity": verdict.level.severity if verdict.level else None,
        "explanation": verdict.explanation,
        "known_at": known_at,
        "items": [asdict(item) for item in unit.items],
        "values": {name: None if value is None else str(value) for name, value in verdict.values.items()},
        "tried": [tried_data(each) for each in found.tried],
        "supposed": [
            {"items": each.item_level, "others": each.is_others, "level": each.level.code if each.level else None}
            for each in verdict.supposed[1:]
        ],
        "release": found.release and tried_data(found.release),
        "past": found.past,
        "policy": version and version.model_dump(exclude={"id", "scheme_id", "document"}),
        "cause": found.cause,
        "warning": found.warning and {"id": found.warning.id, "state": found.warning.state},
    }


def _items(found: "UnitExplained") -> Iterator[str]:
    for item in found.verdict.standing.items:
        yield f"{INDENT}{item.name}：{_became(item)}"


def _became(item: "Item") -> str:
    """What became of an item: its level, or why it has none."""
    from flows.wording import called

    said = item.level or (_("未设等级") if item.state == "reported" else called(item.state))
    return said + (_("（豁免期内，不计）") if item.is_exempt else "")


def _measures(found: "UnitExplained") -> Iterator[str]:
    from diaodu.rules.measure_family import measure_of
    from diaodu.rules.trace import shown

    for name, value in found.verdict.values.items():
        if value is not None:
            yield f"{INDENT}{measure_of(name).chinese}　{shown(name, value)}　{name}"


def _levels(found: "UnitExplained") -> Iterator[str]:
    """Each level tried on what was reported; the first that holds decides where everything is there."""
    from diaodu.rules.verdict import Reason

    verdict = found.verdict
    for each in found.tried:
        decided = verdict.reason is Reason.LEVEL_MATCHED and verdict.level is each.level
        yield from level_lines(each, "", _("　← 据此研判") if decided else "")
    if found.release is not None:
        yield release_line(found.release, is_held=verdict.reason is Reason.HELD)


def _supposed(found: "UnitExplained") -> Iterator[str]:
    """What missing data could still make of it."""
    if len(found.verdict.supposed) == 1:
        yield INDENT + _("各项数据已齐")
    for each in found.verdict.supposed[1:]:
        yield f"{INDENT}{_if(each)}：{each.level.name if each.level else _('没有等级')}"


def _if(each: "Supposed") -> str:
    own = _("未齐的若都是{level}").format(level=each.item_level) if each.item_level else _("按已报的")
    return own + (_("，同组其他单位未齐的按最好或最差") if each.is_others else "")


def _warning(found: "UnitExplained") -> Iterator[str]:
    from diaodu.actions.wording import CAUSES

    yield INDENT + _("按现有数据：{cause}").format(cause=CAUSES[found.cause])
    yield INDENT + (standing(found.warning) if found.warning else _("这个单位从未作为整体预警"))
