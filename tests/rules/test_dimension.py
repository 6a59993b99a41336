"""Targets looked at on several sides: the gravest side decides, and says which it was."""

from datetime import date
from typing import Any

import pytest

from diaodu.rules.frame import with_measures
from diaodu.rules.indicator import Kind
from diaodu.rules.policy import Policy, PolicyFaults, judge, read_policy
from diaodu.rules.verdict import Reason
from tests.rules.standings import WORKDAYS, frame_of, standing

TEXT = """\
name = "四个维度"

[[dimension]]
code = "start"
name = "开工"
kinds = ["deliverable"]

[[dimension]]
code = "progress"
name = "进度"
categories = ["投资", "产业"]

[[dimension]]
code = "payment"
name = "支付"
indicators = ["PAY", "PAY2"]
applies = "actual > 0"

[[level]]
code = "red"
name = "红灯"
colour = "red"
severity = 2
when.progress = "gap_pp < -30"
when.payment = "completion < 0.2"

[[level]]
code = "yellow"
name = "黄灯"
colour = "yellow"
severity = 1

[level.when]
start = "milestones_unmet > 0"
progress = "gap_pp < -10"

[[level]]
code = "praise"
name = "红榜"
colour = "purple"
severity = -1
when = { progress = "gap_pp >= 10", payment = "completion >= 1" }

[[level]]
code = "green"
name = "绿灯"
colour = "green"
severity = 0
when = "gap_pp >= -10"
"""
POLICY = read_policy(TEXT, "sides")
UNMET = {"milestones_due": 1, "first_unmet_due": date(2023, 10, 1)}

CASES: tuple[tuple[dict[str, Any], str | None, str | None], ...] = (
    # facts of a target of 120 of which 100 are due, level, side
    ({"category": "投资", "actual": 100}, "green", "progress"),
    ({"category": "投资", "actual": 88}, "green", "progress"),
    ({"category": "投资", "actual": "87.999999"}, "yellow", "progress"),
    ({"category": "产业", "actual": 50}, "red", "progress"),
    ({"category": "投资", "actual": 115}, "praise", "progress"),
    ({"indicator": "PAY", "actual": 20}, "red", "payment"),
    ({"indicator": "PAY", "actual": 24}, None, None),  # a side in which nothing holds says nothing
    ({"indicator": "PAY", "actual": 0}, None, None),  # not looked at in any: no green either, the gap is 83 points
    ({"indicator": "PAY2", "actual": 24}, None, None),
    ({"kind": Kind.DELIVERABLE, "actual": 100, **UNMET}, "yellow", "start"),
    ({"kind": Kind.DELIVERABLE, "actual": 100}, "green", "start"),
    # two sides at once: the gravest decides, of equals the first
    ({"kind": Kind.DELIVERABLE, "category": "投资", "actual": 60, **UNMET}, "red", "progress"),
    ({"kind": Kind.DELIVERABLE, "category": "投资", "actual": 80, **UNMET}, "yellow", "start"),
    ({"kind": Kind.DELIVERABLE, "category": "投资", "actual": 115}, "green", "start"),  # praise only where all praise
    ({"indicator": "PAY", "category": "投资", "actual": 120}, "praise", "progress"),
    # no side of its own: the levels for all of them
    ({"category": "其他", "actual": 100}, "green", None),
    ({"category": "其他", "actual": 10}, None, None),
    ({"category": None, "actual": 100}, "green", None),
)


@pytest.mark.parametrize(("facts", "level", "side"), CASES)
def test_the_gravest_side_decides(facts: dict[str, Any], level: str | None, side: str | None) -> None:
    row = judge(with_measures(frame_of([standing(**facts)]), WORKDAYS), POLICY, WORKDAYS).row(0, named=True)
    assert (row["level"], row["dimension"]) == (level, side)
    assert row["reason"] == (Reason.LEVEL_MATCHED if level else Reason.NO_LEVEL_MATCHED)


def test_many_targets_at_once_are_judged_as_each_alone() -> None:
    frame = with_measures(frame_of([standing(**facts) for facts, *_ in CASES]), WORKDAYS)
    judged = judge(frame, POLICY, WORKDAYS)
    assert judged.select("level", "dimension").rows() == [case[1:] for case in CASES]


def test_the_three_ways_of_writing_a_condition_by_side_are_one() -> None:
    red, yellow, praise, green = POLICY.levels
    assert red.by_dimension == (("progress", "gap_pp < -30"), ("payment", "completion < 0.2"))
    assert yellow.by_dimension == (("start", "milestones_unmet > 0"), ("progress", "gap_pp < -10"))
    assert praise.by_dimension == (("progress", "gap_pp >= 10"), ("payment", "completion >= 1"))
    assert (green.when, green.by_dimension) == ("gap_pp >= -10", ())


FAULTS = (
    # replaced, by, line, part of what was found, part of what would be right
    ('code = "start"\n', 'code = "开工"\n', 4, "code 写成了“开工”", "小写字母"),
    ('code = "payment"', 'code = "start"', 14, "code 与第4行重复：start", "每个维度"),
    ('kinds = ["deliverable"]', 'kinds = ["project"]', 6, "kinds 写成了", "deliverable"),
    ('kinds = ["deliverable"]', 'kinds = "deliverable"', 6, "kinds 写成了“deliverable”", '["…", "…"]'),
    ('indicators = ["PAY", "PAY2"]', "indicators = []", 16, "indicators 写成了“[]”", '["…", "…"]'),
    ('indicators = ["PAY", "PAY2"]', 'indicator = ["PAY"]', 16, "不认识的键“indicator”", "indicators"),
    ('applies = "actual > 0"', 'applies = "actul > 0"', 17, "没有“actul”这个测度", "应是 actual"),
    (
        'when.payment = "completion < 0.2"',
        'when.pay = "completion < 0.2"',
        25,
        "不认识的键“pay”",
        "start、progress、payment",
    ),
    (
        'when.payment = "completion < 0.2"',
        'when.payment = "completon < 0.2"',
        25,
        "没有“completon”这个测度",
        "completion",
    ),
    ('start = "milestones_unmet > 0"', "start = 3", 34, "start 不是文字", 'start = "…"'),
    ('start = "milestones_unmet > 0"', 'start = "unmet > 0"', 34, "没有“unmet”这个测度", "milestones_unmet"),
)


@pytest.mark.parametrize(("replaced", "by", "line", "found", "right"), FAULTS)
def test_a_fault_is_told_with_its_line(replaced: str, by: str, line: int, found: str, right: str) -> None:
    assert replaced in TEXT
    with pytest.raises(PolicyFaults) as refused:
        read_policy(TEXT.replace(replaced, by, 1), "sides")
    told = [fault for fault in refused.value.faults if found in fault.found]
    assert [fault.line for fault in told] == [line], str(refused.value)
    assert right in told[0].right


def policy_of(**levels: str) -> Policy:
    """Levels by code, each with the terms given, the first the gravest."""
    text = 'name = "x"\n'
    for severity, (code, terms) in zip(range(len(levels), 0, -1), levels.items(), strict=True):
        text += f'[[level]]\ncode = "{code}"\nname = "{code}"\ncolour = "red"\nseverity = {severity}\n{terms}\n'
    return read_policy(text, "x")


def test_a_policy_without_sides_names_none() -> None:
    judged = judge(with_measures(frame_of([standing()]), WORKDAYS), policy_of(late='when = "gap_pp < 0"'), WORKDAYS)
    assert judged.select("level", "dimension").row(0) == ("late", None)
