"""Two versions of a policy, and what a person is told has changed."""

from dataclasses import replace
from typing import Any

import pytest

from diaodu.rules.level import Issue, Level, Policy
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
