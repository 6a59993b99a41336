"""What a briefing says of units judged and warned as wholes, apart from their tasks."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from diaodu.briefing.compose import compose
from diaodu.briefing.document import Paragraph
from diaodu.briefing.kind_folder import shipped
from diaodu.briefing.outstanding import obligations
from diaodu.briefing.tally import Line
from diaodu.rules.duty import STANDARD
from diaodu.rules.level import Level
from diaodu.rules.verdict import State
from diaodu.rules.warning import WarningState
from diaodu.storage.background import WarningPlace
from tests.briefing.assessments import WORKDAYS, standing, stored
from tests.rules.lamps import RED


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


def test_a_deadline_in_a_briefing_is_counted_in_the_terms_of_its_level() -> None:
    """Signing may take five working days by this level, where the standard is one."""
    place = WarningPlace(0, "U0", WarningState.ISSUED, "red", date(2023, 11, 1), date(2023, 11, 20), None, None, False)
    lines = [Line(standing(target_id=0, unit="U0", unit_name="甲县", actual=50), {}, State.REPORTED, *[None] * 5)]

    def due(level: Level, one: WarningPlace = place) -> str | None:
        found = obligations([one], lines, {"red": level}, date(2023, 11, 2), WORKDAYS)
        return found.items[0].due if found else None

    patient = replace(RED, duty=replace(RED.duty, terms=replace(STANDARD, sign=5)))
    assert due(RED) == "2023-11-02"
    assert due(patient) == "2023-11-08"
    planless = replace(place, state=WarningState.PLANNED, reply_due=None, rectify_due=date(2023, 11, 30))
    assert due(RED, planless) == "2023-11-30"


def test_revised_rules_are_told_so_that_nobody_compares_two_rulers() -> None:
    facts = facts_of_two()
    assert "修订" not in told(facts)
    facts["rules_since"] = "2023-10-01"
    assert "预警规则已有修订，自2023年10月1日起施行，本期按修订后的规则研判" in told(facts)
    blocks = compose(json.dumps(facts), 2, shipped("english")).document.blocks
    assert "The rules were revised with effect from 1 October 2023" in "".join(
        block.text for block in blocks if isinstance(block, Paragraph)
    )
