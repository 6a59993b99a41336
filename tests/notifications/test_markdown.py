"""Robots that show Markdown: bold stays whole, what is no markup shows as it was written, and the limits hold."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.settings import Robot
from notifications.dingtalk_robot import DingTalkRobot
from notifications.feishu_robot import FeishuRobot
from notifications.markdown import ADDRESS, between_markup, in_markdown, plain
from notifications.message import Accepted
from notifications.splitting import in_json, numbered, split, utf8
from notifications.wecom_robot import WeComRobot
from tests.notifications.post import Clock
from tests.notifications.provider import message
from tests.notifications.robots import DingTalkRobots, FeishuRobots, WeComRobots, running, shown

PIECES = [
    "西区",
    "**加快**",
    "欠进度。",
    "\n",
    "12. ",
    "https://a.cn/b_c?d=1 ",
    "𠮷",
    "e\u0301",
    "👨\u200d👩\u200d👧",
    "*",
    "_",
    "，",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=120).map("".join)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("完成3*5项，a_b", "完成3＊5项，a＿b"),
        ("[附件](见内网)", "［附件］(见内网)"),
        ("1. 西区：欠进度", "1. 西区：欠进度"),
        ("# 不是标题", "\u200b# 不是标题"),
        ("#不是标题", "\u200b#不是标题"),
        ("- 不是列表", "\u200b- 不是列表"),
        ("-3.2%", "-3.2%"),
        ("---", "\u200b---"),
        ("1) 不是列表", "\u200b1) 不是列表"),
        ("<font color=red>x</font>", "＜font color=red＞x＜/font＞"),
        ("见 https://a.cn/x_y*z。请办", "见 https://a.cn/x_y*z。请办"),
    ],
)
def test_no_word_is_taken_for_markup(line: str, expected: str) -> None:
    assert plain(line) == expected


def test_the_subject_is_bold_and_lines_end_as_the_provider_ends_them() -> None:
    said = replace(message("x"), subject="预警：西区", text="西区：\n\n1. 投资\n2. 开工\n")
    assert in_markdown(said) == "**预警：西区**\n\n西区：\n\n1. 投资\n2. 开工"
    assert in_markdown(said, "  \n").count("  \n") == 5
    assert in_markdown(replace(said, subject="长" * 101)).startswith("长长")


@pytest.mark.parametrize("size", [utf8, in_json])
@given(text=TEXTS, most=st.integers(60, 160))
def test_no_part_begins_or_ends_inside_a_markup_or_a_character(size: object, text: str, most: int) -> None:
    pieces = split(text, size, most, between_markup)  # type: ignore[arg-type]
    assert "".join(pieces) == text
    cuts = [sum(map(len, pieces[:n])) for n in range(1, len(pieces))]
    spans = [*re.finditer(r"\*\*[^*\n]+\*\*", text), *ADDRESS.finditer(text), *re.finditer(r"(?m)^[0-9]+\. ", text)]
    short = [span for span in spans if size(span[0]) <= 30]  # type: ignore[operator]
    assert not any(span.start() < cut < span.end() for cut in cuts for span in short)
    assert all(size(piece) <= most for piece in pieces)  # type: ignore[operator]


def test_a_list_goes_on_as_a_list_in_the_next_part() -> None:
    whole = replace(message("x"), text="".join(f"{n}. 西区欠进度\n" for n in range(1, 40)))
    parts = numbered(whole, utf8, 200, None, between_markup, "  \n")
    assert all(re.match(r"\(\d+/\d+\)  \n\d+\. 西区", part.text) for part in parts)


@pytest.mark.parametrize("markdown", [True, False])
def test_every_provider_takes_long_texts_in_both_forms(markdown: bool) -> None:
    clock = Clock()
    text = "".join(f"{n}. 西区完成率低于序时，列末位；\n" for n in range(1, 900))
    for kind, robot, provider, path, secret in (
        ("wecom", WeComRobot, WeComRobots(clock), "/cgi-bin/webhook/send?key=key", None),
        ("dingtalk", DingTalkRobot, DingTalkRobots(clock), "/robot/send?access_token=token", "SEC1"),
        ("feishu", FeishuRobot, FeishuRobots(clock), "/open-apis/bot/v2/hook/token", "feishu secret"),
    ):
        with running(provider) as url:
            channel = robot({"群": Robot(kind=kind, url=url + path, secret=secret, markdown=markdown)})  # type: ignore[arg-type]
            parts = channel.parts(replace(message("群"), subject="预警", text=text))
            for part in parts:
                clock.turn(minutes=4)
                assert channel.send(replace(part, at=clock())) == Accepted()
            assert len(parts) > 1
            assert ("**预警**" in parts[0].text) is markdown
            assert text.strip() in "".join(re.sub(r"^\(\d+/\d+\)\n?", "", said) for _, said in provider.said)


def test_unless_it_is_told_a_wecom_robot_speaks_plainly_and_the_others_in_markdown() -> None:
    robots = {"群": Robot(kind="wecom", url="http://x"), "钉": Robot(kind="dingtalk", url="http://x")}
    assert not WeComRobot(robots).in_markdown("群")
    assert DingTalkRobot(robots).in_markdown("钉")


def test_a_line_is_shown_as_ended_only_where_the_provider_ends_it() -> None:
    assert shown("**甲**  \n乙\n丙", "  \n") == "甲\n乙 丙"
