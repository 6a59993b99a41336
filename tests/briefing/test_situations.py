"""What a briefing says where an office would notice: read aloud once, and kept."""

import json
from functools import cache

import pytest

from diaodu.briefing.compose import compose
from diaodu.briefing.document import Paragraph
from diaodu.briefing.facts import canonical
from diaodu.briefing.gather import gather
from diaodu.briefing.kind_folder import shipped
from diaodu.briefing.outstanding import confined
from tests.briefing.assessments import KNOWN_AT, QUIET, assessed
from tests.briefing.situations import SITUATIONS, units

MONTHLY = shipped("monthly")
BUSY = "a long lag, corrected figures, blockers and overdue warnings"
SAID = {
    "ordinary": (
        "按完成率比较，进展较快的有甲县（91.7%）、乙县（86.7%）、丙县（81.7%）；进展较慢的有丁县（75.0%）、戊县（62.5%）、己县（50.0%）。",
        "完成率提高较多的有甲县（提高29.2个百分点，本期完成35.0亿元）、",
        "；下降的有己县（下降12.5个百分点，累计数减少15.0亿元）。",
        "截至2023年12月5日，未销号预警3件；本期新发2件、升级1件、销号1件。",
    ),
    "ties at both ends": (
        "进展较快的有甲县、乙县、丙县等7家（均为91.7%）；进展较慢的有癸县（75.0%）、子县（75.0%）、丑县（75.0%）。",
        "丙县（提高29.2个百分点，本期完成35.0亿元）等。",
    ),
    "everybody equal": (
        "各单位完成率均为75.0%。",
        "没有任务列入各等级。其中3项已报送但不在规则所列情形之内，未定等级。",
    ),
    "one unit": ("已报送并可比较的1项未达到序时进度。", "没有可以同组比较的单位，不作横向比较。", "责任单位已报送。"),
    "nobody lags": ("进展较快的有甲县（98.3%）、乙县（91.7%）；进展相对较慢的有丙县（87.5%）、丁县（84.2%）。",),
    "everybody lags": ("进展相对较快的有甲县（79.2%）、乙县（66.7%）；进展较慢的有丙县（51.7%）、丁县（33.3%）。",),
    "everything complete": (
        "各单位均已完成全部目标。",
        "一是巩固完成成果。各单位要做好收尾和佐证归档，确保成果经得起检验。",
    ),
    "many complete": (
        "已完成全部目标的有21家：甲县、",
        "其余单位中，进展较快的有亥县（99.2%）、天县（97.5%）、地县（95.8%）；",
    ),
    "all but one complete": ("；尚未完成的是戊县（99.2%）。",),
    "first period": ("本期为首期，没有上期数据可比。",),
    "revised targets": (
        "甲县（提高25.6个百分点，本期完成25.0亿元，目标有调整）",
        "下降的有丙县（下降15.0个百分点，目标有调整）。",
        "本期调整目标的有：甲县（由130.0亿元调整为120.0亿元）、丙县（由100.0亿元调整为120.0亿元）。",
        "本期调整口径的指标有：重点项目投资，前后期数据不完全可比。",
    ),
    "all awaited": ("目前均在报送期内，尚无进展可供研判。", "没有已报送的任务可供按照《银川 红黄绿灯》研判。"),
    "all silent": ("目标任务均逾期未报送，没有进展可供研判。", "逾期未报送的单位有2家：甲县、乙县。"),
    "nothing planned yet": ("按此计算，本期尚无应完成的进度。", "完成率下降的有乙县"),
    "zero target": ("本期没有可与序时进度比较的数据。", "本期没有可以排名的单位。"),
    "no policy": ("本期没有施行中的预警规则，未作等级研判。",),
    "no ranked units": ("甲县目标120.0亿元，累计完成104.0亿元，完成率86.7%，高于序时进度3.3个百分点，",),
    "no target set": ("目标任务均未设目标，不作研判。", "本期没有需要报送的任务。"),
    "standstill": ("各项完成率均无变化。", "各单位位次均未变化。"),
    BUSY: (
        "甲县（提高6.7个百分点，本期完成8.0亿元，上期数有更正）",
        "上期通报后更正数据的有：甲县（由70.0亿元更正为72.0亿元），本期按更正后的数据比较。",
        "连续3期未达到序时进度的有甲县、乙县。",
        "到期未完成的节点有2个：甲县“基础完工”（9月15日到期）；乙县“基础完工”（9月15日到期）。",
        "迟报的单位有1家：丙县（2个工作日）。",
        "未销号预警3件，其中待签收1件、待报整改计划1件、待核验1件；本期新发1件、单位作出回应2件。",
        "逾期未按预警要求办理的有3件：甲县（黄灯，应于11月2日前签收，已逾期23个工作日）；"
        "丙县（单位整体，黄灯，应于11月2日前签收，已逾期23个工作日）；",
        "待会办的难题有1件：乙县反映“征地尚有12户，未签约”。",
        "四是推动难题会办。",
        "2023年11月30日前到期的节点有3个：甲县“主体封顶”（11月15日到期，计划累计108.0亿元）；",
    ),
    "several indicators": ("规上工业增加值增速：上升的有甲县（上升0.5个百分点）；下降的有乙县（下降1.0个百分点）。",),
    "many indicators": ("完成率提高较多的有甲县（指标辛，提高40.0个百分点，本期完成48.0亿元）、",),
}
UNSAID = {
    "one unit": ("较快", "均未"),
    "nobody lags": ("较慢的有甲", "补齐差距"),
    "everybody lags": ("，进展较快", "巩固推进势头"),
    "everything complete": ("较慢", "紧盯后续节点"),
    "first period": ("提高", "下降"),
    "all awaited": ("逾期未报送", "没有滞后单位", "均已报送"),
    "no target set": ("均已报送",),
    "zero target": ("较快",),
}


