"""Two versions of a policy, and what a person is told has changed."""

from dataclasses import replace
from typing import Any

import pytest

from diaodu.rules.addressee import Addressee
from diaodu.rules.dimension import Dimension
from diaodu.rules.duty import Duty, Interview, Terms, Visit
from diaodu.rules.level import Issue, Level, Policy, Release
from diaodu.rules.policy_change import changes
from diaodu.rules.routing import NoticeKind

YELLOW = Level("yellow", "黄灯", "yellow", 1, "gap_pp < -10", NoticeKind.WARNING, Issue.AUTOMATIC, 3, None)
RED = Level("red", "红灯", "red", 2, "gap_pp < -30", NoticeKind.SUPERVISION, Issue.AFTER_REVIEW, 5, None)
OLD = Policy("lamps", "红黄绿灯", "", "gap_pp", (RED, YELLOW))


def test_the_same_rules_have_not_changed() -> None:
    assert changes(OLD, OLD) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"when": "gap_pp <= -8"}, "“黄灯”的条件由“与序时差距（个百分点）<-10”改为“与序时差距（个百分点）≤-8”"),
        ({"name": "黄牌"}, "“黄牌”的名称由“黄灯”改为“黄牌”"),
        ({"notice": NoticeKind.REMINDER}, "“黄灯”的通知书由“预警通知单”改为“提醒函”"),
        ({"issue": Issue.AFTER_REVIEW}, "“黄灯”的发出方式由“自动发出”改为“审核后发出”"),
        ({"reply_workdays": 5}, "“黄灯”的回复时限由“3个工作日”改为“5个工作日”"),
        ({"unmet": "red"}, "“黄灯”的到期未完成转由“无”改为“red”"),
        ({"severity": 3}, "“黄灯”的轻重由“1”改为“3”"),
        ({"until": "gap_pp >= 0"}, "“黄灯”的解除条件由“无”改为“与序时差距（个百分点）≥0”"),
        ({"dwell": 2}, "“黄灯”的最短期数由“1期”改为“2期”"),
        ({"duty": Duty(signer="王某")}, "“黄灯”的签发人由“无”改为“王某”"),
        ({"duty": Duty(recipients=(Addressee.LEADER,))}, "“黄灯”的送达对象由“无”改为“领导”"),
        ({"duty": Duty(rectify_workdays=20)}, "“黄灯”的整改时限由“无”改为“20个工作日”"),
        ({"duty": Duty(interview=Interview("县领导", "局长"))}, "“黄灯”的约谈由“无”改为“县领导约谈局长”"),
        ({"duty": Duty(visit=Visit("考核办"))}, "“黄灯”的走访由“无”改为“考核办”"),
        ({"duty": Duty(visit=Visit("考核办", 3))}, "“黄灯”的走访由“无”改为“考核办，3个工作日内”"),
        (
            {"duty": Duty(terms=Terms(sign=2))},
            "“黄灯”的各环节时限由“无”改为“审核2个工作日、签收2个工作日、核验3个工作日”",
        ),
        ({"duty": Duty(withheld=True)}, "“黄灯”的通报由“无”改为“不通报”"),
        (
            {"release": Release.PERIODS, "release_periods": 2},
            "“黄灯”的解除方式由“数据好转即销号”改为“连续2期好转后销号”",
        ),
        ({"duty": Duty(points=500_000)}, "“黄灯”的扣分由“无”改为“0.5分”"),
        ({"duty": Duty(publicity="全县")}, "“黄灯”的通报由“无”改为“全县”"),
        ({"colour": "orange"}, "“黄灯”的颜色由“yellow”改为“orange”"),
    ],
)
def test_each_change_is_one_sentence(change: dict[str, Any], said: str) -> None:
    assert changes(OLD, replace(OLD, levels=(RED, replace(YELLOW, **change)))) == [said]


def test_levels_come_and_go() -> None:
    blue = Level("blue", "蓝灯", "blue", 3, None, NoticeKind.REMINDER, Issue.AUTOMATIC, 5, None)
    assert changes(OLD, replace(OLD, name="三色灯", levels=(RED, blue))) == [
        "名称由“红黄绿灯”改为“三色灯”",
        "取消等级“黄灯”（与序时差距（个百分点）<-10）",
        "新增等级“蓝灯”（由上一份通知书到期未完成而来）",
    ]


START = Dimension("start", "开工", categories=("开工",))
REST = Dimension("rest", "其他", others=True)


def test_dimensions_and_what_they_look_at_come_and_go() -> None:
    sided = replace(OLD, dimensions=(START, REST))
    assert changes(OLD, sided) == ["新增维度“开工”（指标类别 开工）", "新增维度“其他”（其余的目标任务）"]
    wider = replace(START, name="开竣工", categories=("开工", "竣工"), applies="actual > 0")
    assert changes(sided, replace(sided, dimensions=(wider,))) == [
        "取消维度“其他”（其余的目标任务）",
        "维度“开工”改称“开竣工”",
        "维度“开竣工”的范围由“指标类别 开工”改为“指标类别 开工、竣工，条件 完成值>0”",
    ]


def test_a_condition_of_one_dimension_is_told_with_its_name() -> None:
    before = replace(
        OLD, dimensions=(START,), levels=(replace(RED, when=None, by_dimension=(("start", "actual < 1"),)),)
    )
    after = replace(before, levels=(replace(RED, when=None, by_dimension=(("start", "actual < 2"),)),))
    assert changes(before, after) == ["“红灯”的条件由“开工：完成值<1”改为“开工：完成值<2”"]


def test_levels_of_units_are_told_as_such() -> None:
    card = replace(RED, name="红牌", when="items_at(2) >= 3", notice=None)
    assert changes(OLD, replace(OLD, unit_levels=(card,))) == ["新增单位等级“红牌”（等级为2的任务数（个）≥3）"]
    fewer = replace(card, when="items_at(2) >= 2")
    assert changes(replace(OLD, unit_levels=(card,)), replace(OLD, unit_levels=(fewer,))) == [
        "“红牌”的条件由“等级为2的任务数（个）≥3”改为“等级为2的任务数（个）≥2”"
    ]
