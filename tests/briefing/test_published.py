"""A level that a policy withholds is counted in what is published; whose it is stands in that unit's own sheet only."""

import json
from typing import Any

import pytest

from diaodu.briefing.compose import compose
from diaodu.briefing.document import Document, Table, strings
from diaodu.briefing.kind_folder import shipped, themed
from diaodu.briefing.published import published
from tests.briefing import district

UNIT_CARD = {"code": "card", "name": "挂牌", "colour": "red", "severity": 2, "count": 1, "units": ["双塔乡"]}


def _withheld(*codes: str, **more: Any) -> str:
    """The district's facts, its policy telling nobody who has these levels."""
    facts = json.loads(district.facts()) | more
    for level in facts["levels"]:
        level.update({"withheld": True} if level["code"] in codes else {})
    return json.dumps(facts)


def _document(facts: str, code: str, unit: str | None = None) -> Document:
    return compose(facts, 12, themed(shipped(code), code), unit=unit).document


def _supervised(document: Document) -> list[str]:
    """The units that the table of warnings names."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [row.cells[1].text for table in tables if table.columns[4].heading == "状态" for row in table.rows]


def test_the_table_of_warnings_leaves_them_out() -> None:
    assert _supervised(_document(district.facts(), "monthly")) == ["河口镇", "河口镇", "经开区", "双塔乡"]
    assert _supervised(_document(_withheld("red"), "monthly")) == ["河口镇", "双塔乡"]


@pytest.mark.parametrize("code", ["monthly", "english"])
def test_a_card_is_counted_and_not_given_a_name(code: str) -> None:
    whole = {"waiting": 0, "warnings": dict.fromkeys(json.loads(district.facts())["warnings"], 0)}
    told, kept = (
        strings(_document(_withheld(whole_units=whole | {"levels": [UNIT_CARD | card]}), code).blocks)
        for card in ({}, {"withheld": True})
    )
    sentence = next(text for text in told if "挂牌" in text)
    assert "双塔乡" in sentence
    assert next(text for text in kept if "挂牌" in text) == sentence.replace("（双塔乡）", "").replace(" (双塔乡)", "")


def test_who_is_overdue_is_not_named() -> None:
    item = {
        "unit": "U3",
        "unit_name": "河口镇",
        "indicator": "invest",
        "indicator_name": "固定资产投资",
        "level": "红灯",
    }
    item |= {"leg": "sign", "due": "2023-11-01", "workdays": 3, "answered": False}
    life = dict.fromkeys(("sign", "plan", "evidence", "verify", "exempted", "answered"), 0)
    late = life | {"sign": 1, "overdue": 1, "items": [item]}
    (sentence,) = (
        text for text in strings(_document(_withheld("red", obligations=late), "monthly").blocks) if "逾期未按" in text
    )
    assert "逾期未按预警要求办理的有1件。" in sentence
    assert "河口镇" in "".join(strings(_document(_withheld(obligations=late), "monthly").blocks))


def test_no_movement_tells_of_a_withheld_level_on_either_side() -> None:
    facts = json.loads(_withheld("red"))
    entry = facts["indicators"][0]["entries"][0]
    entry |= {"level": "green", "since": {"level": "红灯", "severity": 3}}
    told = published(facts)["indicators"][0]["entries"][0]
    assert told["since"] == {"level": None, "severity": None}


def test_a_units_own_sheet_tells_what_it_has() -> None:
    text = "".join(strings(_document(_withheld("red"), "unit", "U3").blocks))
    assert "红灯" in text


def test_where_nothing_is_withheld_the_facts_are_the_same() -> None:
    facts = json.loads(district.facts())
    assert published(facts) is facts
