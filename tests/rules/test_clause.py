"""Conditions as people read them."""

import pytest

from diaodu.rules.clause import clause, in_words
from diaodu.rules.dimension import Dimension
from diaodu.rules.level import Issue, Level, Policy
from diaodu.rules.routing import NoticeKind
from diaodu.rules.verdict import Reason


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("gap_pp < -30", "与序时差距（个百分点）<-30"),
        ("gap_pp BETWEEN -30 AND -10", "与序时差距（个百分点）在-30至-10之间"),
        ("ratio >= 0.6 AND ratio < 0.8", "序时完成比≥0.6且序时完成比<0.8"),
        (
            "gap_pp <= -30 OR (milestones_unmet <> 0 and months_since_due >= 3)",
            "与序时差距（个百分点）≤-30或(未完成节点数（个）≠0且逾期月数（个月）≥3)",
        ),
        ("NOT rank = 1", "非位次=1"),
        ("month IN (3,6, 9) OR rank is NULL", "月份为3、6、9之一或位次为空"),
        ("lag_streak( 2 ) >= 3", "此前连续2级以上期数（个）≥3"),
        ("elapsed_share >= 1 / 3", "时限已过比例≥1 / 3"),
        ("shortfall >\n  0.5", "欠进度比例>0.5"),
    ],
)
def test_measures_and_signs_are_named(condition: str, words: str) -> None:
    assert in_words(condition) == words


@pytest.mark.parametrize(("when", "ladder"), [("gap_pp < 0", True), (None, False)])
def test_a_level_reached_by_the_ladder_says_so(when: str | None, ladder: bool) -> None:
    level = Level("red", "红单", "red", 3, when, NoticeKind.SUPERVISION, Issue.AFTER_REVIEW, 5, None)
    policy = Policy("p", "三明 三色督查单", "", None, (level,))
    assert clause(policy, level, ladder) == "《三明 三色督查单》“红单”：上一份通知书到期未完成"


START, PROGRESS = Dimension("start", "开工"), Dimension("progress", "进度", others=True)
BY_SIDE = (("progress", "gap_pp < -30"), ("start", "milestones_unmet > 0"))


@pytest.mark.parametrize(
    ("dimension", "reason", "words"),
    [
        ("start", Reason.LEVEL_MATCHED, "开工：未完成节点数（个）>0"),
        ("progress", Reason.LEVEL_MATCHED, "进度：与序时差距（个百分点）<-30"),
        (None, None, "进度：与序时差距（个百分点）<-30；开工：未完成节点数（个）>0"),  # of a judgement from before
        (None, Reason.HELD, "未达到解除条件（与序时差距（个百分点）≥-5）"),
        (None, Reason.DWELLING, "未满最短期数（2期）"),
        (None, Reason.PASSING, "由更重的等级好转，先经过本级"),
    ],
)
def test_a_notice_rests_on_the_side_that_spoke(dimension: str | None, reason: Reason | None, words: str) -> None:
    level = Level(
        "red",
        "红灯",
        "red",
        3,
        None,
        NoticeKind.SUPERVISION,
        Issue.AFTER_REVIEW,
        5,
        None,
        BY_SIDE,
        "gap_pp >= -5",
        None,
        2,
    )
    policy = Policy("p", "红黄绿灯", "", None, (level,), (), (START, PROGRESS))
    assert clause(policy, level, False, dimension, reason) == f"《红黄绿灯》“红灯”：{words}"
