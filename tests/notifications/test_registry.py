"""Which channels there are, in the order in which people are reached."""

import io

from diaodu.rules.access import Role
from diaodu.rules.routing import Recipient, routes
from diaodu.settings import Robot, Settings
from notifications.console import Console
from notifications.inbox import Inbox
from notifications.message import Accepted
from notifications.registry import CHANNELS, open_channels
from tests.notifications.provider import message


def test_without_settings_only_the_inbox_and_the_console_are_open() -> None:
    assert list(open_channels(Settings(mail_host=None, webhook_secret=None))) == ["inbox", "console"]


def test_mail_comes_first_then_what_rings_then_the_inbox() -> None:
    robots = {kind: Robot(kind=kind, url="http://127.0.0.1/") for kind in ("wecom", "dingtalk", "feishu")}
    application = {"wecom_corp": "corp", "wecom_agent": 1000002, "wecom_secret": "x"}
    opened = open_channels(
        Settings(
            mail_host="mx.example.cn", webhook_secret="x", robots=robots, sms_url="http://127.0.0.1/", **application
        )
    )
    assert list(opened) == list(CHANNELS)
    assert list(CHANNELS) == [
        *("mail", "wecom", "wecom_robot", "dingtalk_robot", "feishu_robot", "webhook", "sms", "inbox", "console")
    ]


def test_a_robot_is_given_to_contacts_by_its_name_and_its_key_stays_in_the_settings() -> None:
    robots = {"西区群": Robot(kind="wecom", url="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret")}
    ways = [(name, one.reach) for name, one in open_channels(Settings(robots=robots, webhook_secret="x")).items()]
    unit = Recipient(1, Role.REPORTER, "west", webhook="西区群")
    assert [(r.channel, r.address) for r in routes([unit], "west", ways)] == [("wecom_robot", "西区群")]
    other = Recipient(1, Role.REPORTER, "west", webhook="东区群")
    assert [(r.channel, r.address) for r in routes([other], "west", ways)] == [("inbox", "west")]


def test_whoever_is_told_there_is_always_a_way() -> None:
    ways = [(name, channel.reach) for name, channel in open_channels(Settings(mail_host=None)).items()]
    unit = Recipient(1, Role.REPORTER, "west", mail="west@example.cn")
    assert [r.channel for r in routes([unit], "west", ways)] == ["inbox"]
    assert [r.channel for r in routes([], None, ways)] == ["console"]


def test_the_inbox_takes_everything_for_units_only() -> None:
    assert Inbox().reach(Recipient(None, None, "west")) == "west"
    assert Inbox().reach(Recipient(1, Role.OFFICE, None)) is None
    assert Inbox().send(message("west")) == Accepted()


def test_the_console_prints_for_the_office_only() -> None:
    out = io.StringIO()
    assert Console(out).reach(Recipient(1, Role.OFFICE, None)) == "console"
    assert Console(out).reach(Recipient(1, Role.REPORTER, "west")) is None
    assert Console(out).send(message("console")) == Accepted()
    assert out.getvalue() == "关于重点项目投资的预警\n\n西区低于序时20.8个百分点。\n\n"
