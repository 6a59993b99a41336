"""What a level obliges to is read as written, and what cannot be meant is told with its line."""

from typing import Any

import pytest

from diaodu.rules.addressee import Addressee
from diaodu.rules.duty import NOTHING_MORE, Duty, Interview, Terms, Visit
from diaodu.rules.level import Release, Scope
from diaodu.rules.policy import PolicyFaults, read_policy

TEXT = """\
name = "三色"

[[level]]
code = "red"
name = "红单"
colour = "red"
severity = 2
when = "gap_pp < -30"
until = "gap_pp >= 0"
through = "yellow"
dwell = "2 periods"
notice = "interview"
signer = "分管副县长"
recipients = ["leader", "reviewer"]
reply_within = "5 workdays"
rectify_within = "20个工作日"
interview = { by = "县分管领导", whom = "主要负责人" }
visit = "县考核办"
points = 0.5
publicity = "全县通报"

[[level]]
code = "yellow"
name = "黄单"
colour = "yellow"
severity = 1
when = "gap_pp < 0"

[[level]]
code = "green"
name = "正常"
colour = "green"
severity = 0
when = "gap_pp >= 0"

[[level]]
scope = "unit"
code = "red"
name = "红牌"
colour = "red"
severity = 2
when = "items_at(2) >= 1 OR share_from(1) > 0.5"
"""


def test_a_level_obliges_to_what_is_written() -> None:
    policy = read_policy(TEXT, "slips")
    red, yellow, _ = policy.levels
    assert (red.until, red.through, red.dwell) == ("gap_pp >= 0", "yellow", 2)
    assert red.duty == Duty(
        signer="分管副县长",
        recipients=(Addressee.LEADER, Addressee.REVIEWER),
        rectify_workdays=20,
        interview=Interview("县分管领导", "主要负责人"),
        visit=Visit("县考核办"),
        points=500_000,
        publicity="全县通报",
    )
    assert red.duty.terms == Terms()
    assert (yellow.duty, yellow.dwell, yellow.is_held, red.is_held) == (NOTHING_MORE, 1, False, True)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('release = "verified"', (Release.VERIFIED, 1)),
        ('release = "by_hand"', (Release.BY_HAND, 1)),
        ('release = "2 periods"', (Release.PERIODS, 2)),
        ('release = "3期"', (Release.PERIODS, 3)),
    ],
)
def test_a_level_says_what_releases_it(written: str, read: tuple[Release, int]) -> None:
    red = read_policy(TEXT.replace("points = 0.5", f"points = 0.5\n{written}"), "slips").levels[0]
    assert (red.release, red.release_periods) == read


@pytest.mark.parametrize(
    ("replaced", "by", "duty"),
    [
        ('signer = "分管副县长"', 'review_within = "4 workdays"', {"terms": Terms(review=4), "signer": None}),
        ("points = 0.5", 'sign_within = "2个工作日"\nverify_within = "5 workdays"', {"terms": Terms(2, 2, 5)}),
        ('visit = "县考核办"', 'visit = { by = "县考核办", within = "3 workdays" }', {"visit": Visit("县考核办", 3)}),
        (
            '"主要负责人" }',
            '"主要负责人", within = "5 workdays" }',
            {"interview": Interview("县分管领导", "主要负责人", 5)},
        ),
        ('publicity = "全县通报"', "publicity = false", {"publicity": None, "withheld": True}),
    ],
)
def test_how_long_each_step_takes_and_what_is_told_nowhere(replaced: str, by: str, duty: dict[str, Any]) -> None:
    assert replaced in TEXT
    red = read_policy(TEXT.replace(replaced, by), "slips").levels[0]
    assert {name: getattr(red.duty, name) for name in duty} == duty


PUBLIC = (
    # what red says, what yellow says, what may be named
    ("", "", (True, True)),
    ('publicity = "全县通报"', "", (True, False)),
    ("", "publicity = false", (True, False)),
    ("publicity = false", 'publicity = "单位内通报"', (False, True)),
)


@pytest.mark.parametrize(("red", "yellow", "named"), PUBLIC)
def test_only_what_the_policy_tells_may_be_named(red: str, yellow: str, named: tuple[bool, bool]) -> None:
    text = TEXT.replace('publicity = "全县通报"', red).replace('when = "gap_pp < 0"', f'when = "gap_pp < 0"\n{yellow}')
    policy = read_policy(text, "slips")
    assert tuple(policy.is_public(level) for level in policy.levels) == (*named, True)


def test_levels_of_units_stand_beside_those_of_targets_and_may_share_their_codes() -> None:
    policy = read_policy(TEXT, "slips")
    assert [level.code for level in policy.levels] == ["red", "yellow", "green"]
    assert [(level.code, level.name) for level in policy.unit_levels] == [("red", "红牌")]
    assert tuple(Scope) == ("item", "unit")


