"""A paragraph that a person edited is held against the facts, number by number, as a composed one is."""

import json
from functools import cache

import pytest

from diaodu.briefing.compose import compose
from diaodu.briefing.document import Paragraph
from diaodu.briefing.edited import faults
from diaodu.briefing.figure import figures
from diaodu.briefing.kind_folder import shipped
from diaodu.briefing.view import view
from diaodu.briefing.wording import Fact
from tests.briefing.assessments import standing, stored, zhejiang
from tests.briefing.months import told


@cache
def _facts() -> Fact:
    return Fact(json.loads(stored(zhejiang())))


BORNE_OUT = (
    "截至2023年11月30日，总计目标708315万元，累计完成695475万元，完成率98.2%，高于序时进度6.5个百分点。",
    "总计完成695,475万元，即69.5亿元，占全年的98%。",
    "１—11月，总计完成率９８．２％。",
    "11月末，中小河流治理完成率99.54%，水资源节约与保护仅95.3%，两项均超过序时进度（91.7%）。",
    "共调度12项，1家未报送；绿灯十一项。",
    "各单位要以更大力度推进，一是抓进度，二是抓质量。",
    "By 30 November 2023 总计 stood at 98.2%, 6.5 percentage points ahead.",
)
STRANGE = (
    ("总计完成率98.3%。", ["98.3%"]),
    ("水资源节约与保护完成率98.2%。", ["98.2%"]),
    ("总计高于序时进度98.2个百分点。", ["98.2个百分点"]),
    ("总计完成695475亿元。", ["695475亿元"]),
    ("截至2023年12月8日，总计完成率98.2%。", ["2023年12月8日"]),
    ("共调度13项，涉及十三家。", ["13项", "13家"]),
    ("预计全年可完成99.9%，请于5个工作日内报送。", ["5个工作日"]),
)


@pytest.mark.parametrize("text", BORNE_OUT)
def test_what_the_facts_say_may_be_written_in_other_words(text: str) -> None:
    assert [str(fault) for fault in faults(text, _facts())] == []


@pytest.mark.parametrize(("text", "numbers"), STRANGE)
def test_a_number_that_no_fact_answers_for_is_named(text: str, numbers: list[str]) -> None:
    assert [fault.number for fault in faults(text, _facts())] == numbers


def test_the_nearest_facts_are_told_with_whose_they_are() -> None:
    (fault,) = faults("水资源节约与保护完成率95.8%。", _facts())
    assert [figure.text for figure in fault.nearest][:1] == ["95.3%"]
    assert "水资源节约与保护 中央水利投资计划完成投资 完成率 95.3%" in str(fault)


def test_a_name_with_a_digit_is_no_number() -> None:
    facts = Fact(json.loads(stored([standing(unit_name="第2小学", unit="S2")])))
    assert faults("第2小学完成率66.7%。", facts) == []
    assert [fault.number for fault in faults("第97小学完成率66.7%。", facts)] == ["97小"]


def test_every_paragraph_we_write_ourselves_is_borne_out() -> None:
    texts = [
        block.text
        for block in compose(_facts_text(), 2, shipped("monthly")).document.blocks
        if isinstance(block, Paragraph)
    ]
    assert [str(fault) for text in texts for fault in faults(text, _facts())] == []


def _facts_text() -> str:
    return stored(zhejiang())


def test_what_earlier_periods_and_moves_tell_of_a_unit_is_its_own() -> None:
    facts = view(told(10), shipped("monthly"))
    owners = {figure.owner for figure in figures(facts) if figure.path[0] in ("earlier", "course", "moves")}
    assert owners == {None, "高新区", "城东街道", "河口镇", "双塔乡"}
    nobodys = {f.name for f in figures(facts) if f.path[0] in ("course", "moves") and f.owner is None}
    assert nobodys == {"completion", "expected", "gap_pp"}
