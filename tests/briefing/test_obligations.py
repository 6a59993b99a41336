"""What a briefing says of units judged and warned as wholes, apart from their tasks."""

import json
from typing import Any

from diaodu.briefing.compose import compose
from diaodu.briefing.document import Paragraph
from diaodu.briefing.kind_folder import shipped
from tests.briefing.assessments import standing, stored


def facts_of_two() -> dict[str, Any]:
    units = [standing(target_id=n, unit=f"U{n}", unit_name=f"{n}县", actual=done) for n, done in enumerate((50, 100))]
    facts: dict[str, Any] = json.loads(stored(units))
    return facts


def told(facts: dict[str, Any]) -> str:
    blocks = compose(json.dumps(facts), 2, shipped("monthly")).document.blocks
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph))


def test_units_as_wholes_are_told_apart_from_their_tasks() -> None:
    facts = facts_of_two()
    warnings = facts["warnings"] | {"open": 2, "opened": 1, "closed": 0, "proposed": 1, "worsened": 0, "eased": 0}
    cards = (("黄牌", 1, ["甲县", "乙县"]), ("不亮牌", 0, ["丙县"]), ("红牌", 2, []))
    facts["whole_units"] = {
        "levels": [
            {"code": "c", "name": name, "colour": "red", "severity": severity, "count": len(units), "units": units}
            for name, severity, units in cards
        ],
        "waiting": 3,
        "warnings": warnings,
    }
    text = told(facts)
    assert "按单位整体研判，黄牌2家（甲县、乙县）、不亮牌1家、3家数据未齐暂不研判。" in text
    assert "未销号的单位预警2家，本期新发1家；另有1家待审核。" in text
    facts["whole_units"]["warnings"] = dict.fromkeys(warnings, 0)
    facts["whole_units"]["waiting"] = 0
    text = told(facts)
    assert "黄牌2家（甲县、乙县）、不亮牌1家。" in text
    assert "单位预警" not in text


def test_without_levels_for_units_the_facts_are_what_they_were() -> None:
    assert "whole_units" not in facts_of_two()
