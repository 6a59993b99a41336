"""What a form lets people type: the spreadsheet itself refuses what we would refuse, and says what is right."""

from typing import Any

from diaodu.language import _
from diaodu.rules.indicator import Kind
from diaodu.rules.quantity import LIMIT, plain
from diaodu.sources.form_item import Item
from diaodu.sources.heading import Column
from diaodu.sources.sheet import letter

TITLE, MESSAGE = 32, 255
"""What a spreadsheet has room for."""
MOST_CHOICES = 40
Rule = dict[str, Any]


def number_rule(item: Item, row: int, place: int) -> Rule:
    """Only numbers, within bounds, with the indicator's decimals; of a deliverable a choice of how many are done."""
    told = {
        "input_title": _short(item.name, TITLE),
        "input_message": _short(_right(item), MESSAGE),
        "error_title": _("请改一下这个数"),
        "error_message": _short(_right(item), MESSAGE),
    }
    if item.kind is Kind.DELIVERABLE and 0 < len(item.steps) < MOST_CHOICES:
        return told | {"validate": "list", "source": list(range(len(item.steps) + 1))}
    cell = f"{letter(place)}{row + 1}"
    lowest = -LIMIT if item.lowest is None else plain(item.lowest)
    highest = LIMIT if item.highest is None else plain(item.highest)
    checks = (f"ISNUMBER({cell})", f"{cell}>={lowest}", f"{cell}<={highest}", f"ROUND({cell},{item.decimals})={cell}")
    return told | {"validate": "custom", "value": f"=AND({','.join(checks)})"}


def text_rule(column: Column, item: Item) -> Rule | None:
    """Anything; a word on what belongs there only where it must not be left empty."""
    if column.key != "evidence" or not item.evidence_required:
        return None
    message = _("这项指标必须有佐证：") + column.note
    return {"validate": "any", "input_title": column.chinese, "input_message": _short(message, MESSAGE)}


def _right(item: Item) -> str:
    """What a number in this row has to be."""
    if item.kind is Kind.DELIVERABLE and item.steps:
        steps = "；".join(f"{number} {step}" for number, step in enumerate(item.steps, 1))
        return _("已完成几个节点，填 0 到 {most}。{steps}").format(most=len(item.steps), steps=steps)
    decimals = _("整数") if item.decimals == 0 else _("最多 {n} 位小数").format(n=item.decimals)
    said = _("只填数字，以“{unit}”计，{decimals}").format(unit=item.measure_unit, decimals=decimals)
    if item.lowest is not None:
        said += _("，不小于 {bound}").format(bound=plain(item.lowest))
    if item.highest is not None:
        said += _("，不大于 {bound}").format(bound=plain(item.highest))
    if item.measure_unit == "%":
        said += _("；85% 写 85，不写百分号")
    return said + _("。没有数就空着，零写 0。")


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