FAULTS = (
    # replaced, by, line, part of what was found, part of what would be right
    ('until = "gap_pp >= 0"', 'until = "gap >= 0"', 9, "没有“gap”这个测度", "gap_pp"),
    ('through = "yellow"', 'through = "green"', 10, "“green”不是较轻的预警等级", "yellow"),
    ('through = "yellow"', 'through = "red"', 10, "“red”不是较轻的预警等级", "yellow"),
    ('dwell = "2 periods"', 'dwell = "2 months"', 11, "dwell 写成了“2 months”", "2期"),
    ('dwell = "2 periods"', 'dwell = "0 periods"', 11, "dwell 写成了“0 periods”", "2期"),
    (
        '"leader", "reviewer"',
        '"leader", "mayor"',
        14,
        "recipients 写成了",
        "reporter、reviewer、leader、lead、lead_leader、parent、office",
    ),
    ('"leader", "reviewer"', '"leader", 3', 14, "recipients 写成了", '["…", "…"]'),
    ('rectify_within = "20个工作日"', 'rectify_within = "一个月"', 16, "rectify_within 写成了“一个月”", "5个工作日"),
    ('by = "县分管领导"', 'from = "县分管领导"', 17, "不认识的键“from”", "by、whom、within"),
    ('by = "县分管领导"', 'from = "县分管领导"', 17, "缺少 by", 'by = "…"'),
    ('{ by = "县分管领导", whom = "主要负责人" }', '"主要负责人"', 17, "interview 写法不认识", "whom"),
    ("points = 0.5", 'points = "0.5"', 19, "points 写成了“0.5”", "不加引号"),
    ("points = 0.5", "points = -1", 19, "points 写成了“-1”", "大于0"),
    ("points = 0.5", "points = true", 19, "points 写成了“True”", "大于0"),
    ("points = 0.5", "points = 0.0000001", 19, "points 写成了", "大于0"),
    ('publicity = "全县通报"', 'publicity = ""', 20, "publicity 不是文字", "…"),
    ('notice = "interview"\n', "", 12, "没有通知书却有 signer", "notice"),
    ('publicity = "全县通报"', 'release = "signed"', 20, "release 写成了“signed”", "recomputed、verified、by_hand"),
    ('visit = "县考核办"', "visit = 3", 18, "visit 写法不认识", "by"),
    ('visit = "县考核办"', 'visit = { by = "县考核办", within = "soon" }', 18, "within 写成了“soon”", "5 workdays"),
    ("points = 0.5", 'sign_within = "soon"', 19, "sign_within 写成了“soon”", "5 workdays"),
    ("points = 0.5", 'release = "0 periods"', 19, "release 写成了“0 periods”", "2 periods"),
    ('publicity = "全县通报"', "publicity = true", 20, "publicity 不是文字", "…"),
    ("severity = 0", "severity = 0\npoints = 1", 34, "不是预警的等级有 points", "大于 0"),
    ("severity = 0", 'severity = 0\ndwell = "2期"', 34, "不是预警的等级有 dwell", "大于 0"),
    ('scope = "unit"', 'scope = "units"', 37, "scope 写成了“units”", "item、unit"),
    (
        'when = "items_at(2) >= 1 OR share_from(1) > 0.5"',
        'when = {a = "flag > 0"}',
        42,
        "单位等级按维度写了条件",
        "不分维度",
    ),
    ("items_at(2) >= 1", "flag > 0", 42, "flag 是目标任务的测度", "items_warned"),
    ("items_at(2) >= 1", "item_at(2) >= 1", 42, "条件里不能用函数“item_at”", "应是 items_at"),
    ("items_at(2) >= 1", "items_at(1, 2) >= 1", 42, "items_at 括号里的数不对", "items_at(2)"),
    ("items_at(2) >= 1", "gap_pp < 0", 42, "gap_pp 是目标任务的测度", "items_warned"),
    ('when = "gap_pp < 0"', 'when = "items_warned > 0"', 27, "没有“items_warned”这个测度", "lag_streak(s)"),
    ('when = "gap_pp < 0"', 'when = "level_count_n >= 2"', 27, "level_count_n 没有写明数", "level_count_n(2, 6)"),
    ('when = "gap_pp < 0"', 'when = "lag_streak(100) >= 2"', 27, "lag_streak 括号里的数不对", "0至99"),
    ('when = "gap_pp < 0"', 'when = "lag_streak(gap_pp) >= 2"', 27, "lag_streak 括号里的数不对", "整数"),
)


@pytest.mark.parametrize(("replaced", "by", "line", "found", "right"), FAULTS)
def test_a_fault_is_told_with_its_line(replaced: str, by: str, line: int, found: str, right: str) -> None:
    assert replaced in TEXT
    with pytest.raises(PolicyFaults) as refused:
        read_policy(TEXT.replace(replaced, by, 1), "slips")
    told = [fault for fault in refused.value.faults if found in fault.found]
    assert [fault.line for fault in told] == [line], str(refused.value)
    assert right in told[0].right


def test_a_policy_of_unit_levels_only_is_refused() -> None:
    text = 'name = "x"\n' + TEXT[TEXT.index('[[level]]\nscope = "unit"') :]
    with pytest.raises(PolicyFaults, match="没有目标任务的等级"):
        read_policy(text, "x")
