"""A policy is looked over before it is used: holes, overlaps and levels never reached, each with an example."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.condition import Condition
from diaodu.rules.coverage import remarks
from diaodu.rules.frame import with_measures
from diaodu.rules.grammar import read
from diaodu.rules.measures import MEASURES, exact
from diaodu.rules.policy import Policy, read_policy
from diaodu.rules.remark import RemarkKind
from diaodu.rules.situation import boundaries, situations
from diaodu.rules.standing import Standing
from diaodu.rules.truth import truth
from tests.rules.standings import WORKDAYS, frame_of, middling, standings

PRESETS = Path(__file__).parents[2] / "templates" / "policies"
K = RemarkKind


def policy(*levels: tuple[str, int, str], colours: tuple[str, ...] = (), measure: str = "gap_pp") -> Policy:
    """A policy of levels (name, severity, condition), each of a colour of its own unless told otherwise."""
    colours = colours or ("red", "orange", "yellow", "blue", "green", "purple")
    text = f'name = "某区"\nmeasure = "{measure}"\n'
    for number, ((name, severity, when), colour) in enumerate(zip(levels, colours, strict=False)):
        text += f'\n[[level]]\ncode = "l{number}"\nname = "{name}"\ncolour = "{colour}"\nseverity = {severity}\n'
        text += f'when = "{when}"\n'
    return read_policy(text, "local")


def told(of: Policy) -> list[tuple[RemarkKind, str]]:
    return [(remark.kind, remark.words) for remark in remarks(of)]


PUBLISHED: dict[str, list[tuple[RemarkKind, str]]] = {
    "yinchuan": [(K.HOLE, "进度：与序时差距大于-10、小于0时没有等级：例如低于序时进度5个百分点")],
    "zhengxi": [
        (
            K.OVERLAP,
            "逾期天数为7时同时符合“橙色预警”和“黄色预警”，按先重后轻判为“橙色预警”：例如逾期7天",
        )
    ],
    "wuhan": [],
    "sanya": [(K.HOLE, "月度任务：没有等级：例如当期完成率无值")],
    "sanming": [],
    **{name: [] for name in ("dengzhou", "hainan", "huating", "jinzhai", "longxian", "songyang", "xuancheng")},
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_known_faults_of_published_rules_are_found_and_no_others(name: str) -> None:
    of = read_policy((PRESETS / f"{name}.toml").read_text(encoding="utf-8"), name)
    assert told(of) == PUBLISHED[name]


RED, YELLOW, GREEN = ("红灯", 2, "gap_pp < -30"), ("黄灯", 1, "gap_pp < -10"), ("绿灯", 0, "gap_pp >= -10")
CASES: list[tuple[str, Policy, list[tuple[RemarkKind, str]]]] = [
    ("a cascade is meant so", policy(RED, YELLOW, GREEN), []),
    (
        "a single point is left out",
        policy(("黄灯", 1, "gap_pp < 0"), ("绿灯", 0, "gap_pp > 0")),
        [(K.HOLE, "与序时差距为0时没有等级：例如与序时进度持平")],
    ),
    (
        "everything beyond a number is left out",
        policy(("黄灯", 1, "gap_pp < -10"), ("绿灯", 0, "gap_pp BETWEEN -10 AND 5")),
        [(K.HOLE, "与序时差距大于5时没有等级：例如高于序时进度10个百分点")],
    ),
    (
        "what is left out depends on another measure",
        policy(("黄灯", 1, "gap_pp < 0 AND milestones_unmet > 0"), ("绿灯", 0, "gap_pp >= 0")),
        [(K.HOLE, "与序时差距小于0时没有等级：例如低于序时进度5个百分点、没有到期未完成的节点")],
    ),
    (
        "a share without a value",
        policy(("红牌", 1, "ratio < 0.8"), ("正常", 0, "ratio >= 0.8"), measure="ratio"),
        [(K.HOLE, "没有等级：例如序时完成比无值")],
    ),
    (
        "a heavier level takes all of a milder one",
        policy(("红灯", 2, "gap_pp < 0"), ("黄灯", 1, "gap_pp < -10"), ("绿灯", 0, "gap_pp >= 0")),
        [(K.UNREACHABLE, "“黄灯”永远判不到：凡符合它的都先被判为更重的等级")],
    ),
    (
        "a condition that contradicts itself",
        policy(("红灯", 2, "gap_pp < -10 AND gap_pp > 10"), ("黄灯", 1, "gap_pp < 0"), ("绿灯", 0, "gap_pp >= 0")),
        [(K.UNREACHABLE, "“红灯”永远判不到：它的条件从不成立")],
    ),
    (
        "one colour for praise and for blame",
        policy(
            ("红灯", 1, "gap_pp < 0"),
            ("红榜", -1, "gap_pp >= 10"),
            ("绿灯", 0, "gap_pp >= 0"),
            colours=("red", "red", "green"),
        ),
        [(K.COLOUR, "“红灯”是预警，“红榜”不是，却用同一种颜色；黑白打印和色弱者只能靠名称分辨")],
    ),
    (
        "per cent beside a share",
        policy(("红牌", 1, "ratio < 80"), ("正常", 0, "ratio >= 80"), measure="ratio"),
        [
            (K.HOLE, "没有等级：例如序时完成比无值"),
            (K.SCALE, "“红牌”把序时完成比与80比较：它是比例，若指80%，应写作0.8"),
            (K.SCALE, "“正常”把序时完成比与80比较：它是比例，若指80%，应写作0.8"),
        ],
    ),
    (
        "a share beside percentage points",
        policy(("红灯", 1, "gap_pp < -0.1"), ("绿灯", 0, "gap_pp >= 0 OR gap_pp BETWEEN -0.1 AND 0")),
        [
            (K.SCALE, "“红灯”把与序时差距与-0.1比较：它是百分点，若指10个百分点，应写作-10"),
            (K.SCALE, "“绿灯”把与序时差距与-0.1比较：它是百分点，若指10个百分点，应写作-10"),
        ],
    ),
    (
        "ranks overlap with progress",
        policy(("红灯", 2, "rank_from_bottom <= 3"), ("黄灯", 1, "gap_pp < 0"), ("绿灯", 0, "gap_pp >= 0")),
        [
            (
                K.OVERLAP,
                "与序时差距小于0时同时符合“红灯”和“黄灯”，按先重后轻判为“红灯”：例如低于序时进度5个百分点、倒数位次2",
            )
        ],
    ),
]


@pytest.mark.parametrize(("of", "expected"), [pytest.param(of, expected, id=name) for name, of, expected in CASES])
def test_what_deserves_a_second_look_is_said_with_an_example(
    of: Policy, expected: list[tuple[RemarkKind, str]]
) -> None:
    found = told(of)
    assert [kind for kind, _ in found if kind is not K.OVERLAP] == [k for k, _ in expected if k is not K.OVERLAP]
    for line in expected:
        assert line in found


@pytest.mark.parametrize(
    ("text", "measure", "numbers"),
    [
        ("gap_pp < -30 OR (gap_pp > 5 AND rank = 1)", "gap_pp", {-30, 5}),
        ("gap_pp BETWEEN -30 AND -10", "gap_pp", {-30, -10}),
        ("3 <= milestones_unmet", "milestones_unmet", {3}),
        ("rank IN (1, 2)", "rank", {1, 2}),
        ("ratio < 1.6 / 2", "ratio", {Fraction(4, 5)}),
        ("actual < planned * 0.8", "actual", set()),
    ],
)
def test_the_numbers_a_measure_is_held_against(text: str, measure: str, numbers: set[Fraction]) -> None:
    assert boundaries([read(text)])[measure] == numbers


@given(st.sampled_from([-30, -10, 0, 5]), st.sampled_from(["<", "<=", ">", ">="]))
def test_every_boundary_is_met_just_missed_and_passed(number: int, sign: str) -> None:
    met = {s["gap_pp"] - number for s in situations([read(f"gap_pp {sign} {number}")]) if s["gap_pp"] is not None}
    assert 0 in met
    assert min(abs(d) for d in met if d > 0) < Fraction(1, 1000)
    assert min(abs(d) for d in met if d < 0) < Fraction(1, 1000)


TEXTS = [
    "gap_pp < -10 OR ratio < 0.8",
    "NOT (shortfall > 0.5 AND milestones_unmet > 0)",
    "completion IN (0, 0.5, 1) OR overdue_days IS NULL",
    "gap_pp BETWEEN -30 AND 5 AND NOT ratio >= 0.9",
    "actual < planned * 0.8 OR expected > completion",
]


@given(st.data(), st.sampled_from(TEXTS))
def test_one_by_one_a_condition_says_what_it_says_of_a_frame(data: st.DataObject, text: str) -> None:
    one = data.draw(standings(date(2023, 10, 31), middling))
    frame = with_measures(frame_of([one]), WORKDAYS)
    condition = Condition.parse(text)
    from_frame = condition.holds(frame, WORKDAYS)[0]
    assert from_frame == bool(truth(condition.tree, _values(one, condition.measures)))


def _values(one: Standing, names: frozenset[str]) -> dict[str, Fraction | None]:
    values = {name: exact(one, name, WORKDAYS) for name in names}
    return {name: None if v is None else v / MEASURES[name].scale for name, v in values.items()}


CARDS = """
name = "牌"
[[dimension]]
code = "start"
name = "开工"
kinds = ["deliverable"]
[[dimension]]
code = "rest"
name = "进度"
others = true
[[level]]
code = "red"
name = "红灯"
colour = "red"
severity = 1
when.start = "milestones_unmet > 1"
when.rest = "gap_pp < 0"
[[level]]
code = "green"
name = "绿灯"
colour = "green"
severity = 0
when = "gap_pp >= 0"
when_start
[[level]]
scope = "unit"
code = "card"
name = "红牌"
colour = "red"
severity = 2
when = "{red}"
[[level]]
scope = "unit"
code = "warned"
name = "黄牌"
colour = "yellow"
severity = 1
when = "{yellow}"
[[level]]
scope = "unit"
code = "none"
name = "无牌"
colour = "blue"
severity = 0
when = "{fine}"
"""


def cards(red: str, yellow: str, fine: str) -> Policy:
    text = CARDS.replace(
        'when = "gap_pp >= 0"\nwhen_start', 'when.rest = "gap_pp >= 0"\nwhen.start = "milestones_unmet < 1"'
    )
    return read_policy(text.format(red=red, yellow=yellow, fine=fine), "cards")


START_HOLE = (K.HOLE, "开工：未完成节点数为1时没有等级：例如未完成节点数1个")


@pytest.mark.parametrize(
    ("red", "yellow", "fine", "expected"),
    [
        ("items_from(1) >= 3", "items_from(1) >= 1", "items_warned = 0", []),
        (
            "items_from(1) >= 3",
            "items_from(1) = 2",
            "items_warned = 0",
            [(K.HOLE, "单位：1级以上任务数小于2时没有等级：例如1级以上任务数1个")],
        ),
        (
            "items_warned >= 3",
            "items_warned >= 4",
            "items_warned < 3",
            [(K.UNREACHABLE, "“黄牌”永远判不到：凡符合它的都先被判为更重的等级")],
        ),
        (
            "share_warned > 0.5",
            "items_warned >= 2",
            "items_warned < 2 AND share_warned <= 0.5",
            [
                (
                    K.OVERLAP,
                    "单位：预警任务占比大于0.5时同时符合“红牌”和“黄牌”，按先重后轻判为“红牌”："
                    "例如预警任务占比100%、预警任务数2个",
                )
            ],
        ),
    ],
)
def test_each_side_and_the_units_are_looked_over(
    red: str, yellow: str, fine: str, expected: list[tuple[RemarkKind, str]]
) -> None:
    assert told(cards(red, yellow, fine)) == [START_HOLE, *expected]
