"""Every channel there is, in the order in which people are reached: one line a channel."""

from collections.abc import Callable

from diaodu.settings import Settings
from notifications.channel import Channel
from notifications.console import Console
from notifications.dingtalk_robot import DingTalkRobot
from notifications.feishu_robot import FeishuRobot
from notifications.inbox import Inbox
from notifications.mail import Mail
from notifications.sms import Sms
from notifications.webhook import Webhook
from notifications.wecom import WeCom
from notifications.wecom_robot import WeComRobot

CHANNELS: dict[str, Callable[[Settings], Channel | None]] = {
    "mail": Mail.from_settings,
    "wecom": WeCom.from_settings,
    "wecom_robot": WeComRobot.from_settings,
    "dingtalk_robot": DingTalkRobot.from_settings,
    "feishu_robot": FeishuRobot.from_settings,
    "webhook": Webhook.from_settings,
    "sms": Sms.from_settings,
    "inbox": Inbox.from_settings,
    "console": Console.from_settings,
}


def open_channels(settings: Settings) -> dict[str, Channel]:
    """The channels that the settings make possible, in order of preference."""
    built = ((name, build(settings)) for name, build in CHANNELS.items())
    return {name: channel for name, channel in built if channel is not None}
