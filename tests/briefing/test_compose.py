"""What a briefing says, in the set phrases of the trade, whatever the facts are; and that it says nothing else."""

import json
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diaodu.briefing.compose import UnsupportedText, compose, stray_numbers
from diaodu.briefing.document import Attachment, Chart, Document, Level, Paragraph, Table, Title, texts
from diaodu.briefing.kind_folder import shipped
from diaodu.briefing.passage import WRITERS
from diaodu.briefing.wording import Fact, Said
from diaodu.rules.measures import MEASURES
from diaodu.rules.ranking import RANKING_MEASURES, TiePolicy
from diaodu.rules.standing import Standing
from tests.briefing.assessments import standing, stored, zhejiang
from tests.rules.standings import schemes

MONTHLY = shipped("monthly")
REFUSED = re.compile(r"nan|None|inf|[\[\]{}]|(?<![\d.])0[家项件位]|、、|，，|；；|：。|：；|（）|，。|；。|《》")


def _document(facts: str) -> Document:
    return compose(facts, 2, MONTHLY).document


def _text(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def _units(*actuals: object, **changes: object) -> list[Standing]:
    """One indicator with target 120, and a unit for each amount done; 100 would be on schedule."""
    names = "甲乙丙丁戊己庚辛"
    return [
        standing(target_id=n, unit=f"U{n}", unit_name=f"{names[n]}县", actual=actual, **changes)
        for n, actual in enumerate(actuals)
    ]


def test_zhejiangs_november_is_told_as_the_province_did() -> None:
    text = _text(_document(stored(zhejiang())))
    for sentence in (
        "截至2023年11月30日，2023年浙江省中央水利投资计划执行共调度目标任务12项，涉及责任单位12家。",
        "总计目标708315万元，累计完成695475万元，完成率98.2%，高于序时进度6.5个百分点，较10月31日提高5.5个百分点。",
        "按此计算，本期序时进度为91.7%。",
        "数值相同的按计划表顺序连续编号",
        "位次上升的有中型灌区改造（上升8位）",
        "逾期未报送的单位有1家：水土流失治理。未报送不等于零进度",
        "按照《银川 红黄绿灯》研判，绿灯11项。",
    ):
        assert sentence in text


def test_what_a_source_owes_is_said_and_no_unit_is_blamed() -> None:
    owes = {"supplied_by": "统计局", "report_due": date(2023, 11, 7), "known_on": date(2023, 12, 1)}
    late = {**owes, "supplied_by": None}
    whole = "由数据源提供，截至印发尚未供完，非单位责任，缺数的任务不参与本期排名和研判。"
    silent = _text(_document(stored(_units(None, None, **owes))))
    assert "数据由数据源提供，尚未供数，没有进展可供研判。" in silent
    assert whole in silent
    assert "均已报送" not in silent
    assert "逾期未报送" not in silent
    partly = _text(_document(stored([*_units(100, **owes), *_units(None, None, **owes)[1:]])))
    assert "已报送1项，占50.0%；其余由数据源提供、尚未供数。" in partly
    mixed = _text(_document(stored([*_units(None, **late), *_units(None, None, **owes)[1:]])))
    assert "尚无进展可供研判：逾期未报送1项、其余由数据源提供、尚未供数。" in mixed
    assert "逾期未报送的单位有1家" in mixed
    assert whole in mixed


def test_sections_stand_in_the_order_of_the_trade() -> None:
    document = _document(stored(zhejiang()))
    headings = [b.text for b in document.blocks if isinstance(b, Paragraph) and b.level is Level.FIRST]
    assert headings == ["一、总体情况", "二、主要特点", "三、存在问题", "四、预警督办情况", "五、下步要求"]
    assert document.masthead.number == "第2期"
    assert [b for b in document.blocks if isinstance(b, Title)] == [
        Title(("关于2023年浙江省中央水利投资计划执行", "1—11月进展情况的通报"))
    ]


def test_the_attachment_numbers_ranked_units_and_shows_the_others() -> None:
    document = _document(stored(zhejiang()))
    table = next(b for b in document.blocks if isinstance(b, Table))
    numbers = [row.cells[0].text for row in table.rows]
    assert numbers == ["—", "—", *(str(n) for n in range(1, 12)), "—"]
    first, *_, last = table.rows
    assert (first.cells[1].text, first.strong) == ("总计", True)
    assert [c.text for c in last.cells] == ["—", "水土流失治理", "12718", "—", "—", "—", "—", "未报送"]
    assert table.note == "单位：万元；序时进度：91.7%；差距单位：百分点"


def test_the_chart_shows_the_ranked_units_and_the_schedule() -> None:
    chart = next(b for b in _document(stored(zhejiang())).blocks if isinstance(b, Chart))
    assert chart.mark == pytest.approx(1100 / 12)
    assert chart.mark_label == "序时进度91.7%"
    assert len(chart.bars) == 11
    assert "水资源节约与保护（95.3% ■绿灯）" in chart.alt


def test_a_warning_level_is_named_at_its_bar_and_marked_in_the_table() -> None:
    document = _document(stored(_units(100, 80, 30)))
    chart = next(b for b in document.blocks if isinstance(b, Chart))
    assert [bar.label for bar in chart.bars] == ["83.3% ■绿灯", "66.7% ▲黄灯", "25.0% ●红灯"]
    table = next(b for b in document.blocks if isinstance(b, Table))
    assert [row.cells[-1].text for row in table.rows] == ["■绿灯", "▲黄灯", "●红灯"]


def test_who_holds_a_level_that_the_policy_does_not_tell_is_not_named() -> None:
    facts = stored(_units(100, 65, 30), "wuhan")  # 全市通报 of 红牌 only
    document = _document(facts)
    table = next(b for b in document.blocks if isinstance(b, Table))
    chart = next(b for b in document.blocks if isinstance(b, Chart))
    assert "黄牌1项" in _text(document)
    assert "红牌：" in _text(document)
    assert "黄牌：" not in _text(document)
    assert not any("黄牌" in cell.text for row in table.rows for cell in row.cells)
    assert not any("黄牌" in bar.label for bar in chart.bars)
    told = {level["code"]: (level.get("publicity"), level.get("withheld")) for level in json.loads(facts)["levels"]}
    assert told["red"] == ("督导仍不力的，全市通报", None)
    assert told["yellow"] == (None, True)


def test_one_unit_is_not_ranked_against_nobody() -> None:
    document = _document(stored(_units(90)))
    text = _text(document)
    assert "较快" not in text
    assert "未达到序时进度的有1家：甲县（完成率75.0%，低于序时进度8.3个百分点）。" in text
    assert not any(isinstance(block, Chart) for block in document.blocks)


def test_when_nobody_lags_it_says_so_and_asks_nobody_to_catch_up() -> None:
    text = _text(_document(stored(_units(100, 110, 120))))
    assert "已报送并可比较的3项全部达到序时进度；已完成全部目标1项，占33.3%。" in text
    assert "没有滞后单位" in text
    assert "加快补齐差距" not in text


def test_when_everybody_lags_all_are_named_the_worst_first() -> None:
    text = _text(_document(stored(_units(80, 40, 60))))
    assert "已报送并可比较的3项均未达到序时进度。" in text
    named = re.search(r"未达到序时进度的有3家：(.*)。", text)
    assert named
    assert [name.split("（")[0] for name in named[1].split("；")] == ["乙县", "丙县", "甲县"]
    assert "巩固推进势头" not in text


def test_the_first_period_has_nothing_to_compare_with() -> None:
    first = _units(80, 90, previous_as_of=None, previous_actual=None, previous_target=None, previous_baseline=None)
    text = _text(_document(stored(first)))
    assert "本期为首期，没有上期数据可比。" in text
    assert "提高" not in text
    assert "较上期" not in text


def test_a_gap_that_rounds_to_nothing_is_said_in_words() -> None:
    text = _text(_document(stored(_units("99.99", "100.01"))))
    assert "甲县（完成率83.3%，略低于序时进度）" in text
    assert "0.0个百分点" not in text


def test_several_indicators_are_told_one_by_one_each_with_its_table() -> None:
    other = [
        replace(s, target_id=s.target_id + 10, indicator="I2", indicator_name="粮食产量", measure_unit="万吨")
        for s in _units(110, 50)
    ]
    document = _document(stored([*_units(80, 105), *other]))
    text = _text(document)
    assert "共调度指标2项、目标任务4项，涉及责任单位2家。" in text
    assert "重点项目投资：未达到序时进度的有1家：甲县" in text
    assert "粮食产量：未达到序时进度的有1家：乙县" in text
    assert [b.label for b in document.blocks if isinstance(b, Attachment)] == ["附件1", "附件2", "附件3"]
    assert sum(isinstance(b, Table) for b in document.blocks) == 3  # one below the bars
    chart = next(b for b in document.blocks if isinstance(b, Chart))
    assert [(bar.name, bar.label) for bar in chart.bars] == [("甲县", "50.0%"), ("乙县", "50.0%")]


def test_units_that_may_still_report_are_not_called_late() -> None:
    waiting = [replace(s, reported_as_of=date(2023, 9, 30)) for s in _units(80)]
    text = _text(_document(stored([*_units(None, 100)[1:], *waiting])))
    assert "截至印发尚有1家单位待报送：甲县。" in text
    assert "逾期未报送" not in text


def test_a_late_report_is_no_lag_and_no_zero() -> None:
    late = [replace(s, reported_as_of=None, actual=None, known_on=date(2023, 11, 8)) for s in _units(80)]
    text = _text(_document(stored([*late, *_units(None, 100, known_on=date(2023, 11, 8))[1:]])))
    assert "逾期未报送的单位有1家：甲县。" in text
    assert "没有滞后单位" in text


def test_those_who_reported_late_are_named_with_their_working_days() -> None:
    text = _text(_document(stored(_units(100, 80, 90), late={1: 3, 2: 1})))
    assert "各责任单位均已报送，没有逾期未报送的单位。\n迟报的单位有2家：乙县（3个工作日）、丙县（1个工作日）。" in text


def test_of_several_numbers_of_a_unit_the_latest_counts() -> None:
    other = [replace(s, target_id=9, indicator="other", indicator_name="其他") for s in _units(100)]
    text = _text(_document(stored([*_units(100, 80), *other], late={0: 1, 9: 4, 1: 2})))
    assert "迟报的单位有2家：甲县（2项，最迟4个工作日）、乙县（1项，最迟2个工作日）。" in text


def test_a_late_number_that_was_returned_is_missing_and_no_longer_late() -> None:
    silent = [replace(s, reported_as_of=None, actual=None, known_on=date(2023, 11, 8)) for s in _units(80)]
    text = _text(_document(stored([*silent, *_units(None, 100, known_on=date(2023, 11, 8))[1:]], late={0: 2})))
    assert "逾期未报送的单位有1家：甲县。" in text
    assert "迟报" not in text


def test_where_nobody_was_late_the_facts_are_what_they_were_before_it_was_told() -> None:
    facts = json.loads(stored(_units(100, 80)))
    assert "late" not in facts
    assert "迟报" not in _text(_document(json.dumps(facts)))


def test_without_a_policy_no_level_is_claimed() -> None:
    text = _text(_document(stored(_units(80, 90), policy=None)))
    assert "本期没有施行中的预警规则，未作等级研判。" in text


def test_the_hole_of_a_policy_is_told() -> None:
    assert "另有1项已报送但不在规则所列情形之内，未定等级。" in _text(_document(stored(_units(95, 100))))


def test_very_many_lagging_tasks_are_told_unit_by_unit() -> None:
    many = [
        standing(
            target_id=100 * i + u,
            indicator=f"I{i}",
            indicator_name=f"指标{i}",
            unit=f"U{u}",
            unit_name=f"单位{u}",
            actual=10,
        )
        for i in range(4)
        for u in range(10)
    ]
    text = _text(_document(stored(many)))
    assert "未达到序时进度的目标任务共40项，按单位分别为：单位0（4项）、" in text


def test_very_many_indicators_share_one_table() -> None:
    many = [
        standing(target_id=10 * i + u, indicator=f"I{i}", indicator_name=f"指标{i}", unit=f"U{u}", unit_name=f"单位{u}")
        for i in range(7)
        for u in range(2)
    ]
    document = _document(stored([replace(s, actual=s.actual and s.actual // (1 + s.target_id % 2)) for s in many]))
    table, _below_the_bars = [b for b in document.blocks if isinstance(b, Table)]
    assert [c.heading for c in table.columns][:3] == ["指标", "单位", "序号"]
    assert [c.text for c in table.rows[0].cells][:3] == ["指标0（亿元）", "单位0", "1"]
    assert len(table.rows) == 14
    assert "红灯：单位1（7项）。" in _text(document)


@pytest.mark.parametrize("tie", TiePolicy)
def test_the_tie_policy_is_printed(tie: TiePolicy) -> None:
    text = _text(_document(stored(_units(80, 80), tie=tie)))
    assert {TiePolicy.ORDINAL: "连续编号", TiePolicy.DENSE: "名次连续", TiePolicy.COMPETITION: "名次空出"}[tie] in text


@settings(max_examples=30)
@given(schemes(), st.sampled_from(["yinchuan", "wuhan", "sanya", None]), st.sampled_from(RANKING_MEASURES))
def test_every_number_has_a_fact_whatever_the_facts(scheme: list[Standing], policy: str | None, measure: str) -> None:
    scheme = [replace(s, target_id=n) for n, s in enumerate(scheme)]
    facts = stored(scheme, policy, ranking_measure=measure)
    composed = compose(facts, 1, MONTHLY)
    assert stray_numbers(composed, Fact(json.loads(facts))) == []
    for text in texts(composed.document):
        assert not REFUSED.search(text), text
    assert MEASURES[measure].chinese


@settings(max_examples=20)
@given(schemes(), st.data())
def test_a_number_changed_in_the_text_is_found(scheme: list[Standing], data: st.DataObject) -> None:
    facts = stored([replace(s, target_id=n) for n, s in enumerate(scheme)])
    composed = compose(facts, 1, MONTHLY)
    place = data.draw(st.sampled_from([n for n, said in enumerate(composed.said) if said.text]))
    said = list(composed.said)
    said[place] = Said(said[place].text + "98765.4321", said[place].sources)
    assert "98765.4321" in stray_numbers(replace(composed, said=tuple(said)), Fact(json.loads(facts)))


def test_a_text_with_a_number_of_its_own_is_not_issued(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diaodu.briefing.compose.WRITERS", {**WRITERS, "overview": lambda _: [Said("共31家。")]})
    with pytest.raises(UnsupportedText, match="31"):
        compose(stored(_units(80, 90)), 1, MONTHLY)


def test_shares_are_those_of_unrounded_figures() -> None:
    facts = json.loads(stored(zhejiang()))
    total = next(e for e in facts["indicators"][0]["entries"] if e["name"] == "总计")
    assert Fraction(total["completion"]) == Fraction(695475, 708315)
    assert Fraction(total["gap_pp"]) == (Fraction(695475, 708315) - Fraction(11, 12)) * 100
