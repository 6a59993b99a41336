"""Every verdict reads as one sentence a unit's head understands, and no printed number speaks against its meaning."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from diaodu.rules.explain import explain
from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.policy import UNJUDGED
from diaodu.rules.standing import Standing
from diaodu.rules.trajectory import Trajectory
from diaodu.rules.verdict import Reason, State, state_of
from tests.rules.standings import WORKDAYS, schemes, standing

FLAT = {"trajectory": Trajectory.FLAT}
RATE: dict[str, Any] = FLAT | {"kind": Kind.GROWTH, "indicator_name": "工业增加值增速", "measure_unit": "%"}
SHARE: dict[str, Any] = {"kind": Kind.RATIO, "indicator_name": "优良天数比率", "measure_unit": "%"}
CEILING: dict[str, Any] = {
    "direction": Direction.LOWER,
    "indicator_name": "能源消费总量",
    "measure_unit": "万吨",
    "target": 100,
}
CUT: dict[str, Any] = {"direction": Direction.LOWER, "indicator_name": "空置面积", "target": 60, "baseline": 100}
BAND: dict[str, Any] = {
    "direction": Direction.BAND,
    "kind": Kind.RATIO,
    "indicator_name": "负债率",
    "measure_unit": "%",
    "target": 40,
    "upper": 60,
}
PEOPLE: dict[str, Any] = {"kind": Kind.LEVEL, "indicator_name": "常住人口", "measure_unit": "万人", "target": 62}
PLACE: dict[str, Any] = FLAT | {
    "kind": Kind.RANK,
    "direction": Direction.LOWER,
    "indicator_name": "营商环境评价",
    "measure_unit": "位",
    "decimals": 0,
    "target": 3,
}
STEPS: dict[str, Any] = {"kind": Kind.DELIVERABLE, "indicator_name": "医院迁建", "milestones_due": 3}
JULY: dict[str, Any] = {"as_of": date(2023, 7, 31), "reported_as_of": date(2023, 7, 31)}
NEXT: dict[str, Any] = {"next_name": "前三季度", "next_due": date(2023, 9, 30), "next_planned": "43.4"}
YEAR_END: dict[str, Any] = {"as_of": date(2023, 12, 31), "reported_as_of": date(2023, 12, 31)}

JUDGED_REASONS = (Reason.LEVEL_MATCHED, Reason.NO_LEVEL_MATCHED, Reason.NO_POLICY)
JUDGED = (
    # facts of a target of 120 亿元 by months, at the end of October unless said; what the sentence says of them
    (
        JULY | NEXT | {"actual": "35.9", "target": "61.5"},
        "截至7月31日完成重点项目投资35.9亿元，为前三季度计划的82.7%，完成年度目标的58.4%，略高于序时进度",
    ),
    (
        NEXT | {"next_name": "主体封顶"},
        "截至10月31日完成重点项目投资80.0亿元，为“主体封顶”节点计划的184.3%，"
        "完成年度目标的66.7%，低于序时进度16.7个百分点",
    ),
    (
        NEXT | {"next_planned": 120},
        "截至10月31日完成重点项目投资80.0亿元，完成年度目标的66.7%，低于序时进度16.7个百分点",
    ),
    ({"actual": 99}, "截至10月31日完成重点项目投资99.0亿元，完成年度目标的82.5%，低于序时进度0.8个百分点"),
    ({"actual": 100}, "截至10月31日完成重点项目投资100.0亿元，完成年度目标的83.3%，与序时进度持平"),
    ({"actual": "99.99"}, "截至10月31日完成重点项目投资100.0亿元，完成年度目标的83.3%，略低于序时进度"),
    ({"actual": "99.94"}, "截至10月31日完成重点项目投资99.9亿元，完成年度目标的83.3%，低于序时进度0.1个百分点"),
    ({"actual": "100.01"}, "截至10月31日完成重点项目投资100.0亿元，完成年度目标的83.3%，略高于序时进度"),
    ({"actual": 64}, "截至10月31日完成重点项目投资64.0亿元，完成年度目标的53.3%，低于序时进度30.0个百分点"),
    ({"actual": "63.95"}, "截至10月31日完成重点项目投资64.0亿元，完成年度目标的53.3%，低于序时进度30.04个百分点"),
    ({"actual": "64.05"}, "截至10月31日完成重点项目投资64.1亿元，完成年度目标的53.4%，低于序时进度29.96个百分点"),
    ({"actual": "119.999"}, "截至10月31日完成重点项目投资120.0亿元，接近完成年度目标，高于序时进度16.7个百分点"),
    ({"actual": 120}, "截至10月31日完成重点项目投资120.0亿元，已完成年度目标，高于序时进度16.7个百分点"),
    ({"actual": "120.001"}, "截至10月31日完成重点项目投资120.0亿元，略超年度目标，高于序时进度16.7个百分点"),
    (
        {"actual": 130},
        "截至10月31日完成重点项目投资130.0亿元，完成年度目标的108.3%，已超额完成，高于序时进度25.0个百分点",
    ),
    ({"actual": 0}, "截至10月31日完成重点项目投资0.0亿元，完成年度目标的0.0%，低于序时进度83.3个百分点"),
    ({"target": 0}, "截至10月31日完成重点项目投资80.0亿元，年度目标为0.0亿元，不计算完成率"),
    ({"due": date(2024, 6, 30)}, "截至10月31日完成重点项目投资80.0亿元，完成目标任务的66.7%，高于序时进度11.1个百分点"),
    (
        {"indicator_name": "水利计划完成投资"},
        "截至10月31日水利计划完成投资80.0亿元，完成年度目标的66.7%，低于序时进度16.7个百分点",
    ),
    ({"indicator_name": "完成投资"}, "截至10月31日完成投资80.0亿元，完成年度目标的66.7%，低于序时进度16.7个百分点"),
    (YEAR_END, "截至12月31日完成重点项目投资80.0亿元，完成年度目标的66.7%，时限已到，尚差40.0亿元"),
    (YEAR_END | {"actual": 120}, "截至12月31日完成重点项目投资120.0亿元，已完成年度目标"),
    (
        YEAR_END | {"actual": "119.999"},
        "截至12月31日完成重点项目投资120.0亿元，接近完成年度目标，时限已到，与目标仅差毫厘",
    ),
    (
        {"as_of": date(2024, 1, 31)},
        "截至2023年10月31日完成重点项目投资80.0亿元，完成年度目标的66.7%，时限已到，尚差40.0亿元",
    ),
    (RATE | {"actual": "4.3", "target": "5.2"}, "截至10月31日工业增加值增速为4.3%，低于目标（5.2%）0.9个百分点"),
    (RATE | {"actual": "-1.5", "target": "5.2"}, "截至10月31日工业增加值增速为-1.5%，低于目标（5.2%）6.7个百分点"),
    (RATE | {"actual": "5.2", "target": "5.2"}, "截至10月31日工业增加值增速为5.2%，与目标（5.2%）持平"),
    (RATE | {"actual": "5.16", "target": "5.2"}, "截至10月31日工业增加值增速为5.2%，略低于目标（5.2%）"),
    (
        RATE | {"direction": Direction.LOWER, "actual": "4.3", "target": "5.2"},
        "截至10月31日工业增加值增速为4.3%，低于控制目标（5.2%）0.9个百分点",
    ),
    (
        SHARE | {"actual": 70, "target": 90},
        "截至10月31日优良天数比率为70.0%，完成年度目标（90.0%）的77.8%，低于序时进度5.6个百分点",
    ),
    (
        SHARE | FLAT | {"actual": 85, "target": 90},
        "截至10月31日优良天数比率为85.0%，完成年度目标（90.0%）的94.4%，尚差5.0个百分点",
    ),
    (
        PEOPLE | {"baseline": 61, "actual": "61.5"},
        "截至10月31日常住人口为61.5万人，完成年度目标增量的50.0%，低于序时进度33.3个百分点",
    ),
    (
        PEOPLE | {"baseline": 61, "actual": 60},
        "截至10月31日常住人口为60.0万人，未达到61.0万人的基数，低于序时进度183.3个百分点",
    ),
    (CEILING | {"actual": 85}, "截至10月31日能源消费总量为85.0万吨，为年度控制目标的85.0%，高于序时控制数1.7个百分点"),
    (CEILING | {"actual": 80}, "截至10月31日能源消费总量为80.0万吨，为年度控制目标的80.0%，低于序时控制数3.3个百分点"),
    (
        CEILING | YEAR_END | {"actual": 80},
        "截至12月31日能源消费总量为80.0万吨，为年度控制目标的80.0%，低于控制目标20.0个百分点",
    ),
    (CUT | {"actual": 85}, "截至10月31日空置面积为85.0亿元，完成年度压减目标的37.5%，低于序时进度45.8个百分点"),
    (BAND | {"actual": 50}, "截至10月31日负债率为50.0%，在40.0%至60.0%的目标区间之内"),
    (BAND | {"actual": 60}, "截至10月31日负债率为60.0%，在40.0%至60.0%的目标区间之内"),
    (BAND | {"actual": "60.04"}, "截至10月31日负债率为60.0%，略高于40.0%至60.0%的目标区间"),
    (BAND | {"actual": 39}, "截至10月31日负债率为39.0%，低于40.0%至60.0%的目标区间，超出1.0个百分点"),
    (PLACE | {"actual": 5}, "截至10月31日营商环境评价为第5位，未达到第3位的目标"),
    (PLACE | {"actual": 3}, "截至10月31日营商环境评价为第3位，达到第3位的目标"),
    (PLACE | {"actual": 1}, "截至10月31日营商环境评价为第1位，超过第3位的目标"),
    (STEPS | {"milestones_met": 3}, "截至10月31日医院迁建到期节点3个，完成3个"),
    (
        STEPS
        | NEXT
        | {
            "milestones_met": 2,
            "first_unmet_due": date(2023, 9, 30),
            "first_unmet_name": "可研批复",
            "next_name": "开工",
            "next_due": date(2023, 11, 30),
        },
        "截至10月31日医院迁建到期节点3个，完成2个，下一节点“开工”应于11月30日完成，“可研批复”应于9月30日完成，已逾期31天",
    ),
)


@pytest.mark.parametrize(("facts", "words"), JUDGED, ids=[words[6:30] for _, words in JUDGED])
def test_a_value_is_told_in_the_words_of_its_kind(facts: dict[str, Any], words: str) -> None:
    of = standing(**facts)
    assert explain(of, "黄灯", Reason.LEVEL_MATCHED, WORKDAYS) == f"{words}，亮黄灯。"
    assert explain(of, None, Reason.NO_LEVEL_MATCHED, WORKDAYS) == f"{words}，现行预警规则未设相应等级。"
    assert explain(of, None, Reason.NO_POLICY, WORKDAYS) == f"{words}，目前没有施行的预警规则。"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("黄灯", "亮黄灯"),
        ("红牌", "亮红牌"),
        ("橙色预警", "列为橙色预警"),
        ("蓝单", "列为蓝单"),
        ("一级", "列为一级"),
        ("正常", "研判为正常"),
    ],
)
def test_a_level_is_told_in_the_words_of_its_name(name: str, words: str) -> None:
    assert explain(standing(), name, Reason.LEVEL_MATCHED, WORKDAYS).endswith(f"，{words}。")


NOVEMBER: dict[str, Any] = {
    "as_of": date(2023, 11, 30),
    "required_as_of": date(2023, 11, 30),
    "report_due": date(2023, 12, 7),
}
NOTHING: dict[str, Any] = {"actual": None, "reported_as_of": None}

UNJUDGED_CASES = (
    (
        NOVEMBER | {"known_on": date(2023, 12, 12)},
        "截至11月30日未报送重点项目投资（应于12月7日前报送），最近一次数据为10月31日的80.0亿元。",
    ),
    (
        NOVEMBER | {"report_due": date(2024, 1, 8), "known_on": date(2024, 2, 1)},  # 2024 is not announced
        "截至11月30日未报送重点项目投资（应于2024年1月8日前报送，时限暂定），最近一次数据为10月31日的80.0亿元。",
    ),
    (
        NOVEMBER | NOTHING | {"known_on": date(2023, 12, 12)},
        "截至11月30日未报送重点项目投资（应于12月7日前报送），此前没有数据。",
    ),
    (
        NOVEMBER | {"known_on": date(2023, 12, 7)},
        "截至11月30日的重点项目投资待报送（12月7日前），最近一次数据为10月31日的80.0亿元。",
    ),
    (NOTHING | {"required_as_of": None, "report_due": None}, "重点项目投资尚无数据，未到报送时限。"),
    ({"target": None}, "重点项目投资未下达目标任务，不评价进度，最近一次数据为10月31日的80.0亿元。"),
    (NOTHING | {"target": None}, "重点项目投资未下达目标任务，不评价进度。"),
    (NOTHING | {"start": date(2024, 3, 1)}, "重点项目投资自2024年3月1日起计算进度，目前尚未开始。"),
)


@pytest.mark.parametrize(("facts", "sentence"), UNJUDGED_CASES)
def test_what_cannot_be_judged_says_why(facts: dict[str, Any], sentence: str) -> None:
    of = standing(**facts)
    assert explain(of, None, UNJUDGED[state_of(of)], WORKDAYS) == sentence


@given(schemes())
def test_any_standing_can_be_explained_in_one_sentence(all_of: list[Standing]) -> None:
    for of in all_of:
        state = state_of(of)
        for reason in JUDGED_REASONS if state is State.REPORTED else [UNJUDGED[state]]:
            sentence = explain(of, "黄灯" if reason is Reason.LEVEL_MATCHED else None, reason, WORKDAYS)
            assert sentence.endswith("。")
            assert "None" not in sentence
            assert not re.search(r"，，|[高低]于[^，]*(?<![\d.])0\.0个百分点|的100\.0%", sentence), sentence


def test_what_is_not_reported_is_told_alike_on_every_later_day() -> None:
    late = [standing(**NOVEMBER, known_on=day) for day in (date(2023, 12, 8), date(2023, 12, 29))]
    assert len({explain(of, None, Reason.NOT_REPORTED, WORKDAYS) for of in late}) == 1
