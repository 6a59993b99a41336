"""A policy is read with all its faults at once, and judges every target by the first level that holds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.frame import with_measures
from diaodu.rules.level import by_precedence
from diaodu.rules.policy import Issue, Policy, PolicyFaults, judge, read_policy
from diaodu.rules.routing import NoticeKind
from diaodu.rules.verdict import Reason, State
from tests.rules.standings import WORKDAYS, frame_of, standing

GOOD = """\
name = "示例"
source = "某办〔2023〕1号"
measure = "gap_pp"

[[level]]
code = "green"
name = "绿灯"
colour = "green"
severity = 0
when = "gap_pp >= 0"

[[level]]
code = "praise"
name = "红榜"
colour = "red"
severity = -1
when = "gap_pp >= 10"

[[level]]
code = "yellow"
name = "黄灯"
colour = "yellow"
severity = 1
when = "gap_pp BETWEEN -30 AND -10"
notice = "warning"
issue = "automatic"
reply_within = "5 workdays"
unmet = "orange"

[[level]]
code = "orange"
name = "橙灯"
colour = "orange"
severity = 2
notice = "warning"
reply_within = "3个工作日"

[[level]]
code = "red"
name = "红灯"
colour = "red"
severity = 3
when = \"\"\"
gap_pp <= -10
AND ratio < 0.7\"\"\"
notice = "supervision"
issue = "after_review"
"""


def test_a_policy_says_what_its_text_says() -> None:
    policy = read_policy(GOOD, "example")
    assert (policy.code, policy.name, policy.source, policy.measure) == ("example", "示例", "某办〔2023〕1号", "gap_pp")
    assert [level.code for level in policy.levels] == ["red", "orange", "yellow", "praise", "green"]
    red, orange, yellow, praise, green = policy.levels
    assert (yellow.notice, yellow.issue, yellow.reply_workdays, yellow.unmet) == (
        NoticeKind.WARNING,
        Issue.AUTOMATIC,
        5,
        "orange",
    )
    assert (orange.when, orange.issue, orange.reply_workdays) == (None, Issue.AFTER_REVIEW, 3)
    assert (red.name, red.colour, red.reply_workdays, red.unmet) == ("红灯", "red", None, None)
    assert (praise.notice, green.notice) == (None, None)


def test_a_source_and_a_measure_may_be_left_out() -> None:
    policy = read_policy(GOOD.replace('source = "某办〔2023〕1号"\nmeasure = "gap_pp"\n', ""), "example")
    assert (policy.source, policy.measure) == ("", None)


FAULTS = (
    # replaced, by, line, part of what was found, part of what would be right
    ('name = "示例"', "name = 3", 1, "name 不是文字", 'name = "…"'),
    ('name = "示例"', "", 1, "缺少 name", 'name = "…"'),
    ('name = "示例"', 'name = "示例"\nnama = "x"', 2, "不认识的键“nama”", "name、source"),
    ('measure = "gap_pp"', 'measure = "gap"', 3, "没有“gap”这个测度", "应是 gap_pp"),
    ('code = "green"', 'code = "绿"', 6, "code 写成了“绿”", "小写字母"),
    ('code = "green"', "", 5, "缺少 code", ""),
    ('code = "green"', 'code = "red"', 39, "code 与第6行重复：red", "各不相同"),
    ('name = "绿灯"', 'name = "红灯"', 40, "name 与第7行重复：红灯", "各不相同"),
    ("severity = 0", "severity = 3", 42, "severity 与第9行重复：3", "各不相同"),
    ("severity = 0", "severity = true", 9, "severity 写成了“True”", "整数"),
    ("severity = 0", "severity = 0.5", 9, "severity 写成了“0.5”", "整数"),
    ("severity = 0", "severity = 100", 9, "severity 写成了“100”", "-99 至 99"),
    ('colour = "green"', 'colour = "gren"', 8, "colour 写成了“gren”", "green"),
    ('colour = "green"', "", 5, "缺少 colour", "green"),
    ('when = "gap_pp >= 0"', 'when = ""', 10, "when 不是文字", ""),
    ('when = "gap_pp >= 0"', "", 5, "等级“绿灯”永远达不到", "unmet"),
    ('when = "gap_pp >= 0"', 'When = "gap_pp >= 0"', 10, "不认识的键“When”", "when"),
    ('notice = "warning"\nissue', 'notice = "letter"\nissue', 25, "notice 写成了“letter”", "reminder、warning"),
    ('notice = "warning"\nissue', 'notice = "chase"\nissue', 25, "notice 写成了“chase”", "reminder、warning"),
    ('notice = "warning"\nissue', "issue", 25, "没有通知书却有 issue", "notice"),
    ('issue = "automatic"', 'issue = "by hand"', 26, "issue 写成了“by hand”", "automatic、after_review"),
    ('issue = "after_review"', 'issue = "automatic"', 47, "不能自动发出", "after_review"),
    ('"5 workdays"', '"5 days"', 27, "reply_within 写成了“5 days”", "5个工作日"),
    ('"5 workdays"', '"0 workdays"', 27, "reply_within 写成了“0 workdays”", "5个工作日"),
    ('reply_within = "5 workdays"\n', "", 27, "没有回复或整改时限", "reply_within"),
    ('unmet = "orange"', 'unmet = "green"', 28, "“green”不是更重的等级", "orange、red"),
    ('unmet = "orange"', 'unmet = "purple"', 28, "“purple”不是更重的等级", "orange、red"),
    ('unmet = "orange"', "", 30, "等级“橙灯”永远达不到", "unmet"),
    ("severity = -1", 'severity = -1\nnotice = "reminder"', 17, "不是预警的等级发通知书", "大于 0"),
    ('[[level]]\ncode = "green"', '[level]\ncode = "green"', 12, "不是TOML的写法", "name"),
    ('source = "某办', 'source = 某办"', 2, "不是TOML的写法", "引号"),
)


@pytest.mark.parametrize(("replaced", "by", "line", "found", "right"), FAULTS)
def test_a_fault_is_told_with_its_line(replaced: str, by: str, line: int, found: str, right: str) -> None:
    assert replaced in GOOD
    with pytest.raises(PolicyFaults) as refused:
        read_policy(GOOD.replace(replaced, by, 1), "example")
    told = [fault for fault in refused.value.faults if found in fault.found]
    assert [fault.line for fault in told] == [line], str(refused.value)
    assert right in told[0].right
    assert str(told[0]) in str(refused.value)


@pytest.mark.parametrize(
    ("replaced", "by", "line", "column"),
    [
        ('when = "gap_pp >= 0"', 'when = "gap_pp >= 0 AND foo > 1"', 10, 25),
        ("AND ratio < 0.7", "AND foo < 0.7", 45, 5),
        ("gap_pp <= -10\n", "foo <= -10\n", 44, 1),
        ('when = "gap_pp >= 0"', 'when = """gap_pp >= 0\n  AND foo > 1"""', 11, 7),
        ('when = "gap_pp >= 0"', "when = '''foo > 1'''", 10, 11),
        ('when = "gap_pp >= 0"', "\"when\" = 'foo > 1'", 10, 11),
    ],
)
def test_a_fault_in_a_condition_is_told_with_its_line_and_column(
    replaced: str, by: str, line: int, column: int
) -> None:
    with pytest.raises(PolicyFaults) as refused:
        read_policy(GOOD.replace(replaced, by, 1), "example")
    (fault,) = refused.value.faults
    assert (fault.line, fault.column) == (line, column)
    assert "foo" in fault.found


def test_all_faults_are_told_at_once_in_the_order_of_the_text() -> None:
    broken = GOOD.replace("gap_pp", "gap").replace('"5 workdays"', '"soon"').replace("severity = 2", "")
    with pytest.raises(PolicyFaults) as refused:
        read_policy(broken, "example")
    assert [fault.line for fault in refused.value.faults] == [3, 10, 17, 24, 27, 30, 44]


@pytest.mark.parametrize(
    "text", ['name = "x"', 'name = "x"\nlevel = 3', 'name = "x"\nlevel = []', '[level]\nname = "x"']
)
def test_a_policy_without_levels_is_refused(text: str) -> None:
    with pytest.raises(PolicyFaults, match="没有等级"):
        read_policy(text, "example")


@given(st.text(max_size=60) | st.lists(st.sampled_from(GOOD.splitlines()), max_size=30).map("\n".join))
def test_no_text_whatever_breaks_the_reading(text: str) -> None:
    try:
        read, faults = read_policy(text, "any").levels, 0
    except PolicyFaults as refused:
        read, faults = (), len(refused.faults)
    assert bool(read) != bool(faults)


def test_warnings_come_first_then_commendations_then_what_is_fine() -> None:
    text = 'name = "x"\n' + "".join(
        f'[[level]]\ncode = "l{n}"\nname = "等级{n}"\ncolour = "grey"\nseverity = {severity}\nwhen = "gap_pp = {n}"\n'
        for n, severity in enumerate((0, -1, 2, -3, 1, -2, 3))
    )
    levels = read_policy(text, "x").levels
    assert [level.severity for level in levels] == [3, 2, 1, -3, -2, -1, 0]
    assert list(levels) == sorted(levels, key=by_precedence)


JUDGED = (
    # facts of a target of 120 at the end of October (序时 100), level, reason
    ({"actual": 112}, "praise", Reason.LEVEL_MATCHED),
    ({"actual": "111.999999"}, "green", Reason.LEVEL_MATCHED),
    ({"actual": 100}, "green", Reason.LEVEL_MATCHED),
    ({"actual": 95}, None, Reason.NO_LEVEL_MATCHED),
    ({"actual": 88}, "yellow", Reason.LEVEL_MATCHED),
    ({"actual": 70}, "yellow", Reason.LEVEL_MATCHED),
    ({"actual": "69.999999"}, "red", Reason.LEVEL_MATCHED),  # yellow holds as well: the more severe one counts
    ({"actual": 0, "target": 0}, None, Reason.NO_LEVEL_MATCHED),
    ({"reported_as_of": date(2023, 9, 30)}, None, Reason.AWAITED),
    ({"reported_as_of": date(2023, 9, 30), "known_on": date(2023, 12, 1)}, None, Reason.NOT_REPORTED),
    ({"target": None}, None, Reason.NO_TARGET),
    ({"start": date(2023, 11, 1)}, None, Reason.NOT_STARTED),
)


def test_every_target_gets_its_level_or_the_reason_why_not() -> None:
    policy = read_policy(GOOD, "example")
    judged = judge(with_measures(frame_of([standing(**facts) for facts, _, _ in JUDGED]), WORKDAYS), policy, WORKDAYS)
    names = {level.code: (level.name, level.severity) for level in policy.levels}
    assert judged.select("level", "reason", "level_name", "severity").rows() == [
        (code, reason.value, *names.get(code, (None, None))) for _, code, reason in JUDGED
    ]


def test_the_ladder_gives_nobody_its_levels() -> None:
    everywhere = [standing(actual=n) for n in range(0, 130, 5)]
    judged = judge(with_measures(frame_of(everywhere), WORKDAYS), read_policy(GOOD, "example"), WORKDAYS)
    assert "orange" not in judged["level"].to_list()


def test_a_policy_without_levels_judges_nobody() -> None:
    frame = with_measures(frame_of([standing()]), WORKDAYS)
    judged = judge(frame, Policy("none", "", "", None, ()), WORKDAYS)
    assert judged.select("state", "reason", "level", "severity").row(0) == (
        State.REPORTED.value,
        Reason.NO_LEVEL_MATCHED.value,
        None,
        None,
    )


def test_nobody_is_judged_where_there_is_nobody() -> None:
    judged = judge(with_measures(frame_of([]), WORKDAYS), read_policy(GOOD, "example"), WORKDAYS)
    assert judged.height == 0
    assert {"reason", "level", "level_name", "severity"} <= set(judged.columns)
