"""Published schemes as policy files, line by line: what each place wrote, and what its file makes of it.

Unless a row says otherwise the target is 120 by months at the end of October 2023, when 100 are due.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from diaodu.rules.indicator import Kind
from diaodu.rules.level import Policy, Release
from diaodu.rules.policy import read_policy
from diaodu.rules.trajectory import Trajectory
from diaodu.rules.unit_standing import unit_standings
from diaodu.rules.unit_verdict import judge_units
from tests.rules.judging import judged
from tests.rules.standings import standing

FILES = Path(__file__).parents[2] / "templates" / "policies"
POLICIES = {path.stem: read_policy(path.read_text(encoding="utf-8"), path.stem) for path in FILES.glob("*.toml")}


def unmet(since: date) -> dict[str, Any]:
    return {"milestones_due": 1, "milestones_met": 0, "first_unmet_due": since}


MET = {"milestones_due": 1, "milestones_met": 1, "actual": 100}
SEPTEMBER = {"as_of": date(2023, 9, 30), "required_as_of": date(2023, 9, 30), "reported_as_of": date(2023, 9, 30)}
START, STORED, PAID = {"category": "开工"}, {"category": "入库"}, {"category": "资金支付"}
MONTHLY = {"category": "月度任务", "previous_as_of": date(2023, 9, 30), "previous_actual": 60}
GROWTH = {"kind": Kind.GROWTH, "trajectory": Trajectory.FLAT, "target": 7}

Row = tuple[str, Mapping[str, Any], Sequence[str | None], str | None]
ROWS: dict[str, tuple[Row, ...]] = {
    "yinchuan": (
        # what was published, facts, levels of the months before, level
        ("完成序时：绿灯", {"actual": 100}, (), "green"),
        ("低于序时不到10个百分点：原文的空档", {"actual": "88.000001"}, (), None),
        ("低于序时10个百分点（含）：黄灯", {"actual": 88}, (), "yellow"),
        ("低于序时30个百分点（含）：黄灯", {"actual": 64}, (), "yellow"),
        ("超过30个百分点：红灯", {"actual": "63.999999"}, (), "red"),
        ("计划当月应开未开：黄灯", {**START, **unmet(date(2023, 10, 31))}, (), "yellow"),
        ("应开未开第2个月：黄灯", {**START, **unmet(date(2023, 9, 30))}, ("yellow",), "yellow"),
        ("连续3个月：红灯", {**START, **unmet(date(2023, 8, 31))}, ("yellow", "yellow"), "red"),
        ("中间一月没有报送，不算连续断开", {**START, **unmet(date(2023, 8, 1))}, ("yellow", None, "yellow"), "red"),
        ("中间开过工：重新算起", {**START, **unmet(date(2023, 8, 1))}, ("yellow", "green", "yellow"), "yellow"),
        ("已开工：绿灯，进度另按别的指标", {**START, **MET, "actual": 1}, (), "green"),
        ("开工后1个月未入库：黄灯", {**STORED, **unmet(date(2023, 9, 30))}, (), "yellow"),
        ("开工未满1个月：绿灯", {**STORED, **unmet(date(2023, 10, 1))}, (), "green"),
        ("超2个月未入库：红灯", {**STORED, **unmet(date(2023, 8, 31))}, (), "red"),
        ("差一天满2个月：黄灯", {**STORED, **unmet(date(2023, 9, 1))}, (), "yellow"),
        ("支付低于要求：红灯", {**PAID, "actual": "99.999999"}, (), "red"),
        ("支付达到要求：绿灯", {**PAID, "actual": 100}, (), "green"),
    ),
    "sanya": (
        ("达到序时：绿牌", {"actual": 100}, (), "green"),
        ("低于序时50%以内（含）：黄牌", {"actual": 50}, (), "yellow"),
        ("低于50%以上：红牌", {"actual": "49.999999"}, (), "red"),
        ("连续2次黄牌：升级约谈", {"actual": 99}, ("yellow",), "yellow_again"),
        ("上次绿牌：不算连续", {"actual": 99}, ("yellow", "green"), "yellow"),
        ("上次红牌：本次黄牌不算连续两次黄牌", {"actual": 99}, ("red",), "yellow"),
        ("区完成月度任务：绿牌", {**MONTHLY, "actual": 70}, ("yellow",), "green"),
        ("区未完成：黄牌", {**MONTHLY, "actual": "69.999999"}, (), "yellow"),
        ("连续两个月未完成：红牌", {**MONTHLY, "actual": "69.999999"}, ("yellow",), "red"),
        ("上月完成：不算连续", {**MONTHLY, "actual": 60}, ("yellow", "green"), "yellow"),
    ),
    "huating": (
        ("按时限、达序时：正常", {"actual": 100}, (), "normal"),
        ("进度不符：蓝单", {"actual": "99.999999"}, (), "blue"),
        ("未按时限开工：蓝单", {"actual": 120, **unmet(date(2023, 10, 30))}, (), "blue"),
    ),
    "songyang": (
        ("月度达标：正常", {"actual": 100}, (), "normal"),
        ("月度不达标：黄灯", {"actual": "99.999999"}, (), "yellow"),
        ("未完成季度目标：红灯", {**SEPTEMBER, "actual": "89.999999"}, (), "red"),
        ("完成季度目标：正常", {**SEPTEMBER, "actual": 90}, (), "normal"),
    ),
    "dengzhou": (
        ("未到期：交办", {"actual": 0}, (), "assigned"),
        ("到期未完成：催办单", unmet(date(2023, 10, 31)), (), "press"),
        ("到期已完成：交办", MET, (), "assigned"),
    ),
    "xuancheng": (
        ("1—11月占比达91.7%（11/12）", {**SEPTEMBER, "actual": 90}, (), "on_schedule"),
        ("占比低于序时", {**SEPTEMBER, "actual": "89.999999"}, (), "behind"),
        ("增幅达到目标", {**GROWTH, "actual": 7}, (), "on_schedule"),
        ("增幅低于目标", {**GROWTH, "actual": "6.999999"}, (), "behind"),
    ),
    "jinzhai": (
        ("欠进度", {"actual": "99.999999"}, (), "behind"),
        ("达进度", {"actual": 100}, (), "on_schedule"),
        ("达进度，差一点超进度", {"actual": "111.999999"}, (), "on_schedule"),
        ("超进度", {"actual": 112}, (), "ahead"),
        ("超进度，差一点完成", {"actual": "119.999999"}, (), "ahead"),
        ("提前完成", {"actual": 120}, (), "done"),
        ("其它：没有可比数", {"actual": 0, "target": 0}, (), None),
    ),
    "hainan": (
        ("按节点：绿", {"actual": 100}, (), "green"),
        ("节点到期未完成：黄", unmet(date(2023, 10, 30)), (), "yellow"),
        ("差一天满1个月：黄", unmet(date(2023, 10, 1)), (), "yellow"),
        ("严重滞后：红", unmet(date(2023, 9, 30)), (), "red"),
    ),
}


@pytest.mark.parametrize(
    ("name", "facts", "past", "level"),
    [pytest.param(name, *row[1:], id=f"{name}: {row[0]}") for name, rows in ROWS.items() for row in rows],
)
def test_a_published_rule(name: str, facts: dict[str, Any], past: Sequence[str | None], level: str | None) -> None:
    assert judged([standing(**facts)], POLICIES[name], past)["level"].to_list() == [level]


def test_xuancheng_in_november_asks_for_eleven_twelfths() -> None:
    november = date(2023, 11, 30)
    day = {"as_of": november, "required_as_of": november, "reported_as_of": november}
    found = judged([standing(**day, actual=110), standing(**day, actual="109.999999")], POLICIES["xuancheng"])
    assert found["level"].to_list() == ["on_schedule", "behind"]


@pytest.mark.parametrize(
    ("actuals", "levels"),
    [
        # 未达序时且排名靠后（后3名）：红；未达序时：黄（一般）；达到序时：蓝（较好），排在后3名也是
        ((90, 80, 70, 60, 50), ["yellow", "yellow", "red", "red", "red"]),
        ((130, 120, 110, 100, 99), ["blue", "blue", "blue", "blue", "red"]),
    ],
)
def test_longxian_red_is_behind_and_among_the_last_three(actuals: Sequence[int], levels: list[str]) -> None:
    units = [standing(target_id=n, unit=f"U{n}", actual=actual) for n, actual in enumerate(actuals)]
    assert judged(units, POLICIES["longxian"])["level"].to_list() == levels


def test_blue_praises_in_longxian_and_warns_in_sanming() -> None:
    blue = {name: next(level for level in POLICIES[name].levels if level.colour == "blue") for name in POLICIES_OF_BLUE}
    assert (blue["longxian"].severity, blue["sanming"].severity) == (-1, 1)


POLICIES_OF_BLUE = ("longxian", "sanming")


@pytest.mark.parametrize(
    ("judgement", "level"),
    [(None, "blue"), (1, "blue"), (2, "orange"), (3, "red")],
    ids=["进展缓慢：蓝单", "一般情形：蓝单", "重大、紧急、批示件：直接发橙单", "特事特办：直接发红单"],
)
def test_sanming_lets_people_issue_orange_and_red_at_once(judgement: int | None, level: str) -> None:
    assert judged([standing(actual=80)], POLICIES["sanming"], judgement=judgement)["level"].to_list() == [level]


@pytest.mark.parametrize(
    ("name", "ladder"),
    [
        ("huating", ["blue", "yellow", "red"]),
        ("sanming", ["blue", "orange", "red"]),
        ("dengzhou", ["press", "supervise"]),
    ],
)
def test_a_slip_unanswered_by_its_deadline_becomes_the_next(name: str, ladder: list[str]) -> None:
    levels = {level.code: level for level in POLICIES[name].levels}
    climbed = [ladder[0]]
    while (above := levels[climbed[-1]].unmet) is not None:
        climbed.append(above)
    assert climbed == ladder


def test_the_red_slip_of_huating_brings_an_interview_by_the_county_s_leader() -> None:
    red = POLICIES["huating"].levels[0]
    assert red.duty.interview is not None
    assert (red.duty.interview.by, red.duty.interview.whom) == ("县分管领导", "主要负责人")


@pytest.mark.parametrize(
    ("actuals", "card"),
    [
        ((90, 90, 90), "none"),
        ((90, 89, 89, 90), "red_card"),
        ((90, 89, 90), "yellow_card"),
    ],
    ids=["无红灯：不亮牌", "两项红灯：红牌", "一项红灯：黄牌"],
)
def test_the_cards_of_songyang_follow_the_lamps(actuals: Sequence[int], card: str) -> None:
    (unit,) = judge_units(_of_one_unit(POLICIES["songyang"], SEPTEMBER, actuals), POLICIES["songyang"])
    assert unit.level is not None
    assert unit.level.code == card


def test_more_than_half_of_the_lamps_yellow_is_a_yellow_card_in_songyang() -> None:
    cards = [
        judge_units(_of_one_unit(POLICIES["songyang"], {}, actuals), POLICIES["songyang"])[0].level
        for actuals in ((99, 100), (99, 99, 100))
    ]
    assert [card.code for card in cards if card] == ["none", "yellow_card"]


def _of_one_unit(policy: Policy, facts: Mapping[str, Any], actuals: Sequence[int]) -> Any:
    items = [standing(**facts, target_id=n, indicator=f"I{n}", actual=actual) for n, actual in enumerate(actuals)]
    return unit_standings(judged(items, policy), {items[0].unit: 1}, ())


def test_zhengxi_wants_its_alarms_lifted_on_application_and_check() -> None:
    alarms = [level for level in POLICIES["zhengxi"].levels if level.severity > 0]
    assert {level.release for level in alarms} == {Release.VERIFIED}