@cache
def _text(name: str) -> str:
    document = compose(SITUATIONS[name](), 1, MONTHLY).document
    return "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def test_every_situation_has_something_it_must_say() -> None:
    assert set(SAID) == set(SITUATIONS)
    assert set(UNSAID) <= set(SITUATIONS)


@pytest.mark.parametrize("name", SAID)
def test_it_reads_as_the_trade_would_write_it(name: str) -> None:
    assert [sentence for sentence in SAID[name] if sentence not in _text(name)] == []
    assert [words for words in UNSAID.get(name, ()) if words in _text(name)] == []


def test_what_stands_open_is_confined_to_a_theme_and_counted_again() -> None:
    facts = json.loads(SITUATIONS[BUSY]())
    same, none = confined(facts, {"I1"}), confined(facts, {"I9"})
    whole = [one for one in facts["obligations"]["items"] if one["indicator"] is None]
    assert [one["unit_name"] for one in whole] == ["丙县"]
    of_tasks = [one for one in facts["obligations"]["items"] if one not in whole]
    facts["obligations"] |= {"items": of_tasks, "overdue": 2}
    assert same == {name: facts[name] for name in same}
    assert none == dict.fromkeys(same)


def test_a_quiet_first_period_has_only_the_facts_that_were_told_before() -> None:
    """Briefings issued before all this was told compose still; nothing is put into facts where there is nothing."""
    first = units(105, 110, previous_as_of=None, previous_actual=None, previous_target=None, previous_baseline=None)
    facts = json.loads(canonical(gather(assessed(first), first[0].as_of, KNOWN_AT, QUIET, {})))
    assert not {"unmet", "coming", "blockers", "obligations", "late"} & set(facts)
    assert not {"since", "streak"} & set(facts["indicators"][0]["entries"][0])
    del facts["indicators"][0]["leagues"]
    old = "\n".join(b.text for b in compose(json.dumps(facts), 1, MONTHLY).document.blocks if isinstance(b, Paragraph))
    assert "进展较快的有乙县（91.7%）；进展相对较慢的有甲县（87.5%）。" in old
